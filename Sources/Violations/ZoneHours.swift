/// Hours of the week in which a zone is in force, local time.
///
/// Written `["mon-fri 07:00-22:00", "sat,sun 09:00-23:30"]`; a span over midnight belongs to the day that it begins on.
public struct ZoneHours: Sendable, Hashable {
    private static let dayNames = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
    private static let minutesPerDay = 24 * 60

    /// As written.
    public let spans: [String]
    private let minutes: [Range<Int>]

    public enum Flaw: Error, Hashable, Sendable, CustomStringConvertible {
        case badSpan(String)

        public var description: String {
            switch self {
            case .badSpan(let text): "“\(text)” is no time span: write days and times as in “mon-fri 07:00-22:00”"
            }
        }
    }

    public init(_ spans: [String]) throws(Flaw) {
        var minutes: [Range<Int>] = []
        for span in spans { minutes += try Self.parse(span) }
        self.spans = spans
        self.minutes = minutes
    }

    /// - Parameter minuteOfWeek: 0…10079 from Monday 00:00, local time.
    public func contains(minuteOfWeek: Int) -> Bool {
        let week = 7 * Self.minutesPerDay
        return minutes.contains { $0.contains(minuteOfWeek) || $0.contains(minuteOfWeek + week) }
    }

    private static func parse(_ span: String) throws(Flaw) -> [Range<Int>] {
        let words = span.split(separator: " ")
        guard words.count == 2, let days = days(words[0]) else { throw .badSpan(span) }
        let times = words[1].split(separator: "-", omittingEmptySubsequences: false)
        guard times.count == 2, let from = minute(times[0]), let to = minute(times[1]), from != to else { throw .badSpan(span) }
        let length = to > from ? to - from : to + minutesPerDay - from
        return days.map { $0 * minutesPerDay + from..<$0 * minutesPerDay + from + length }
    }

    private static func days(_ text: Substring) -> [Int]? {
        var days: [Int] = []
        for part in text.split(separator: ",", omittingEmptySubsequences: false) {
            let ends = part.split(separator: "-", omittingEmptySubsequences: false).map { dayNames.firstIndex(of: $0.lowercased()) }
            switch ends.count {
            case 1:
                guard let day = ends[0] else { return nil }
                days.append(day)
            case 2:
                guard let first = ends[0], let last = ends[1] else { return nil }
                days += first <= last ? Array(first...last) : Array(first...6) + Array(0...last)
            default: return nil
            }
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

/// Encoded as its list of spans.
extension ZoneHours: Codable {
    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        let spans = try container.decode([String].self)
        do {
            try self.init(spans)
        } catch {
            throw DecodingError.dataCorruptedError(in: container, debugDescription: "\(error)")
        }
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(spans)
    }
}
