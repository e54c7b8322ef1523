import Casework
import Foundation
import Pipeline

/// A listing as columns for a terminal, with the problems under it.
struct ArchiveTable {
    private static let header = ["CHANNEL", "FILES", "FROM", "TO", "HOURS", "GAPS", "OVERLAPS", "PROBLEMS", "TIME FROM"]

    let zone: TimeZone
    let namesFiles: Bool

    func lines(_ listing: ArchiveListing) -> [String] {
        var lines: [String] = []
        if listing.timelines.isEmpty {
            lines.append("no usable footage")
        } else {
            lines += TextColumns.lines([Self.header] + rows(listing))
        }
        if namesFiles { lines += listing.timelines.flatMap(details) }
        let lost = listing.problems.filter(\.isLost)
        let odd = listing.problems.filter { !$0.isLost }
        for (title, problems) in [("cannot be used:", lost), ("worth knowing:", odd)] where !problems.isEmpty {
            lines += ["", title] + problems.map { "  " + TextColumns.printable("\($0.path): \($0.reason)") }
        }
        return lines
    }

    /// Files without a known time stand alone; those of one channel share a row here.
    private func rows(_ listing: ArchiveListing) -> [[String]] {
        var rows: [[String]] = []
        var index = 0
        let timelines = listing.timelines
        while index < timelines.count {
            let first = timelines[index]
            var group = [first]
            while first.from == nil, index + group.count < timelines.count, timelines[index + group.count].channelID == first.channelID,
                timelines[index + group.count].from == nil
            {
                group.append(timelines[index + group.count])
            }
            index += group.count
            rows.append(row(group, listing.problems))
        }
        return rows
    }

    private func row(_ group: [ArchiveTimeline], _ problems: [RunProblem]) -> [String] {
        let files = group.flatMap(\.files)
        let paths = Set(files.map(\.path))
        let gaps = group.flatMap(\.gaps)
        let overlaps = group.flatMap(\.overlaps)
        let sources = Set(files.map(\.timeSource)).sorted().map { $0 == "none" ? "unknown" : $0 }
        return [
            TextColumns.printable(group[0].channelID), "\(files.count)", group[0].from.map(text) ?? "–", group[0].to.map(text) ?? "–",
            String(format: "%.2f", group.reduce(0) { $0 + $1.seconds } / 3600), count(gaps), count(overlaps),
            "\(problems.filter { paths.contains($0.path) }.count)", sources.joined(separator: ", "),
        ]
    }

    private func details(_ timeline: ArchiveTimeline) -> [String] {
        var lines = ["", TextColumns.printable(timeline.channelID) + ":"]
        for file in timeline.files {
            let length = file.seconds.map { String(format: "%.1f s", $0) } ?? "unknown length"
            lines.append(
                "  \(file.startsAt.map(text) ?? "unknown time")  \(length)  \(file.timeSource)  " + TextColumns.printable(file.path))
        }
        lines += timeline.gaps.map { "  gap      \(text($0.start)) – \(text($0.end))" }
        lines += timeline.overlaps.map { "  overlap  \(text($0.start)) – \(text($0.end))" }
        return lines
    }

    private func count(_ spans: [DateInterval]) -> String {
        guard !spans.isEmpty else { return "0" }
        return "\(spans.count) (\(ArchiveText.span(spans.reduce(0) { $0 + $1.duration })))"
    }

    private func text(_ date: Date) -> String {
        var style = Date.ISO8601FormatStyle(timeZone: zone)
        style = style.year().month().day().dateTimeSeparator(.space).time(includingFractionalSeconds: false)
        return date.formatted(style)
    }
}
