/// A part of a day by the wall clock, such as `09:00-12:00`.
public struct ClockSpan: Codable, Sendable, Hashable, Comparable, CustomStringConvertible {
    /// Minutes from midnight, 0…1439.
    public var start: Int
    /// Minutes from midnight, 1…1440; at or below `start` where the span ends on the next day.
    public var end: Int

    /// nil unless it looks like `09:00-12:00`, at most until `24:00`, and is not empty.
    public init?(_ text: String) {
        guard let match = text.wholeMatch(of: /(\d\d):(\d\d)\s*[-–]\s*(\d\d):(\d\d)/) else { return nil }
        let numbers = [match.1, match.2, match.3, match.4].compactMap { Int($0) }
        guard numbers.count == 4, numbers[1] < 60, numbers[3] < 60 else { return nil }
        start = numbers[0] * 60 + numbers[1]
        end = numbers[2] * 60 + numbers[3]
        guard start < 1_440, (1...1_440).contains(end), start != end else { return nil }
    }

    /// Whether it ends on the next day.
    public var crossesMidnight: Bool { end <= start }

    public var description: String { "\(Self.text(start))-\(Self.text(end))" }

    private static func text(_ minute: Int) -> String {
        let (hour, rest) = minute.quotientAndRemainder(dividingBy: 60)
        return "\(hour < 10 ? "0" : "")\(hour):\(rest < 10 ? "0" : "")\(rest)"
    }

    public static func < (left: ClockSpan, right: ClockSpan) -> Bool { (left.start, left.end) < (right.start, right.end) }

    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        let text = try container.decode(String.self)
        guard let span = ClockSpan(text) else {
            throw DecodingError.dataCorruptedError(
                in: container, debugDescription: "“\(text.prefix(40))” is no part of a day; write one such as \"09:00-12:00\"")
        }
        self = span
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(description)
    }
}
