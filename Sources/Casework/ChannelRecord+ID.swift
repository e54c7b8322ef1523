extension ChannelRecord {
    /// Whether the text may be a channel's id: 1…64 characters out of a–z, 0–9, `-`, `_`, `.`, the first a letter or digit,
    /// so that no id means a parent folder, hides a folder or reads as an option on the command line.
    public static func isUsable(id: String) -> Bool {
        guard (1...64).contains(id.utf8.count), let first = id.utf8.first, isLetterOrDigit(first) else { return false }
        return id.utf8.allSatisfy { isLetterOrDigit($0) || "-_.".utf8.contains($0) }
    }

    private static func isLetterOrDigit(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte) || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
    }
}
