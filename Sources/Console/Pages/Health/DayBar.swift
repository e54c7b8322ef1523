import Casework
import Foundation

/// A day of one channel as a strip: a quarter of an hour each, drawn as one path for each kind.
struct DayBar: Sendable {
    private enum Slot { case unwatched, open, part, blind }

    static let slotMinutes = 15
    private static let slots = 24 * 60 / slotMinutes
    private static let height = 6

    /// All minutes of the quarter were open.
    let openPath: String
    /// Some were.
    let partPath: String
    /// None was, although it was watched.
    let blindPath: String

    init(_ record: HealthDayRecord?) {
        guard let record else {
            (openPath, partPath, blindPath) = ("", "", "")
            return
        }
        let slots = (0..<Self.slots).map { slot in
            let minutes = slot * Self.slotMinutes..<(slot + 1) * Self.slotMinutes
            return Self.slot(watched: record.watched.count(in: minutes), open: record.eyesOpen.count(in: minutes))
        }
        openPath = Self.path(slots, .open)
        partPath = Self.path(slots, .part)
        blindPath = Self.path(slots, .blind)
    }

    private static func slot(watched: Int, open: Int) -> Slot {
        if watched == 0 { return .unwatched }
        if open == watched { return .open }
        return open == 0 ? .blind : .part
    }

    /// One rectangle for each run.
    private static func path(_ slots: [Slot], _ wanted: Slot) -> String {
        var path = ""
        var start: Int?
        for (place, slot) in (slots + [.unwatched]).enumerated() {
            if slot == wanted {
                start = start ?? place
            } else if let first = start {
                path += "M\(first) 0h\(place - first)v\(height)h-\(place - first)z"
                start = nil
            }
        }
        return path
    }
}

/// How much of a day's past part the eyes were open, of all minutes that have gone by: one that nobody watched is no seen one.
struct OpenPart: Sendable {
    let open: Int
    let minutes: Int

    /// - Parameters:
    ///   - created: when the channel was added; it could not be seen before.
    ///   - dayStart: the first moment of the day, worked out once for a page of ninety.
    init(_ record: HealthDayRecord?, created: Date, dayStart: Date, now: Date) {
        open = record?.eyesOpen.count ?? 0
        // The minute under way is not judged yet.
        minutes = max(0, Int(now.timeIntervalSince(max(created, dayStart)) / 60))
    }

    init(_ parts: [OpenPart]) {
        open = parts.reduce(0) { $0 + $1.open }
        minutes = parts.reduce(0) { $0 + $1.minutes }
    }

    /// 0…1; nil while there is no minute to speak of.
    var part: Double? { minutes > 0 ? min(1, Double(open) / Double(minutes)) : nil }
}
