import Foundation

/// Reads ISO 8601 date-times as containers, sidecars and pictures write them, more loosely than the standard.
enum WrittenTime {
    private static let pattern = try? PathPattern("{yyyy}[?]{MM}[?]{dd}[?][?]{HH}[?]{mm}[[?]{ss}[?{ms}]]")

    /// `2026-11-23T20:15:27.123+08:00`, `20261123 201527`, `2026/11/23 20:15Z`; nil for anything else.
    /// - Parameter zone: where the text names none.
    static func date(_ text: String, zone: TimeZone) -> Date? {
        var body = text.trimmingCharacters(in: .whitespaces)[...]
        var zone = zone
        if body.last == "Z" || body.last == "z" {
            body.removeLast()
            zone = .gmt
        } else if let sign = body.lastIndex(where: { $0 == "+" || $0 == "-" }),
            sign >= body.index(body.startIndex, offsetBy: min(12, body.count))
        {
            let digits = body[body.index(after: sign)...].filter { $0 != ":" }
            guard digits.count == 2 || digits.count == 4, let hours = Int(digits.prefix(2)), let minutes = Int("0" + digits.dropFirst(2)),
                let fixed = TimeZone(secondsFromGMT: (hours * 60 + minutes) * (body[sign] == "-" ? -60 : 60))
            else { return nil }
            body = body[..<sign]
            zone = fixed
        }
        guard !body.contains("/") || body.filter({ $0 == "/" }).count == 2 else { return nil }
        guard case .local(let fields)? = pattern?.match(String(body.replacing("/", with: "-")))?.start else { return nil }
        return fields.date(in: zone)
    }
}
