import Casework
import Foundation
import FrameCore
import Violations

/// Footage of one channel that is analysed as one stretch: files on one clock, with the gaps between them; or one file whose
/// time nobody knows.
struct Reel: Sendable {
    struct File: Sendable {
        /// Among the run's inputs.
        var input: Int
        var path: String
        /// Where its first picture lies on the reel's time.
        var start: FrameTime
        /// Wall-clock time of its first picture.
        var startsAt: Date?

        /// Without folder and extension.
        var clip: String { ((path as NSString).lastPathComponent as NSString).deletingPathExtension }
    }

    /// Two files further apart than this are not looked at as one: what happened in between is not known. Recorders lose a
    /// second or two when they begin a new file.
    static let longestSeam = Duration.seconds(5)

    /// Within its run, from 0.
    var index: Int
    var channelID: String
    var zones: ZoneSet
    var files: [File]
    /// For the hours of zones; times without a wall clock have none.
    var timeZone: TimeZone

    /// All footage of a run: the files of each channel that have a time by their time, the others each by itself.
    ///
    /// - Parameter zones: by channel.
    static func all(of record: RunRecord, zones: [String: ZoneSet], timeZone: TimeZone) -> [Reel] {
        var reels: [Reel] = []
        func add(_ channelID: String, _ inputs: [Int]) {
            let origin = inputs.first.flatMap { record.inputs[$0].startsAt }
            let files = inputs.map { index -> File in
                let input = record.inputs[index]
                let offset = origin.flatMap { origin in input.startsAt.map { $0.timeIntervalSince(origin) } } ?? 0
                return File(input: index, path: input.path, start: FrameTime(seconds: offset), startsAt: input.startsAt)
            }
            reels.append(
                Reel(
                    index: reels.count, channelID: channelID, zones: zones[channelID] ?? ZoneSet(zones: []), files: files,
                    timeZone: timeZone))
        }
        let byChannel = Dictionary(grouping: record.inputs.indices) { record.inputs[$0].channelID }
        for channelID in byChannel.keys.sorted() {
            let inputs = byChannel[channelID] ?? []
            let timed = inputs.filter { record.inputs[$0].startsAt != nil }
                .sorted { first, second in
                    let (one, other) = (record.inputs[first], record.inputs[second])
                    return (one.startsAt ?? .distantPast, one.path) < (other.startsAt ?? .distantPast, other.path)
                }
            if !timed.isEmpty { add(channelID, timed) }
            for index in inputs where record.inputs[index].startsAt == nil { add(channelID, [index]) }
        }
        return reels
    }

    /// The wall-clock time of a moment on the reel.
    func date(of time: FrameTime) -> Date? {
        files.first?.startsAt.map { $0.addingTimeInterval(time.seconds) }
    }

    /// Local minute of the week, 0…10079 from Monday 00:00; nil without a wall clock.
    func minuteOfWeek(of time: FrameTime) -> Int? {
        guard let date = date(of: time) else { return nil }
        let local = Int(date.timeIntervalSince1970.rounded(.down)) + timeZone.secondsFromGMT(for: date)
        let minutes = Int((Double(local) / 60).rounded(.down))
        // 1970-01-01 was a Thursday.
        let week = 7 * 24 * 60
        return ((minutes + 3 * 24 * 60) % week + week) % week
    }
}
