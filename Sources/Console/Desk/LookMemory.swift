import Foundation
import Synchronization

/// Which files a session looked at just now: a player fetches a clip in many parts, which are one look in the access log.
final class LookMemory: Sendable {
    private struct Look: Hashable {
        var session: String
        var subject: String
    }

    /// After this long it is another look.
    private static let reach: TimeInterval = 600
    private static let limit = 4096

    private let looks = Mutex<[Look: Date]>([:])

    /// Whether the look is in the log already.
    func holds(_ subject: String, by visit: Visit, at now: Date) -> Bool {
        looks.withLock { looks in
            guard let last = looks[Look(session: visit.token.sha256, subject: subject)] else { return false }
            return now.timeIntervalSince(last) < Self.reach
        }
    }

    /// To be called once the looks are in the log.
    func add(_ subjects: [String], by visit: Visit, at now: Date) {
        looks.withLock { looks in
            if looks.count + subjects.count > Self.limit {
                looks = looks.filter { now.timeIntervalSince($0.value) < Self.reach }
                // Still full: rather one look too many in the log than one too few.
                if looks.count + subjects.count > Self.limit { looks.removeAll() }
            }
            for subject in subjects { looks[Look(session: visit.token.sha256, subject: subject)] = now }
        }
    }
}
