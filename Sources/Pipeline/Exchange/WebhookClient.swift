import Foundation
import FoundationNetworking
import Synchronization

/// Sends a request and answers the status alone: no redirect is followed, no cookie kept, no body read but a little.
final class WebhookClient: NSObject, URLSessionDataDelegate {
    private struct Pending {
        var continuation: CheckedContinuation<Int, any Error>
        var bytes = 0
    }

    /// More of an answer than anybody needs.
    private static let answerLimit = 64 << 10

    private let pending = Mutex<[Int: Pending]>([:])
    private let configuration: URLSessionConfiguration

    init(timeout: TimeInterval) {
        configuration = .ephemeral
        configuration.timeoutIntervalForRequest = timeout
        configuration.timeoutIntervalForResource = timeout
        configuration.httpShouldSetCookies = false
        configuration.urlCache = nil
        super.init()
    }

    func status(of request: URLRequest) async throws -> Int {
        // A session of its own, ended with the request: it would hold its delegate otherwise.
        let session = URLSession(configuration: configuration, delegate: self, delegateQueue: nil)
        defer { session.finishTasksAndInvalidate() }
        let task = session.dataTask(with: request)
        let key = ObjectIdentifier(task).hashValue
        return try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                pending.withLock { $0[key] = Pending(continuation: continuation) }
                task.resume()
            }
        } onCancel: {
            task.cancel()
        }
    }

    func urlSession(_ session: URLSession, dataTask: URLSessionDataTask, didReceive data: Data) {
        let isTooMuch = pending.withLock { pending in
            pending[ObjectIdentifier(dataTask).hashValue]?.bytes += data.count
            return pending[ObjectIdentifier(dataTask).hashValue]?.bytes ?? 0 > Self.answerLimit
        }
        if isTooMuch { dataTask.cancel() }
    }

    func urlSession(
        _ session: URLSession, task: URLSessionTask, willPerformHTTPRedirection response: HTTPURLResponse,
        newRequest request: URLRequest, completionHandler: @escaping @Sendable (URLRequest?) -> Void
    ) {
        completionHandler(nil)
    }

    func urlSession(_ session: URLSession, task: URLSessionTask, didCompleteWithError error: (any Error)?) {
        guard let pending = pending.withLock({ $0.removeValue(forKey: ObjectIdentifier(task).hashValue) }) else { return }
        if let response = task.response as? HTTPURLResponse {
            pending.continuation.resume(returning: response.statusCode)
        } else if let error = error as? URLError, error.code == .cancelled {
            pending.continuation.resume(throwing: CancellationError())
        } else {
            // The error's own text would repeat the address.
            let code = (error as? URLError)?.code
            let reason =
                code == .timedOut
                ? "no answer in time" : code == .cannotConnectToHost ? "nobody listens there" : "code \(code?.rawValue ?? 0)"
            pending.continuation.resume(throwing: WebhookReceiver.Failure.unreachable(reason: reason))
        }
    }
}
