import Foundation
import Synchronization

/// Which reason a session gave for a case, for a while: whoever gave one is not asked at every picture.
final class ReasonMemory: Sendable {
    private struct Key: Hashable {
        var session: String
        var caseID: String
    }

    private struct Given {
        var reason: AccessReason
        var at: Date
    }

    private static let limit = 4096

    private let lifetime: TimeInterval
    private let reasons = Mutex<[Key: Given]>([:])

    init(minutes: Int) {
        lifetime = TimeInterval(minutes * 60)
    }

    func reason(for caseID: String, by visit: Visit, at now: Date) -> AccessReason? {
        reasons.withLock { reasons in
            guard let given = reasons[Key(session: visit.token.sha256, caseID: caseID)], holds(given, at: now) else { return nil }
            return given.reason
        }
    }

    func add(_ reason: AccessReason, for caseID: String, by visit: Visit, at now: Date) {
        reasons.withLock { reasons in
            if reasons.count >= Self.limit {
                reasons = reasons.filter { holds($0.value, at: now) }
                // Still full: rather asked once too often than remembered without end.
                if reasons.count >= Self.limit { reasons.removeAll() }
            }
            reasons[Key(session: visit.token.sha256, caseID: caseID)] = Given(reason: reason, at: now)
        }
    }

    /// A clock that was set back does not make a reason last longer.
    private func holds(_ given: Given, at now: Date) -> Bool { (0..<lifetime).contains(now.timeIntervalSince(given.at)) }
}
