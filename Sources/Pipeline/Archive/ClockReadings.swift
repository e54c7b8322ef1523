import Foundation

/// What was read of a clock in several pictures, each as the start of the file that it tells.
///
/// The digits of a date stand still, so a misread one is misread again: agreement alone is not enough where another reading is about.
struct ClockReadings {
    private struct Claim {
        /// The latest that was read: a clock that steps once a second tells up to a second too early.
        var start: Date
        var pictures: Set<Int>
        var count: Int
    }

    /// A clock steps once a second.
    private static let toleranceSeconds = 1.2

    private var claims: [Claim] = []
    /// Why a reading could not be used.
    var doubt: String?

    var isEmpty: Bool { claims.isEmpty }
    var isDisputed: Bool { claims.count > 1 }

    mutating func add(start: Date, picture: Int) {
        let known = claims.firstIndex { abs($0.start.timeIntervalSince(start)) <= Self.toleranceSeconds }
        guard let known else {
            claims.append(Claim(start: start, pictures: [picture], count: 1))
            if claims.count > 1 { doubt = "it does not run as the pictures do, or is not legible" }
            return
        }
        claims[known].start = max(claims[known].start, start)
        claims[known].pictures.insert(picture)
        claims[known].count += 1
    }

    /// The only claim, of two pictures.
    var undisputed: Date? {
        guard claims.count == 1, let only = claims.first, only.pictures.count >= 2 else { return nil }
        return only.start
    }

    /// A claim of two pictures with twice the readings of any other.
    var decided: Date? {
        let sorted = claims.sorted { $0.count > $1.count }
        guard let first = sorted.first, first.pictures.count >= 2, first.count >= 2 * (sorted.dropFirst().first?.count ?? 0) else {
            return nil
        }
        return first.start
    }
}
