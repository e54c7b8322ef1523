public import Casework
public import FFmpegIO
public import Foundation
import FrameCore
import SceneAnalysis

/// Searches a channel's archive for what stood in a part of the view, without any rule, from key frames only.
///
/// The footage is looked at forwards, which tells what came; and from its end backwards, which tells what stood there from the
/// start and left later. What stands from the first picture to the last cannot be told from the street. The same footage and
/// question give the same answer, whatever the number of threads.
public struct PastSearch: Sendable {
    private let library: ProfileLibrary
    private let threads: Int
    private let isIdle: Bool

    /// - Parameters:
    ///   - threads: that decode; 1…64.
    ///   - isIdle: whether they give way to everything else on the machine, as beside live channels they must.
    public init(library: ProfileLibrary, threads: Int = ProcessInfo.processInfo.activeProcessorCount, isIdle: Bool = false) {
        self.library = library
        self.threads = min(max(threads, 1), 64)
        self.isIdle = isIdle
    }

    /// Blocks until all of it was looked at.
    /// - Parameter progress: called with each batch of pictures, on the calling thread.
    /// - Throws: `PastSearchError`.
    public func run(
        _ question: PastQuestion, in timeline: ArchiveTimeline, stop: StopFlag = StopFlag(), progress: (PastProgress) -> Void = { _ in }
    ) throws -> PastAnswer {
        let footage = PastFootage(timeline, span: question.span, margin: question.leadIn)
        guard !footage.pieces.isEmpty else { throw PastSearchError.noFootage }
        let step = min(.seconds(2), max(.milliseconds(500), question.stay / 10))
        let pool = KeyFramePool(threads: threads, isIdle: isIdle)
        defer { pool.close() }
        var reel = KeyFrameReel(footage, step: step, pool: pool, stop: stop)
        var done = PastProgress(secondsTotal: footage.seconds * (question.looksBack ? 2 : 1))

        var forward = PastWatch(question, settings: library.analysis)
        var last = -Double.infinity
        func advance(_ time: Double, _ found: Int) {
            // Gaps of the footage are no work.
            if last.isFinite { done.secondsDone += min(abs(time - last), 60) }
            last = time
            done.found = found
            progress(done)
        }
        var found = 0
        try reel.forwards(
            { frame, mark in
                forward.look(frame, at: mark.time, mark: mark)
                found = forward.count
            }, progress: { advance($0, found) })
        forward.finish()
        guard !forward.marks.isEmpty else { throw PastSearchError.nothingReadable(reel.problems.map { "\($0.path): \($0.reason)" }) }

        var backward: PastWatch?
        if question.looksBack, let end = forward.marks.last?.time {
            var watch = PastWatch(question, settings: library.analysis)
            last = -.infinity
            try reel.backwards(
                { frame, mark in
                    // The last picture may be one that the forward pass did not take.
                    watch.look(frame, at: .zero + (end - min(mark.time, end)), mark: mark)
                }, progress: { advance($0, found) })
            watch.finish()
            backward = watch
        }
        return PastSummary(question, footage, forward: forward, backward: backward, problems: reel.problems, step: step).answer
    }
}
