public import Foundation

/// A date and time of day as a name or a picture writes them, without a time zone.
public struct CalendarFields: Sendable, Hashable {
    public var year: Int
    public var month: Int
    public var day: Int
    public var hour = 0
    public var minute = 0
    public var second = 0
    public var microsecond = 0

    /// The instant in a zone; nil for a date or time that no calendar has (31 February, 25 o'clock). An hour that the zone
    /// skips or has twice is taken as Foundation does: forward, and the first.
    public func date(in zone: TimeZone) -> Date? {
        // A leap second (60) is the next minute's first.
        guard (1970...2199).contains(year), (1...12).contains(month), (0...23).contains(hour), (0...59).contains(minute),
            (0...60).contains(second), (1...Self.days(in: month, of: year)).contains(day)
        else { return nil }
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = zone
        let whole = calendar.date(
            from: DateComponents(year: year, month: month, day: day, hour: hour, minute: minute, second: min(second, 59)))
        return whole.map { $0.addingTimeInterval(Double(second - min(second, 59)) + Double(microsecond) / 1e6) }
    }

    private static func days(in month: Int, of year: Int) -> Int {
        switch month {
        case 4, 6, 9, 11: 30
        case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
        default: 31
        }
    }
}
