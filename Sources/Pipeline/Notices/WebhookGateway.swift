public import Casework
public import Foundation

#if canImport(FoundationNetworking)
    import FoundationNetworking
#endif

/// Posts each message as JSON to a gateway's address, signed (`NoticeSignature`), with the message's id as idempotency key.
///
/// An answer 2xx is “taken”; it may be `{"reference": "…"}`. 408, 425, 429, 5xx and broken connections are tried again by the
/// sender; any other answer is final. Redirections are refused: they would carry the recipient elsewhere.
public final class WebhookGateway: NoticeGateway {
    private struct Letter: Encodable {
        var notice: Int64
        var template: String
        var medium: String
        var recipient: String
        var text: String
    }

    private struct Answer: Decodable { var reference: String? }

    /// More than this of an answer is not read.
    private static let answerLimit = 64 << 10
    private static let passingStatuses: Set<Int> = [408, 425, 429]

    private let url: URL
    private let signature: NoticeSignature
    private let now: @Sendable () -> Date
    private let session: URLSession
    private let refusal = RedirectRefusal()

    public init(url: URL, signature: NoticeSignature, timeoutSeconds: Double, now: @escaping @Sendable () -> Date = { Date() }) {
        self.url = url
        self.signature = signature
        self.now = now
        let configuration = URLSessionConfiguration.ephemeral
        configuration.timeoutIntervalForRequest = timeoutSeconds
        configuration.timeoutIntervalForResource = timeoutSeconds * 2
        configuration.httpCookieStorage = nil
        configuration.urlCache = nil
        session = URLSession(configuration: configuration, delegate: refusal, delegateQueue: nil)
    }

    deinit {
        session.finishTasksAndInvalidate()
    }

    public func send(_ notice: NoticeText, id: Int64) async throws(NoticeGatewayError) -> String {
        let request: URLRequest
        do {
            request = try makeRequest(notice, id)
        } catch {
            throw NoticeGatewayError("the message cannot be written as JSON", isPassing: false)
        }
        let (data, response) = await answer(to: request)
        guard let response else { throw NoticeGatewayError("the gateway cannot be reached, or does not answer in time") }
        guard (200..<300).contains(response.statusCode) else {
            throw NoticeGatewayError(
                "the gateway answered with HTTP status \(response.statusCode)",
                isPassing: response.statusCode >= 500 || Self.passingStatuses.contains(response.statusCode))
        }
        guard data.count <= Self.answerLimit else { return "" }
        return (try? JSONDecoder().decode(Answer.self, from: data))?.reference ?? ""
    }

    private func makeRequest(_ notice: NoticeText, _ id: Int64) throws -> URLRequest {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        let body = try encoder.encode(
            Letter(notice: id, template: notice.template, medium: notice.medium, recipient: notice.recipient, text: notice.text))
        let timestamp = Int64(now().timeIntervalSince1970)
        var request = URLRequest(url: url)
        request.httpMethod = "POST"
        request.httpBody = body
        request.setValue("application/json", forHTTPHeaderField: "Content-Type")
        request.setValue("xunjie-notice-\(id)", forHTTPHeaderField: "Idempotency-Key")
        request.setValue(String(timestamp), forHTTPHeaderField: NoticeSignature.timestampHeader)
        request.setValue(
            signature.signature(timestamp: timestamp, id: id, body: body), forHTTPHeaderField: NoticeSignature.signatureHeader)
        return request
    }

    private func answer(to request: URLRequest) async -> (Data, HTTPURLResponse?) {
        await withCheckedContinuation { continuation in
            session.dataTask(with: request) { data, response, _ in
                // The error's own text may hold the address with all that is in it; which one it was helps nobody.
                continuation.resume(returning: (data ?? Data(), response as? HTTPURLResponse))
            }.resume()
        }
    }
}

/// Answers every redirection with “no”.
private final class RedirectRefusal: NSObject, URLSessionTaskDelegate {
    func urlSession(
        _ session: URLSession, task: URLSessionTask, willPerformHTTPRedirection response: HTTPURLResponse,
        newRequest request: URLRequest, completionHandler: @escaping @Sendable (URLRequest?) -> Void
    ) {
        completionHandler(nil)
    }
}
