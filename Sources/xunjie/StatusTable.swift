import Foundation
import Pipeline

/// The channels as columns for a terminal.
enum StatusTable {
    private static let header = ["", "CHANNEL", "NAME", "STATE", "OPEN", "FPS", "LATE", "FAULTS", "REASON"]

    static func lines(_ status: StationStatus) -> [String] {
        guard !status.channels.isEmpty else { return ["no channels yet"] }
        let rows = [header] + status.channels.map { row($0, dayMinutes: status.dayMinutes) }
        return TextColumns.lines(rows)
    }

    private static func row(_ channel: StationStatus.Channel, dayMinutes: Int) -> [String] {
        let sign =
            switch channel.health {
            case .bad: "!"
            case .busy: "~"
            case .good: "+"
            case .off: "-"
            }
        let part = dayMinutes > 0 ? String(format: "%.0f%%", 100 * min(1, Double(channel.eyesOpenMinutes) / Double(dayMinutes))) : "–"
        return [
            sign, channel.id, channel.name == channel.id ? "" : channel.name,
            channel.health == .off && channel.state == nil ? "paused" : channel.state?.rawValue ?? "unknown", part,
            channel.analysedPerSecond > 0 ? String(format: "%.1f", channel.analysedPerSecond) : "–",
            channel.latenessP99Seconds.map { String(format: "%.2fs", $0) } ?? "–",
            channel.faults.map(\.rawValue).joined(separator: ","), TextColumns.printable(channel.reason),
        ]
    }
}
