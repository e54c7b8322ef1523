/// A moment on the wall clock, with the offset from UTC at which people there read it.
public struct WallTime: Hashable, Sendable, CustomStringConvertible {
    public var millisecondsSince1970: Int64
    public var utcOffsetMinutes: Int

    public init(millisecondsSince1970: Int64, utcOffsetMinutes: Int) {
        self.millisecondsSince1970 = millisecondsSince1970
        self.utcOffsetMinutes = utcOffsetMinutes
    }

    /// nil unless it has the form of `description`.
    public init?(_ text: String) {
        let bytes = Array(text.utf8)
        guard bytes.count == 29, Self.hasForm(bytes) else { return nil }
        func number(_ range: Range<Int>) -> Int64 { bytes[range].reduce(0) { $0 * 10 + Int64($1 - 48) } }
        let (year, month, day) = (number(0..<4), number(5..<7), number(8..<10))
        let (hour, minute, second) = (number(11..<13), number(14..<16), number(17..<19))
        let (offsetHours, offsetMinutes) = (number(24..<26), number(27..<29))
        guard (1...12).contains(month), (1...31).contains(day), hour < 24, minute < 60, second < 60, offsetHours < 24,
            offsetMinutes < 60
        else { return nil }
        let offset = (offsetHours * 60 + offsetMinutes) * (bytes[23] == UInt8(ascii: "-") ? -1 : 1)
        let seconds = ((Self.days(year, month, day) * 24 + hour) * 60 + minute - offset) * 60 + second
        self.init(millisecondsSince1970: seconds * 1000 + number(20..<23), utcOffsetMinutes: Int(offset))
        guard description == text else { return nil }  // 31 February, and -00:00
    }

    /// ISO 8601 with milliseconds and offset, such as `2026-11-23T20:15:27.123+08:00`.
    public var description: String {
        let local = millisecondsSince1970 + Int64(utcOffsetMinutes) * 60_000
        let day = local.flooredQuotient(86_400_000)
        let milliseconds = local - day * 86_400_000
        let offset = abs(utcOffsetMinutes)
        return "\(date(day).joined(separator: "-"))T\(Self.digits(milliseconds / 3_600_000, 2)):"
            + "\(Self.digits(milliseconds / 60_000 % 60, 2)):\(Self.digits(milliseconds / 1000 % 60, 2))."
            + "\(Self.digits(milliseconds % 1000, 3))\(utcOffsetMinutes < 0 ? "-" : "+")"
            + "\(Self.digits(Int64(offset / 60), 2)):\(Self.digits(Int64(offset % 60), 2))"
    }

    /// Year, month and day there, as `["2026", "11", "23"]`.
    public var dateParts: [String] {
        date((millisecondsSince1970 + Int64(utcOffsetMinutes) * 60_000).flooredQuotient(86_400_000))
    }

    /// Days since 1970 to the civil date: the 400-year cycle counted from 1 March 0000.
    private func date(_ day: Int64) -> [String] {
        let shifted = day + 719_468
        let era = shifted.flooredQuotient(146_097)
        let dayOfEra = shifted - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let marchMonth = (5 * dayOfYear + 2) / 153
        let month = marchMonth < 10 ? marchMonth + 3 : marchMonth - 9
        let year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
        return [
            Self.digits(year, 4), Self.digits(month, 2), Self.digits(dayOfYear - (153 * marchMonth + 2) / 5 + 1, 2),
        ]
    }

    private static func days(_ year: Int64, _ month: Int64, _ day: Int64) -> Int64 {
        let year = month <= 2 ? year - 1 : year
        let era = year.flooredQuotient(400)
        let yearOfEra = year - era * 400
        let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
        return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
    }

    private static func hasForm(_ bytes: [UInt8]) -> Bool {
        for (byte, form) in zip(bytes, "0000-00-00T00:00:00.000+00:00".utf8) {
            switch form {
            case UInt8(ascii: "0"): guard (48...57).contains(byte) else { return false }
            case UInt8(ascii: "+"): guard byte == UInt8(ascii: "+") || byte == UInt8(ascii: "-") else { return false }
            default: guard byte == form else { return false }
            }
        }
        return true
    }

    private static func digits(_ value: Int64, _ count: Int) -> String {
        let text = String(value)
        return String(repeating: "0", count: max(0, count - text.count)) + text
    }
}

extension Int64 {
    fileprivate func flooredQuotient(_ divisor: Int64) -> Int64 {
        let (quotient, remainder) = quotientAndRemainder(dividingBy: divisor)
        return remainder < 0 ? quotient - 1 : quotient
    }
}

/// Encoded as its text.
extension WallTime: Codable {
    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        let text = try container.decode(String.self)
        guard let time = WallTime(text) else {
            throw DecodingError.dataCorruptedError(
                in: container,
                debugDescription: "a time is written as 2026-11-23T20:15:27.123+08:00, not “\(text.prefix(80))”")
        }
        self = time
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(description)
    }
}
