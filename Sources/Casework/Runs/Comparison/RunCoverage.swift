public import Foundation

/// What a run's inputs show: of which channels which times, and which files. What lies outside nobody could find.
public struct RunCoverage: Sendable, Hashable {
    /// Recorders cut at key frames: a gap shorter than this between two files is none.
    public static let joinSeconds = 5.0

    /// By channel, in order, without overlap.
    public private(set) var times: [String: [DateInterval]] = [:]
    private var paths: Set<String> = []

    public init(_ inputs: [RunInput]) {
        paths = Set(inputs.map(\.path))
        for (channel, files) in Dictionary(grouping: inputs, by: \.channelID) {
            let spans = files.compactMap { file in file.startsAt.map { DateInterval(start: $0, duration: max(0, file.seconds ?? 0)) } }
            var joined: [DateInterval] = []
            for span in spans.sorted(by: { $0.start < $1.start }) {
                if let last = joined.last, span.start.timeIntervalSince(last.end) <= Self.joinSeconds {
                    joined[joined.count - 1] = DateInterval(start: last.start, end: max(last.end, span.end))
                } else {
                    joined.append(span)
                }
            }
            times[channel] = joined
        }
    }

    /// Where the unbroken footage ends that shows the channel at `date`; nil where none does.
    public func end(of channelID: String, at date: Date) -> Date? {
        times[channelID]?.first { $0.start <= date + Self.joinSeconds && date <= $0.end + Self.joinSeconds }?.end
    }

    /// Whether it could have been found: its file was read, or footage shows it from its beginning to its confirmation.
    public func covers(_ finding: ComparedFinding) -> Bool {
        if let path = finding.path, paths.contains(path) { return true }
        guard let confirmed = finding.confirmedAt else { return false }
        return covers(finding.channelID, from: finding.firstStillAt ?? confirmed, to: confirmed)
    }

    func covers(_ channelID: String, from: Date, to: Date) -> Bool {
        times[channelID, default: []].contains { $0.start <= from + Self.joinSeconds && to <= $0.end + Self.joinSeconds }
    }

    /// The times between a channel's first and last footage that nothing shows, by channel and time.
    public var gaps: [(channelID: String, time: DateInterval)] {
        times.sorted { $0.key < $1.key }.flatMap { channel, spans in
            zip(spans, spans.dropFirst()).map { (channel, DateInterval(start: $0.end, end: $1.start)) }
        }
    }

    /// All footage of all channels together, seconds; overlaps of one channel count once.
    public var seconds: Double { times.values.flatMap { $0 }.reduce(0) { $0 + $1.duration } }
}
