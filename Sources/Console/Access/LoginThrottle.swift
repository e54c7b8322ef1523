import Foundation

/// Slows down guessing: after some failures for a login or from an address, each further try has to wait longer.
///
/// A value without a clock. A try counts as a failure from its beginning, so that many at once cannot slip through before
/// the first one's answer; success takes it back. The table is bounded: when it is full, the entry whose wait ends first goes.
struct LoginThrottle: Sendable {
    /// What failures are counted for.
    enum Subject: Hashable, Sendable {
        case login(String)
        case address(String)
    }

    private struct Entry {
        var failures = 0
        var lastAt: Date
        var waitUntil: Date
    }

    /// Failures before the first wait. An office may have one address for all of its people.
    private static func freeFailures(for subject: Subject) -> Int {
        switch subject {
        case .login: 5
        case .address: 20
        }
    }

    private static let longestWait: Duration = .seconds(300)
    /// After this long without a failure the count begins anew.
    private static let memory: TimeInterval = 3600

    private let capacity: Int
    private var entries: [Subject: Entry] = [:]

    init(capacity: Int = 4096) {
        self.capacity = capacity
    }

    /// How long a try must still wait; nil lets it go on, counted as failed.
    mutating func begin(_ subjects: [Subject], at now: Date) -> Duration? {
        let until = subjects.compactMap { entries[$0]?.waitUntil }.max()
        if let until, until > now { return .seconds(until.timeIntervalSince(now)) }
        for subject in subjects { fail(subject, at: now) }
        return nil
    }

    /// The password was right: forgets the login's failures, and this one try of the address.
    mutating func succeed(_ subjects: [Subject]) {
        for subject in subjects {
            switch subject {
            case .login: entries[subject] = nil
            case .address:
                guard var entry = entries[subject] else { continue }
                entry.failures -= 1
                entry.waitUntil = entry.lastAt
                entries[subject] = entry.failures > 0 ? entry : nil
            }
        }
    }

    private mutating func fail(_ subject: Subject, at now: Date) {
        var entry = entries[subject] ?? Entry(lastAt: now, waitUntil: now)
        if now.timeIntervalSince(entry.lastAt) > Self.memory { entry.failures = 0 }
        entry.failures += 1
        entry.lastAt = now
        entry.waitUntil = now.addingTimeInterval(Self.wait(after: entry.failures - Self.freeFailures(for: subject)))
        if entries[subject] == nil, entries.count >= capacity,
            let soonest = entries.min(by: { $0.value.waitUntil < $1.value.waitUntil })?.key
        {
            entries[soonest] = nil
        }
        entries[subject] = entry
    }

    /// 0 below 0, then 2, 4, 8 … 300 s.
    private static func wait(after failures: Int) -> TimeInterval {
        guard failures >= 0 else { return 0 }
        return TimeInterval(min(Int64(2) << Int64(min(failures, 16)), longestWait.components.seconds))
    }
}
