/// Columns of text for a terminal, in which Chinese characters take two places.
enum TextColumns {
    /// As wide as each column's widest.
    static func lines(_ rows: [[String]]) -> [String] {
        let widths = (rows.first?.indices ?? 0..<0).map { column in rows.map { width(of: $0[column]) }.max() ?? 0 }
        return rows.map { row in
            zip(row, widths).map { text, width in text + String(repeating: " ", count: width - Self.width(of: text)) }
                .joined(separator: "  ")
        }
    }

    /// Cuts a line to so many columns.
    static func cut(_ line: String, to columns: Int) -> String {
        line.split(separator: "\n", omittingEmptySubsequences: false).map { part in
            guard width(of: String(part)) > columns else { return String(part) }
            var (kept, used) = ("", 1)
            for character in part {
                used += columnCount(character)
                guard used <= columns else { break }
                kept.append(character)
            }
            return kept + "…"
        }.joined(separator: "\n")
    }

    /// Words from outside must not steer the terminal.
    static func printable(_ text: String) -> String {
        String(text.unicodeScalars.map { $0.properties.generalCategory == .control ? " " : Character($0) })
    }

    /// Chinese characters take two columns.
    private static func width(of text: String) -> Int { text.reduce(0) { $0 + columnCount($1) } }

    private static func columnCount(_ character: Character) -> Int {
        guard let scalar = character.unicodeScalars.first?.value else { return 0 }
        // East Asian Wide and Fullwidth (Unicode annex 11), as far as names hold them.
        let isWide =
            (0x1100...0x115F).contains(scalar) || (0x2E80...0xA4CF).contains(scalar) || (0xAC00...0xD7A3).contains(scalar)
            || (0xF900...0xFAFF).contains(scalar) || (0xFE30...0xFE6F).contains(scalar) || (0xFF00...0xFF60).contains(scalar)
            || (0x20000...0x3FFFD).contains(scalar)
        return isWide ? 2 : 1
    }
}
