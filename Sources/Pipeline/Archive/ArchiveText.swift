import Foundation

/// Figures of an archive in words.
public enum ArchiveText {
    /// 8 s, 12 min, 3.5 h, 12 days.
    public static func span(_ seconds: Double) -> String {
        switch abs(seconds) {
        case ..<120: number(seconds) + " s"
        case ..<7200: number(seconds / 60) + " min"
        case ..<172_800: number(seconds / 3600) + " h"
        default: number(seconds / 86_400) + " days"
        }
    }

    private static func number(_ value: Double) -> String {
        let text = String(format: "%.1f", value)
        return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
    }
}
