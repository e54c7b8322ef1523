import Casework
import Foundation
import FrameCore

/// Makes the answer of what the passes saw.
struct PastSummary {
    /// A longer time between two pictures is a gap.
    private static let gapSeconds = 60.0
    /// Two passes saw the same thing when their boxes share so much.
    private static let sameOverlap = 0.3

    private let question: PastQuestion
    private let footage: PastFootage
    private let forward: PastWatch
    private let backward: PastWatch?
    private let problems: [RunProblem]
    private let step: Duration

    init(
        _ question: PastQuestion, _ footage: PastFootage, forward: PastWatch, backward: PastWatch?, problems: [RunProblem], step: Duration
    ) {
        self.question = question
        self.footage = footage
        self.forward = forward
        self.backward = backward
        self.problems = problems
        self.step = step
    }

    /// Indices of the forward pass's pictures that lie in the span; the nearest where none does.
    private var inSpan: Range<Int> {
        let marks = forward.marks
        let begin = marks.firstIndex { $0.time >= footage.span.lowerBound } ?? marks.count - 1
        let end = marks.lastIndex { $0.time <= footage.span.upperBound }.map { $0 + 1 } ?? begin + 1
        return begin..<max(end, begin + 1)
    }

    var answer: PastAnswer {
        let span = inSpan
        let marks = forward.marks
        var steps = zip(marks, marks.dropFirst()).map { ($1.time - $0.time).inSeconds }.filter { $0 < Self.gapSeconds }
        steps.sort()
        var entries = forwardEntries(span)
        entries += backwardEntries(span, known: entries)
        entries.sort { ($0.from, $0.pixels.x, $0.pixels.y) < ($1.from, $1.pixels.x, $1.pixels.y) }
        return PastAnswer(
            channelID: footage.channelID, first: moment(marks[span.lowerBound]), last: moment(marks[span.upperBound - 1]),
            seconds: zip(marks[span], marks[span].dropFirst()).map { ($1.time - $0.time).inSeconds }.filter { $0 < Self.gapSeconds }
                .reduce(0, +),
            entries: entries.enumerated().map { $1.entry(id: $0 + 1, self) }, pictures: span.count,
            busyPictures: forward.busy[span].count { $0 }, gaps: gaps(span), blind: blind(span), problems: problems,
            stepSeconds: steps.isEmpty ? step.inSeconds : steps[min(steps.count - 1, steps.count * 9 / 10)])
    }

    // MARK: Entries

    /// One thing, by pictures.
    private struct Found {
        var beginning: PastEntry.Beginning
        var ending: PastEntry.Ending
        var fromMark: KeyFrameReel.Mark
        var toMark: KeyFrameReel.Mark
        var stayingMark: KeyFrameReel.Mark
        var pixels: PixelRect
        var box: [Double]
        var from: FrameTime { fromMark.time }

        func entry(id: Int, _ summary: PastSummary) -> PastEntry {
            PastEntry(
                id: id, beginning: beginning, ending: ending, from: summary.moment(fromMark), to: summary.moment(toMark),
                staying: summary.moment(stayingMark), seconds: (toMark.time - fromMark.time).inSeconds, box: box)
        }
    }

    private func forwardEntries(_ span: Range<Int>) -> [Found] {
        let marks = forward.marks
        return forward.closed.compactMap { stay in
            guard let begin = marks.firstIndex(where: { $0.time >= stay.since }) else { return nil }
            var beginning = PastEntry.Beginning.appeared
            if begin < span.lowerBound {
                beginning = .before
            } else if begin > 0, isGap(marks[begin - 1], marks[begin]) {
                beginning = .unseen
            }
            let after = stay.ending == .standing ? nil : min(stay.lastSeen + 1, marks.count - 1)
            guard let (to, ending) = end(after, lastSeen: stay.lastSeen, isLost: stay.ending == .lost, span) else { return nil }
            return found(stay, beginning, ending, from: marks[begin], to: marks[to], middle: middle(of: stay, forward, marks[begin]), span)
        }
    }

    /// Where it ends; nil for what was gone before the span.
    private func end(_ after: Int?, lastSeen: Int, isLost: Bool, _ span: Range<Int>) -> (Int, PastEntry.Ending)? {
        let marks = forward.marks
        guard let after, after < span.upperBound else { return (span.upperBound - 1, .standing) }
        guard after >= span.lowerBound else { return nil }
        if after > lastSeen, isGap(marks[lastSeen], marks[after]) { return (after, .unseen) }
        return (after, isLost ? .lost : .vanished)
    }

