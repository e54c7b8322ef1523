import Foundation
import Synchronization

/// Something that open pages should know at once.
public enum ConsoleEvent: Sendable, Hashable {
    case caseAdded(id: String)
    case caseChanged(id: String)
    case channelChanged(id: String)
    case faultChanged(id: String)

    var name: String {
        switch self {
        case .caseAdded: "case-added"
        case .caseChanged: "case-changed"
        case .channelChanged: "channel-changed"
        case .faultChanged: "fault-changed"
        }
    }

    var id: String {
        switch self {
        case .caseAdded(let id), .caseChanged(let id), .channelChanged(let id), .faultChanged(let id): id
        }
    }
}

/// Hands events to every open page.
///
/// Publishing never waits: each page has a bounded buffer, and one that does not keep up is told to load anew and is cut off. The
/// last events are kept, so that a page whose connection broke can go on where it was.
public final class ConsoleFeed: Sendable {
    /// What a page is given to read.
    enum Message: Sendable {
        case event(number: Int, ConsoleEvent)
        /// Nothing happened for a while.
        case heartbeat
    }

    /// One page's end of the feed.
    struct Subscription: Sendable {
        fileprivate let key: Int
        let messages: AsyncStream<Message>
        /// Events were missed before the first message: the page must load anew.
        let missedSome: Bool
    }

    private struct State {
        var number = 0
        var nextKey = 0
        var recent: [(number: Int, event: ConsoleEvent)] = []
        var listeners: [Int: AsyncStream<Message>.Continuation] = [:]
        var overflowed: Set<Int> = []
    }

    private static let bufferLimit = 64
    private static let recentLimit = 256
    private static let listenerLimit = 200

    /// Of this process: numbers of an earlier one mean nothing here.
    let epoch = String(UInt32.random(in: .min ... .max), radix: 36)
    private let state = Mutex(State())

    public init() {}

    /// Tells all open pages; callable from anywhere, never waits.
    public func publish(_ event: ConsoleEvent) {
        state.withLock { state in
            state.number += 1
            state.recent.append((state.number, event))
            if state.recent.count > Self.recentLimit { state.recent.removeFirst() }
            send(.event(number: state.number, event), to: Array(state.listeners.keys), &state)
        }
    }

    /// The id of an event as the stream writes it.
    func text(of number: Int) -> String { "\(epoch)-\(number)" }

    /// - Parameter last: id of the last event that the page saw.
    /// - Returns: nil while too many pages listen.
    func subscribe(after last: String?) -> Subscription? {
        state.withLock { state in
            guard state.listeners.count < Self.listenerLimit else { return nil }
            let (messages, continuation) = AsyncStream.makeStream(
                of: Message.self, bufferingPolicy: .bufferingOldest(Self.bufferLimit))
            state.nextKey += 1
            let key = state.nextKey
            state.listeners[key] = continuation
            var missedSome = false
            if let last {
                if let missed = events(after: last, state), missed.count <= Self.bufferLimit {
                    for entry in missed { continuation.yield(.event(number: entry.number, entry.event)) }
                } else {
                    missedSome = true
                }
            }
            return Subscription(key: key, messages: messages, missedSome: missedSome)
        }
    }

    func heartbeat(_ subscription: Subscription) {
        state.withLock { state in send(.heartbeat, to: [subscription.key], &state) }
    }

    /// Lets the messages end; those still in the buffer can be read.
    func finish(_ subscription: Subscription) {
        state.withLock { state in state.listeners.removeValue(forKey: subscription.key)?.finish() }
    }

    /// Forgets the page; whether its messages ended because it was too slow.
    @discardableResult
    func remove(_ subscription: Subscription) -> Bool {
        state.withLock { state in
            state.listeners.removeValue(forKey: subscription.key)?.finish()
            return state.overflowed.remove(subscription.key) != nil
        }
    }

    private func send(_ message: Message, to keys: [Int], _ state: inout State) {
        for key in keys {
            guard let listener = state.listeners[key], case .dropped = listener.yield(message) else { continue }
            state.overflowed.insert(key)
            listener.finish()
            state.listeners[key] = nil
        }
    }

    /// nil if some of them are no longer known.
    private func events(after last: String, _ state: State) -> [(number: Int, event: ConsoleEvent)]? {
        let parts = last.split(separator: "-")
        guard parts.count == 2, parts[0] == epoch, let number = Int(parts[1]), number <= state.number else { return nil }
        guard number == state.number || state.recent.first.map({ $0.number <= number + 1 }) == true else { return nil }
        return state.recent.filter { $0.number > number }
    }
}
