public import Foundation

extension RunComparison {
    /// The comparison as a JSON object: times as ISO 8601 in UTC with milliseconds, keys sorted.
    public func json() throws -> Data {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        encoder.dateEncodingStrategy = .custom { date, encoder in
            var container = encoder.singleValueContainer()
            try container.encode(Self.text(of: date))
        }
        return try encoder.encode(self)
    }

    /// One line for each entry, after a head line: RFC 4180 with `\n`, UTF-8, boxes as parts of the picture, times in UTC.
    public var csv: String {
        let head = [
            "change", "channel", "violation_before", "violation_after", "verdict", "id_before", "id_after", "part_of", "zone_before",
            "zone_after", "first_still_before", "first_still_after", "confirmed_before", "confirmed_after", "cleared_before",
            "cleared_after", "difference_s", "box_before", "box_after", "file_before", "file_after",
        ]
        let rows = entries.map { entry -> [String] in
            let (a, b) = (entry.before, entry.after)
            func time(_ finding: ComparedFinding?, _ date: KeyPath<ComparedFinding, Date?>, _ seconds: KeyPath<ComparedFinding, Double?>)
                -> String
            {
                finding?[keyPath: date].map(Self.text) ?? finding?[keyPath: seconds].map(Self.number) ?? ""
            }
            func box(_ finding: ComparedFinding?) -> String { (finding?.box ?? []).map(Self.number).joined(separator: " ") }
            return [
                entry.change.rawValue, entry.subject?.channelID ?? "", a?.violation ?? "", b?.violation ?? "",
                a?.verdict?.rawValue ?? "", a?.id ?? "", b?.id ?? "", entry.partOf ?? "", a?.zone ?? "", b?.zone ?? "",
                time(a, \.firstStillAt, \.firstStillS), time(b, \.firstStillAt, \.firstStillS), time(a, \.confirmedAt, \.confirmedS),
                time(b, \.confirmedAt, \.confirmedS), time(a, \.clearedAt, \.clearedS), time(b, \.clearedAt, \.clearedS),
                entry.differenceS.map(Self.number) ?? "", box(a), box(b), a?.path ?? "", b?.path ?? "",
            ]
        }
        return ([head] + rows).map { $0.map(Self.cell).joined(separator: ",") + "\n" }.joined()
    }

    private static func text(of date: Date) -> String {
        date.formatted(Date.ISO8601FormatStyle(includingFractionalSeconds: true))
    }

    private static func number(_ value: Double) -> String {
        let text = String(format: "%.4f", value)
        return String(text.reversed().drop { $0 == "0" }.drop { $0 == "." }.reversed())
    }

    /// A spreadsheet takes a cell that begins with one of these for a formula, whoever named the file or the zone; a quotation
    /// mark before it makes it text (OWASP, “CSV Injection”). Numbers stay.
    private static func cell(_ text: String) -> String {
        var text = text
        if let first = text.unicodeScalars.first, "=+-@\t\r".unicodeScalars.contains(first), Double(text) == nil { text = "'" + text }
        guard text.contains(where: { "\",\n\r".contains($0) }) else { return text }
        return "\"" + text.replacingOccurrences(of: "\"", with: "\"\"") + "\""
    }
}