    /// What stood there when the footage began, or came before the street was known: the pass from the end has seen it.
    private func backwardEntries(_ span: Range<Int>, known: [Found]) -> [Found] {
        guard let backward, let judged = zip(forward.marks, forward.views).first(where: { $1 == nil })?.0.time else { return [] }
        let marks = backward.marks
        let limit = judged + ChannelAnalysis.stillAfter(question.stay) + step
        var entries: [Found] = []
        for stay in backward.closed {
            // In this pass it comes where it goes, and goes where it came.
            guard let last = backward.times.firstIndex(where: { $0 >= stay.since }), last > 0 else { continue }
            let first = stay.ending == .standing ? marks.count - 1 : stay.lastSeen
            guard marks[first].time <= limit else { continue }
            let to = marks[last - 1]
            guard to.time >= footage.span.lowerBound, marks[first].time <= footage.span.upperBound else { continue }
            let beginning: PastEntry.Beginning =
                stay.ending == .standing ? .unknown : marks[first].time < footage.span.lowerBound ? .before : .appeared
            let goesOn = to.time > footage.span.upperBound
            guard
                let found = found(
                    stay, beginning, goesOn ? .standing : isGap(marks[last], to) ? .unseen : .vanished, from: marks[first],
                    to: goesOn ? forward.marks[span.upperBound - 1] : to, middle: middle(of: stay, backward, marks[first]), span),
                !known.contains(where: { isSame($0, found) })
            else { continue }
            entries.append(found)
        }
        return entries
    }

    private func found(
        _ stay: PastWatch.Stay, _ beginning: PastEntry.Beginning, _ ending: PastEntry.Ending, from: KeyFrameReel.Mark,
        to: KeyFrameReel.Mark, middle: KeyFrameReel.Mark, _ span: Range<Int>
    ) -> Found? {
        // Pictures come by steps: what stood for the time may look one shorter.
        guard to.time - from.time >= question.stay - step, from.time <= forward.marks[span.upperBound - 1].time else { return nil }
        let (width, height) = (Double(stay.frameSize.width), Double(stay.frameSize.height))
        let box = stay.box
        return Found(
            beginning: beginning, ending: ending, fromMark: from, toMark: to, stayingMark: middle, pixels: box,
            box: [Double(box.x) / width, Double(box.y) / height, Double(box.width) / width, Double(box.height) / height].map {
                ($0 * 10_000).rounded() / 10_000
            })
    }

    private func isSame(_ left: Found, _ right: Found) -> Bool {
        left.pixels.overlap(right.pixels) >= Self.sameOverlap && left.fromMark.time <= right.toMark.time
            && right.fromMark.time <= left.toMark.time
    }

    /// A picture from the middle of its stay in which little covers it.
    private func middle(of stay: PastWatch.Stay, _ watch: PastWatch, _ begin: KeyFrameReel.Mark) -> KeyFrameReel.Mark {
        stay.seen.isEmpty ? begin : watch.marks[Int(stay.seen[stay.seen.count / 2])]
    }

    // MARK: What cannot be told

    private func isGap(_ one: KeyFrameReel.Mark, _ other: KeyFrameReel.Mark) -> Bool {
        abs((other.time - one.time).inSeconds) > Self.gapSeconds
    }

    private func gaps(_ span: Range<Int>) -> [PastGap] {
        let marks = forward.marks
        var gaps: [PastGap] = []
        if question.span != nil, (marks[span.lowerBound].time - footage.span.lowerBound).inSeconds > Self.gapSeconds {
            // Something of the lead-in may show that the gap began later than the span.
            let before = span.lowerBound > 0 ? marks[span.lowerBound - 1] : nil
            if before.map({ isGap($0, marks[span.lowerBound]) }) ?? true {
                gaps.append(PastGap(from: bare(footage.span.lowerBound), to: moment(marks[span.lowerBound])))
            }
        }
        for index in span.dropFirst() where isGap(marks[index - 1], marks[index]) {
            gaps.append(PastGap(from: moment(marks[index - 1]), to: moment(marks[index])))
        }
        let last = marks[span.upperBound - 1]
        if let end = question.span?.end, end < .distantFuture, let origin = footage.origin,
            end.timeIntervalSince(origin) - last.time.seconds > Self.gapSeconds,
            span.upperBound == marks.count || isGap(last, marks[span.upperBound])
        {
            gaps.append(PastGap(from: moment(last), to: bare(FrameTime(seconds: end.timeIntervalSince(origin)))))
        }
        return gaps
    }

    /// A moment without a picture.
    private func bare(_ time: FrameTime) -> PastMoment { PastMoment(path: "", seconds: time.seconds, at: footage.date(time), stamp: nil) }

    private func blind(_ span: Range<Int>) -> [PastGap] {
        var spans: [PastGap] = []
        var begin: Int?
        for index in span {
            let view = forward.views[index]
            if let start = begin, forward.views[start] != view {
                spans.append(PastGap(from: moment(forward.marks[start]), to: moment(forward.marks[index]), reason: forward.views[start]))
                begin = nil
            }
            if view != nil, begin == nil { begin = index }
        }
        if let begin {
            spans.append(
                PastGap(
                    from: moment(forward.marks[begin]), to: moment(forward.marks[span.upperBound - 1]), reason: forward.views[begin]))
        }
        return spans
    }

    private func moment(_ mark: KeyFrameReel.Mark) -> PastMoment {
        PastMoment(
            path: footage.pieces[mark.piece].input.path, seconds: (mark.seconds * 1000).rounded() / 1000, at: footage.date(mark.time),
            stamp: mark.stamp)
    }
}
