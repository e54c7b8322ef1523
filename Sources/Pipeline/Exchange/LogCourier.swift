public import Casework
public import Foundation
public import Logging

/// Somebody who takes the lines of the cases' log, in order.
public protocol LogReceiver: Sendable {
    /// Names the cursor.
    var name: String { get }
    /// Whether one that is new begins with what comes, instead of with the first line.
    var startsAtEnd: Bool { get }
    func wants(_ event: CaseEvent) -> Bool
    /// Returns once the line is taken for good. May be given the same line again after a crash.
    func take(_ event: CaseEvent) async throws
}

/// Brings the log to one receiver: in order, each line at least once, from where it stopped.
///
/// It only reads the log, so casework never waits for it. A line that is refused is tried again, later and later; those behind
/// it wait, and whoever looks at the page sees since when and why.
public actor LogCourier {
    public enum Step: Sendable, Hashable {
        /// Nothing is waiting.
        case idle
        /// So many lines were gone through; there may be more.
        case went(Int)
        /// The next line is not tried before this.
        case waits(until: Date)
    }

    /// Lines that are read at once.
    private static let batch = 200
    private static let longestError = 300

    private let receiver: any LogReceiver
    private let store: any ExchangeStore
    private let backoff: RetryBackoff
    private let now: @Sendable () -> Date
    private let logger: Logger

    public init(
        receiver: any LogReceiver, store: any ExchangeStore, backoff: RetryBackoff, now: @escaping @Sendable () -> Date, logger: Logger
    ) {
        self.receiver = receiver
        self.store = store
        self.backoff = backoff
        self.now = now
        self.logger = logger
    }

    /// Goes on with what is waiting, a batch at most.
    /// - Throws: what the store throws; a receiver's refusal is kept in the cursor instead.
    public func step() async throws -> Step {
        var cursor = try await begin()
        if cursor.failures > 0 {
            let next = cursor.updatedAt.addingTimeInterval(backoff.wait(after: cursor.failures))
            // A clock that was put back must not hold the line up for ever.
            if now() < next, now() >= cursor.updatedAt { return .waits(until: next) }
        }
        let events = try await store.events(after: cursor.sequence, limit: Self.batch)
        var isSaved = true
        for event in events {
            guard !Task.isCancelled else { break }
            if receiver.wants(event) {
                do {
                    try await receiver.take(event)
                } catch is CancellationError {
                    break
                } catch {
                    return try await fail(&cursor, error)
                }
            }
            cursor = DeliveryCursor(name: receiver.name, sequence: event.sequence, updatedAt: now())
            isSaved = false
            if receiver.wants(event) {
                try await store.saveDeliveryCursor(cursor)
                isSaved = true
            }
        }
        if !isSaved { try await store.saveDeliveryCursor(cursor) }
        return events.isEmpty ? .idle : .went(events.count)
    }

    private func begin() async throws -> DeliveryCursor {
        if let cursor = try await store.deliveryCursor(receiver.name) { return cursor }
        let first = DeliveryCursor(
            name: receiver.name, sequence: receiver.startsAtEnd ? try await store.lastEventSequence() : 0, updatedAt: now())
        try await store.saveDeliveryCursor(first)
        return first
    }

    private func fail(_ cursor: inout DeliveryCursor, _ error: any Error) async throws -> Step {
        let reason = String("\(error)".prefix(Self.longestError))
        if cursor.failures == 0 || cursor.lastError != reason {
            logger.warning("the log cannot be told", metadata: ["receiver": "\(receiver.name)", "reason": "\(reason)"])
        }
        cursor.failingSince = cursor.failingSince ?? now()
        cursor.failures += 1
        cursor.lastError = reason
        cursor.updatedAt = now()
        try await store.saveDeliveryCursor(cursor)
        return .waits(until: cursor.updatedAt.addingTimeInterval(backoff.wait(after: cursor.failures)))
    }
}
