public import Casework
public import Foundation
public import Logging
public import ServiceLifecycle

/// Hands released messages to the gateway, one after the other, and tries again what failed.
///
/// Nothing is kept here: what waits stands in the store, so a killed program goes on where it was. A message that the gateway
/// took just before the end is handed over again with the same id, by which the gateway knows it.
public struct NoticeSender: Service {
    /// Messages of one look into the store.
    private static let batch = 20
    private static let lookInterval = Duration.seconds(5)
    /// After so many failures in a row that look like the gateway's, the others wait for the next look.
    private static let patience = 3

    private let store: any NoticeStore
    private let gateway: any NoticeGateway
    private let media: [String]
    private let retry: NoticeSettings.Retry
    private let code: @Sendable (String) async throws -> String
    private let now: @Sendable () -> Date
    private let logger: Logger
    private let caseChanged: @Sendable (String) -> Void

    /// - Parameters:
    ///   - code: makes a code by which the party of a case, given by its id, looks the case up. It goes out with the message and is
    ///     kept nowhere: the case's log holds the text with its placeholder, and the code's hash.
    ///   - caseChanged: told the case of each message whose status changed.
    public init(
        store: any NoticeStore, gateway: any NoticeGateway, media: [NoticeTemplate.Medium], retry: NoticeSettings.Retry,
        code: @escaping @Sendable (String) async throws -> String, now: @escaping @Sendable () -> Date = { Date() }, logger: Logger,
        caseChanged: @escaping @Sendable (String) -> Void
    ) {
        self.store = store
        self.gateway = gateway
        self.media = media.map(\.rawValue)
        self.retry = retry
        self.code = code
        self.now = now
        self.logger = logger
        self.caseChanged = caseChanged
    }

    public func run() async throws {
        await cancelWhenGracefulShutdown {
            while !Task.isCancelled {
                await sendDue()
                try? await Task.sleep(for: Self.lookInterval)
            }
        }
    }

    /// Tries everything that is due now, once.
    public func sendDue() async {
        var failures = 0
        do {
            for notice in try await store.dueNotices(at: now(), media: media, limit: Self.batch) {
                guard !Task.isCancelled, failures < Self.patience else { return }
                failures = try await send(notice) ? 0 : failures + 1
            }
        } catch {
            logger.error("messages cannot be taken from the store", metadata: ["reason": "\(error)"])
        }
    }

    /// Whether the gateway was there.
    private func send(_ notice: NoticeRecord) async throws -> Bool {
        var text = notice.notice
        if text.text.contains(NoticeTemplate.codeMark) {
            text.text = text.text.replacingOccurrences(of: NoticeTemplate.codeMark, with: try await code(notice.caseID))
        }
        let outcome: Result<String, NoticeGatewayError>
        do throws(NoticeGatewayError) {
            outcome = .success(try await gateway.send(text, id: notice.id))
        } catch {
            outcome = .failure(error)
        }
        switch outcome {
        case .success(let reference):
            try await store.reportNotice(id: notice.id, NoticeReport(.sent, reference: reference), by: CaseActor.machine.id, at: now())
            caseChanged(notice.caseID)
            return true
        case .failure(let error):
            let tries = notice.attempts + 1
            logger.warning(
                "a message was not sent", metadata: ["notice": "\(notice.id)", "try": "\(tries)", "reason": "\(error.reason)"])
            if error.isPassing, let wait = retry.wait(afterTries: tries) {
                try await store.postponeNotice(id: notice.id, error: error.reason, nextAttemptAt: now().addingTimeInterval(wait))
            } else {
                try await store.reportNotice(
                    id: notice.id, NoticeReport(.failed, text: error.reason), by: CaseActor.machine.id, at: now())
                caseChanged(notice.caseID)
            }
            return !error.isPassing
        }
    }
}
