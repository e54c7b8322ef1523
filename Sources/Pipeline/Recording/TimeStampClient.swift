public import Evidence
import Foundation
import Synchronization

#if canImport(FoundationNetworking)
    import FoundationNetworking
#endif

/// Asks a time-stamp authority over HTTP (RFC 3161 §3.4).
public struct TimeStampClient: Sendable {
    /// What went wrong on the way; the address is named without user and password.
    public struct Failure: Error, CustomStringConvertible {
        public var description: String
    }

    private let address: URL
    private let timeoutSeconds: Double
    private let certificates: String?

    /// nil while no authority is set.
    public init?(_ settings: EvidenceSettings.TimeStamp) {
        guard let address = settings.address else { return nil }
        self.address = address
        timeoutSeconds = settings.timeoutSeconds
        certificates = settings.certificates.isEmpty ? nil : settings.certificates
    }

    /// Host and port of the authority.
    public var authority: String { (address.host ?? "") + (address.port.map { ":\($0)" } ?? "") }

    /// Sends the request and checks the reply. Blocks; never call it from async code.
    public func ask(_ request: TimeStampRequest) throws -> (stamp: TimeStampReply, bytes: [UInt8]) {
        let bytes = try post(request.der)
        return (try TimeStampReply(der: bytes, to: request, certificates: certificates), bytes)
    }

    private func post(_ body: [UInt8]) throws -> [UInt8] {
        var request = URLRequest(url: address, timeoutInterval: timeoutSeconds)
        request.httpMethod = "POST"
        request.setValue("application/timestamp-query", forHTTPHeaderField: "Content-Type")
        request.httpBody = Data(body)
        let configuration = URLSessionConfiguration.ephemeral
        configuration.timeoutIntervalForRequest = timeoutSeconds
        configuration.timeoutIntervalForResource = timeoutSeconds
        let receiver = Receiver(limit: TimeStampReply.limitBytes)
        let session = URLSession(configuration: configuration, delegate: receiver, delegateQueue: nil)
        defer { session.invalidateAndCancel() }
        session.dataTask(with: request).resume()
        guard receiver.done.wait(timeout: .now() + timeoutSeconds + 1) == .success else {
            throw Failure(description: "time-stamp authority \(authority): no answer within \(timeoutSeconds) s")
        }
        let outcome = receiver.outcome
        if let problem = outcome.problem { throw Failure(description: "time-stamp authority \(authority): \(problem)") }
        guard outcome.status == 200 else {
            throw Failure(description: "time-stamp authority \(authority): HTTP status \(outcome.status)")
        }
        return outcome.bytes
    }

    /// Collects an answer, and no more of it than a time-stamp can have.
    private final class Receiver: NSObject, URLSessionDataDelegate {
        struct Outcome {
            var status = 0
            var bytes: [UInt8] = []
            var problem: String?
        }

        let done = DispatchSemaphore(value: 0)
        private let limit: Int
        private let state = Mutex(Outcome())

        var outcome: Outcome { state.withLock { $0 } }

        init(limit: Int) {
            self.limit = limit
        }

        func urlSession(
            _ session: URLSession, dataTask: URLSessionDataTask, didReceive response: URLResponse,
            completionHandler: @escaping (URLSession.ResponseDisposition) -> Void
        ) {
            state.withLock { $0.status = (response as? HTTPURLResponse)?.statusCode ?? 0 }
            completionHandler(.allow)
        }

        func urlSession(_ session: URLSession, dataTask: URLSessionDataTask, didReceive data: Data) {
            let isTooLong = state.withLock { state in
                guard state.bytes.count + data.count <= limit else {
                    state.problem = "its answer is too long"
                    return true
                }
                state.bytes += data
                return false
            }
            if isTooLong { dataTask.cancel() }
        }

        func urlSession(_ session: URLSession, task: URLSessionTask, didCompleteWithError error: (any Error)?) {
            if let error { state.withLock { $0.problem = $0.problem ?? error.localizedDescription } }
            done.signal()
        }
    }
}
