package import Casework
import Foundation

/// Lays files of one channel on its time and finds what is missing and what is there twice.
package enum TimelineAssembly {
    /// - Parameter files: with a channel each; any order.
    package static func timelines(_ files: [RunInput], rules: ArchiveRules) -> [ArchiveTimeline] {
        var timelines = files.filter { $0.startsAt == nil }.map { ArchiveTimeline(channelID: $0.channelID, files: [$0]) }
        let timed = Dictionary(grouping: files.filter { $0.startsAt != nil }, by: \.channelID)
        timelines += timed.map { channelID, files in timeline(channelID, files, rules) }
        return timelines.sorted { one, other in
            let (first, second) = (one.files.first, other.files.first)
            if one.channelID != other.channelID { return one.channelID < other.channelID }
            if (first?.startsAt == nil) != (second?.startsAt == nil) { return second?.startsAt == nil }
            return (first?.path ?? "") < (second?.path ?? "")
        }
    }

    private static func timeline(_ channelID: String, _ files: [RunInput], _ rules: ArchiveRules) -> ArchiveTimeline {
        let sorted = files.sorted { ($0.startsAt ?? .distantPast, $0.path) < ($1.startsAt ?? .distantPast, $1.path) }
        var timeline = ArchiveTimeline(channelID: channelID, files: sorted)
        var covered: Date?
        var lengthIsKnown = true
        for file in sorted {
            guard let start = file.startsAt else { continue }
            // A file of unknown length covers its first picture.
            let end = start.addingTimeInterval(file.seconds ?? 0)
            defer { lengthIsKnown = file.seconds != nil }
            guard let reached = covered else {
                covered = end
                continue
            }
            if start.timeIntervalSince(reached) > rules.gapSeconds {
                // What follows a file of unknown length may follow it at once.
                if lengthIsKnown { timeline.gaps.append(DateInterval(start: reached, end: start)) }
            } else if min(end, reached).timeIntervalSince(start) > rules.overlapSeconds {
                add(DateInterval(start: start, end: min(end, reached)), to: &timeline.overlaps)
            }
            covered = max(reached, end)
        }
        return timeline
    }

    /// Joins what three files share to one.
    private static func add(_ overlap: DateInterval, to overlaps: inout [DateInterval]) {
        if let last = overlaps.last, overlap.start <= last.end {
            overlaps[overlaps.count - 1] = DateInterval(start: last.start, end: max(last.end, overlap.end))
        } else {
            overlaps.append(overlap)
        }
    }
}
