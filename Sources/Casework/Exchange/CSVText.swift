/// Comma-separated values (RFC 4180) that a spreadsheet opens as what they are.
public enum CSVText {
    /// Tells a spreadsheet that the file is UTF-8.
    public static let byteOrderMark = "\u{FEFF}"

    /// One line with its end.
    public static func line(_ fields: [String]) -> String { fields.map(field).joined(separator: ",") + "\r\n" }

    /// A field that a spreadsheet would take for a formula gets an apostrophe before it (OWASP, “CSV Injection”): names and
    /// notes come from outside. Plain numbers stay numbers.
    package static func field(_ text: String) -> String {
        var text = text
        if let first = text.unicodeScalars.first, "=+-@\t\r\n＝＋－＠".unicodeScalars.contains(first), !isNumber(text) {
            text = "'" + text
        }
        guard text.unicodeScalars.contains(where: { ",\"\r\n".unicodeScalars.contains($0) }) else { return text }
        return "\"" + text.replacing("\"", with: "\"\"") + "\""
    }

    private static func isNumber(_ text: String) -> Bool { text.wholeMatch(of: /-?[0-9]+(\.[0-9]+)?/) != nil }
}
