public import Foundation

/// A day of the calendar where the cameras stand, such as `2026-11-24`; days sort as their texts do.
public struct LocalDay: Codable, Sendable, Hashable, Comparable, CustomStringConvertible {
    public let description: String

    /// The day that holds the moment.
    public init(_ date: Date, in timeZone: TimeZone) {
        let parts = Self.calendar(timeZone).dateComponents([.year, .month, .day], from: date)
        description = String(format: "%04d-%02d-%02d", parts.year ?? 0, parts.month ?? 0, parts.day ?? 0)
    }

    /// nil unless it is a day of the calendar, as `yyyy-mm-dd`.
    public init?(_ text: String) {
        guard text.wholeMatch(of: /\d{4}-\d{2}-\d{2}/) != nil, let start = Self.start(text, .gmt),
            LocalDay(start, in: .gmt).description == text
        else { return nil }
        description = text
    }

    /// The first moment of the day.
    public func start(in timeZone: TimeZone) -> Date { Self.start(description, timeZone) ?? .distantPast }

    /// Whole minutes from the day's first moment, 0…1499 within the day.
    public func minute(of date: Date, in timeZone: TimeZone) -> Int {
        Int((date.timeIntervalSince(start(in: timeZone)) / 60).rounded(.down))
    }

    public func adding(days: Int) -> LocalDay {
        // Noon, so that no change of clocks moves it to another day.
        LocalDay(start(in: .gmt).addingTimeInterval(Double(days) * 86_400 + 43_200), in: .gmt)
    }

    public static func < (left: LocalDay, right: LocalDay) -> Bool { left.description < right.description }

    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        guard let day = LocalDay(try container.decode(String.self)) else {
            throw DecodingError.dataCorruptedError(in: container, debugDescription: "expected a day such as 2026-11-24")
        }
        self = day
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(description)
    }

    private static func start(_ text: String, _ timeZone: TimeZone) -> Date? {
        let numbers = text.split(separator: "-").compactMap { Int($0) }
        guard numbers.count == 3 else { return nil }
        let calendar = calendar(timeZone)
        return calendar.date(from: DateComponents(year: numbers[0], month: numbers[1], day: numbers[2])).map(calendar.startOfDay)
    }

    private static func calendar(_ timeZone: TimeZone) -> Calendar {
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = timeZone
        return calendar
    }
}
