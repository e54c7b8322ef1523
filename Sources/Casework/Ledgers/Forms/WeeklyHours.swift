public import Foundation

/// Hours of the week, local time: `mon-fri 07:00-22:00`, `sat,sun 09:00-02:00`.
///
/// The same way of writing as the zones' hours, which belong to a layer that this one does not see; a test holds both
/// together. A span over midnight belongs to the day that it begins on; no span at all is always.
public struct WeeklyHours: Sendable, Hashable {
    private static let dayNames = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
    private static let minutesPerDay = 24 * 60

    /// As written.
    public let spans: [String]
    private let minutes: [Range<Int>]

    /// A text that is no span of hours.
    public struct Flaw: Error, Hashable, Sendable {
        public var span: String
    }

    public init(_ spans: [String]) throws(Flaw) {
        var minutes: [Range<Int>] = []
        for span in spans {
            guard let parsed = Self.parse(span) else { throw Flaw(span: span) }
            minutes += parsed
        }
        self.spans = spans
        self.minutes = minutes
    }

    public func contains(_ date: Date, in timeZone: TimeZone) -> Bool { contains(minuteOfWeek: Self.minuteOfWeek(date, timeZone)) }

    /// The local days to which the moment belongs by the spans that hold it: its own, and the one before where a span began
    /// there and goes over midnight. Empty outside the hours.
    public func days(of date: Date, in timeZone: TimeZone) -> [LocalDay] {
        let today = LocalDay(date, in: timeZone)
        guard !minutes.isEmpty else { return [today] }
        let minute = Self.minuteOfWeek(date, timeZone)
        var days: [LocalDay] = []
        for span in minutes {
            for now in [minute, minute + 7 * Self.minutesPerDay] where span.contains(now) {
                // It began today if it began no longer ago than the day is old.
                days.append(now - span.lowerBound <= minute % Self.minutesPerDay ? today : today.adding(days: -1))
            }
        }
        return days
    }

    private static func minuteOfWeek(_ date: Date, _ timeZone: TimeZone) -> Int {
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = timeZone
        let parts = calendar.dateComponents([.weekday, .hour, .minute], from: date)
        // Weekdays count from Sunday = 1.
        let day = ((parts.weekday ?? 1) + 5) % 7
        return day * minutesPerDay + (parts.hour ?? 0) * 60 + (parts.minute ?? 0)
    }

    /// - Parameter minuteOfWeek: 0…10079 from Monday 00:00, local time.
    func contains(minuteOfWeek: Int) -> Bool {
        let week = 7 * Self.minutesPerDay
        return minutes.isEmpty || minutes.contains { $0.contains(minuteOfWeek) || $0.contains(minuteOfWeek + week) }
    }

    private static func parse(_ span: String) -> [Range<Int>]? {
        let words = span.split(separator: " ")
        guard words.count == 2, let days = days(words[0]) else { return nil }
        let times = words[1].split(separator: "-", omittingEmptySubsequences: false)
        guard times.count == 2, let from = minute(times[0]), let to = minute(times[1]), from != to else { return nil }
        let length = to > from ? to - from : to + minutesPerDay - from
        return days.map { $0 * minutesPerDay + from..<$0 * minutesPerDay + from + length }
    }

    private static func days(_ text: Substring) -> [Int]? {
        var days: [Int] = []
        for part in text.split(separator: ",", omittingEmptySubsequences: false) {
            let ends = part.split(separator: "-", omittingEmptySubsequences: false).map { dayNames.firstIndex(of: $0.lowercased()) }
            guard ends.count <= 2, let first = ends.first ?? nil, let last = ends.last ?? nil else { return nil }
            days += first <= last ? Array(first...last) : Array(first...6) + Array(0...last)
        }
        return days
    }

    private static func minute(_ text: Substring) -> Int? {
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        guard parts.count == 2, parts[1].count == 2, let hour = Int(parts[0]), let minute = Int(parts[1]),
            (0...23).contains(hour) || (hour == 24 && minute == 0), (0...59).contains(minute)
        else { return nil }
        return hour * 60 + minute
    }
}
