public import Casework
import Dispatch
public import Logging
import Synchronization

/// The ledger of devices as sealing asks for it: from a thread that may wait, but not for ever.
///
/// Asked anew for each package, so that a paper that was entered or withdrawn a moment ago counts.
public final class DeviceLedger: Sendable {
    /// How long a seal waits for the store; after that the camera is taken for a lead, which claims nothing.
    private static let patience = DispatchTimeInterval.seconds(5)

    private final class Answer: Sendable {
        let dossier = Mutex<DeviceDossier?>(nil)
        let isThere = DispatchSemaphore(value: 0)
    }

    private let store: any LedgerStore
    private let logger: Logger

    public init(store: any LedgerStore, logger: Logger) {
        self.store = store
        self.logger = logger
    }

    /// The camera's dossier; an empty one, which makes it a lead, where the ledger has none or does not answer. Blocks on the
    /// store, five seconds at most: never call it from async code.
    public func dossier(of channelID: String) -> DeviceDossier {
        let answer = Answer()
        let (store, logger) = (store, logger)
        Task {
            do {
                let dossier = try await store.document(DeviceDossier.self, id: channelID)
                answer.dossier.withLock { $0 = dossier }
            } catch {
                logger.error(
                    "the camera's papers cannot be read; its evidence is sealed as a lead",
                    metadata: ["channel": "\(channelID)", "reason": "\(error)"])
            }
            answer.isThere.signal()
        }
        if answer.isThere.wait(timeout: .now() + Self.patience) != .success {
            logger.error(
                "the store did not answer for the camera's papers; its evidence is sealed as a lead", metadata: ["channel": "\(channelID)"])
        }
        return answer.dossier.withLock { $0 } ?? DeviceDossier()
    }
}
