package import Foundation

/// Finds date and time in what a reader of text made of a strip of picture.
package enum ClockText {
    package enum Reading: Equatable {
        case none
        case date(Date)
        /// Day and month cannot be told apart.
        case ambiguous(String)
    }

    /// Year first, as cameras of this country write it, also with 年, 月 and 日. Between date and time may stand a weekday.
    private static let yearFirst = try? NSRegularExpression(
        pattern:
            #"(?<![0-9])(20[0-9]{2})\s?[-/.年]\s?([0-9]{2})\s?[-/.月]\s?([0-9]{2})[^0-9]?[^\n]{0,12}?([0-9]{2})\s?:\s?([0-9]{2})\s?:\s?([0-9]{2})(?![0-9])"#
    )
    private static let yearLast = try? NSRegularExpression(
        pattern:
            #"(?<![0-9])([0-9]{2})\s?[-/.]\s?([0-9]{2})\s?[-/.]\s?(20[0-9]{2})[^0-9]?[^\n]{0,12}?([0-9]{2})\s?:\s?([0-9]{2})\s?:\s?([0-9]{2})(?![0-9])"#
    )

    package static func read(_ text: String, zone: TimeZone) -> Reading {
        if let parts = groups(yearFirst, text) {
            let fields = CalendarFields(
                year: parts[0], month: parts[1], day: parts[2], hour: parts[3], minute: parts[4], second: parts[5])
            return fields.date(in: zone).map(Reading.date) ?? .none
        }
        guard let parts = groups(yearLast, text) else { return .none }
        func fields(month: Int, day: Int) -> Date? {
            CalendarFields(year: parts[2], month: month, day: day, hour: parts[3], minute: parts[4], second: parts[5]).date(in: zone)
        }
        switch (fields(month: parts[0], day: parts[1]), fields(month: parts[1], day: parts[0])) {
        case (let one?, let other?) where one != other:
            return .ambiguous("\(parts[0])-\(parts[1])-\(parts[2]) may be day first or month first")
        case (let date?, _), (nil, let date?): return .date(date)
        case (nil, nil): return .none
        }
    }

    private static func groups(_ expression: NSRegularExpression?, _ text: String) -> [Int]? {
        let whole = NSRange(text.startIndex..., in: text)
        guard let match = expression?.firstMatch(in: text, range: whole) else { return nil }
        let numbers = (1..<match.numberOfRanges).compactMap { Range(match.range(at: $0), in: text).flatMap { Int(text[$0]) } }
        return numbers.count == 6 ? numbers : nil
    }
}
