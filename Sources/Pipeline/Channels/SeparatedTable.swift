/// Separated values whose first record names the columns.
public enum SeparatedTable {
    /// The records after the first, each with its line and its values by column; what has no column is left out.
    /// - Throws: `ChannelListError` with the line of a broken quote.
    public static func read(_ text: String) throws -> [(line: Int, values: [String: String])] {
        let records = try DelimitedText.records(text.hasPrefix("\u{FEFF}") ? String(text.dropFirst()) : text)
        guard let head = records.first else { return [] }
        return records.dropFirst().map { record in
            (record.line, Dictionary(zip(head.fields, record.fields)) { first, _ in first })
        }
    }
}
