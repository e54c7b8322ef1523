import Foundation

/// Channels as names of files and folders tell them.
enum ChannelName {
    private static let longest = 64

    /// Without separators at its ends; nil for what can name no channel: nothing, control characters, a path.
    static func clean(_ text: String) -> String? {
        let trimmed = text.trimmingCharacters(in: .init(charactersIn: " _-.\t"))
        let isPlain = trimmed.unicodeScalars.allSatisfy { $0.value >= 0x20 && $0.value != 0x7F && $0 != "/" && $0 != "\\" }
        return trimmed.isEmpty || !isPlain ? nil : String(trimmed.prefix(longest))
    }

    /// Whether it is a date, an hour or a count and no name: digits with separators, and the letters of `2026Y11M23D08H`.
    static func isTime(_ text: String) -> Bool {
        let digits = text.filter { $0.isASCII && $0.isNumber }.count
        guard digits > 0, text.allSatisfy({ ($0.isASCII && $0.isNumber) || "-_.:YMDHSTZ ".contains($0) }) else { return false }
        // “001” and “34020000001320000001” are numbers of channels.
        return text.count != digits || [1, 2, 4, 6, 8, 10, 12, 14].contains(digits)
    }
}
