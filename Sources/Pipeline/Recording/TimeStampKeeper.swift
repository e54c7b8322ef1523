import Dispatch
public import Evidence
public import Foundation
public import Logging
import Synchronization

/// Has sealed packages stamped by a time-stamp authority, in the background, and keeps its replies as addenda.
///
/// Sealing never waits for it. What was not answered is asked again later; what a stop of the program interrupted is taken up
/// by `takeUp` at the next start. One question at a time, on a thread of its own queue.
public final class TimeStampKeeper: Sendable {
    /// Told of each reply that was kept, so that the case's log can hold its hash.
    public typealias Kept = @Sendable (SealedPackage, SealedAddendum) -> Void

    /// Beyond this, packages wait for the next start: some months of an authority that never answers.
    private static let waitingLimit = 100_000

    private let ask: @Sendable (TimeStampRequest) throws -> (stamp: TimeStampReply, bytes: [UInt8])
    private let authority: String
    private let retryDelay: DispatchTimeInterval
    private let store: EvidenceStore
    private let utcOffsetMinutes: @Sendable (Date) -> Int
    private let now: @Sendable () -> Date
    private let kept: Kept
    private let logger: Logger
    private let queue = DispatchQueue(label: "xunjie.time-stamps", qos: .utility)
    private let waiting = Mutex<[SealedPackage]>([])
    /// Whether a look at `waiting` is under way or appointed.
    private let isAppointed = Mutex(false)

    public init(
        _ client: TimeStampClient, retryMinutes: Double, store: EvidenceStore, utcOffsetMinutes: @escaping @Sendable (Date) -> Int,
        now: @escaping @Sendable () -> Date = { Date() }, logger: Logger, kept: @escaping Kept
    ) {
        ask = { try client.ask($0) }
        authority = client.authority
        retryDelay = .milliseconds(Int(retryMinutes * 60_000))
        self.store = store
        self.utcOffsetMinutes = utcOffsetMinutes
        self.now = now
        self.logger = logger
        self.kept = kept
    }

    /// Packages that have no time-stamp yet.
    public var waitingCount: Int { waiting.withLock { $0.count } }

    /// Puts a package in line; returns at once.
    public func add(_ package: SealedPackage) {
        let isFull = waiting.withLock { waiting in
            guard waiting.count < Self.waitingLimit else { return true }
            waiting.append(package)
            return false
        }
        guard !isFull else { return }
        appoint(after: .nanoseconds(0))
    }

    /// Puts those in line that have no time-stamp yet, as found at start.
    public func takeUp(_ packages: [SealedPackage]) {
        queue.async { [self] in
            for package in packages where !isStamped(package) { add(package) }
        }
    }

    /// Returns when everything that is in line now was tried once.
    public func drain() {
        queue.sync {}
    }

    private func isStamped(_ package: SealedPackage) -> Bool {
        let folder = store.evidencePath + "/" + package.relativePath
        return (try? SealedAddendum.all(inPackage: folder))?.contains { $0.addendum.kind == .timeStamp } ?? false
    }

    private func appoint(after delay: DispatchTimeInterval) {
        let isFirst = isAppointed.withLock { appointed in
            defer { appointed = true }
            return !appointed
        }
        guard isFirst else { return }
        queue.asyncAfter(deadline: .now() + delay) { [self] in
            isAppointed.withLock { $0 = false }
            work()
        }
    }

    private func work() {
        while let package = waiting.withLock({ $0.first }) {
            do {
                try stamp(package)
            } catch {
                logger.warning(
                    "no time-stamp yet, will ask again",
                    metadata: ["package": "\(package.packageID)", "authority": "\(authority)", "reason": "\(error)"])
                // What fails for itself must not hold up the others.
                waiting.withLock { if !$0.isEmpty { $0.append($0.removeFirst()) } }
                appoint(after: retryDelay)
                return
            }
            waiting.withLock { if !$0.isEmpty { $0.removeFirst() } }
        }
    }

    private func stamp(_ package: SealedPackage) throws {
        let request = try TimeStampRequest(imprint: package.manifestSHA256, nonce: UInt64.random(in: 1 ... .max))
        let (stamp, bytes) = try ask(request)
        let date = now()
        let draft = AddendumDraft(
            timeStamp: stamp, request: request, reply: bytes, authority: authority,
            createdAt: WallTime(
                millisecondsSince1970: Int64(date.timeIntervalSince1970 * 1000), utcOffsetMinutes: utcOffsetMinutes(date)))
        kept(package, try store.append(draft, to: package.relativePath))
    }
}
