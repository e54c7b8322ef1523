import Casework
import Foundation
import FrameCore

/// The parts of one channel's files that a search reads, on one clock.
struct PastFootage {
    /// A part of one file.
    struct Piece {
        var input: RunInput
        /// Seconds from the file's first picture; `to` is infinite where the file's length is not known.
        var from: Double
        var to: Double
        /// Where the file's first picture lies on the channel's clock.
        var start: FrameTime
    }

    var channelID: String
    var pieces: [Piece]
    /// On the channel's clock.
    var span: ClosedRange<FrameTime>
    /// Wall-clock time of the channel's time zero; nil where no footage tells it.
    var origin: Date?
    /// Of the pieces, as far as it is known.
    var seconds: Double { pieces.reduce(0) { $0 + ($1.to.isFinite ? $1.to - $1.from : 0) } }

    /// - Parameters:
    ///   - margin: read in front of the span and behind it, where there is footage.
    init(_ timeline: ArchiveTimeline, span: DateInterval?, margin: Duration) {
        channelID = timeline.channelID
        let timed = timeline.files.filter { $0.startsAt != nil }.sorted { (left: RunInput, right: RunInput) -> Bool in
            let (one, other) = (left.startsAt ?? .distantPast, right.startsAt ?? .distantPast)
            return one == other ? left.path < right.path : one < other
        }
        guard let first = timed.first?.startsAt else {
            // One after the other: nothing says how long it was between them.
            var start = 0.0
            var pieces: [Piece] = []
            for input in span == nil ? timeline.files : [] {
                pieces.append(Piece(input: input, from: 0, to: input.seconds ?? .infinity, start: FrameTime(seconds: start)))
                start += input.seconds ?? 86_400
            }
            self.pieces = pieces
            self.span = .zero...FrameTime(seconds: max(start, 86_400))
            return
        }
        origin = first
        let wanted = span ?? DateInterval(start: first, end: .distantFuture)
        let lower = wanted.start.timeIntervalSince(first)
        let upper = min(wanted.end.timeIntervalSince(first), 4e9)
        self.span = FrameTime(seconds: max(lower, 0))...FrameTime(seconds: max(upper, max(lower, 0)))
        var covered = lower - margin.inSeconds
        let end = upper + margin.inSeconds
        pieces = []
        for (index, input) in timed.enumerated() {
            guard let startsAt = input.startsAt else { continue }
            let start = startsAt.timeIntervalSince(first)
            let next = index + 1 < timed.count ? timed[index + 1].startsAt?.timeIntervalSince(first) : nil
            let length = input.seconds ?? next.map { max(0, $0 - start) } ?? .infinity
            let from = max(0, covered - start)
            let to = min(length, end - start)
            // What two files show is read once.
            guard to > from else { continue }
            pieces.append(Piece(input: input, from: from, to: to, start: FrameTime(seconds: start)))
            if to.isFinite { covered = max(covered, start + to) }
        }
        // Footage that lies only in the margins answers nothing.
        if !pieces.contains(where: { $0.start.seconds + $0.to > lower && $0.start.seconds + $0.from < upper }) { pieces = [] }
    }

    func date(_ time: FrameTime) -> Date? { origin?.addingTimeInterval(time.seconds) }
}
