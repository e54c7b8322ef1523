import Casework
import Dispatch
import FFmpegIO
import Foundation
import Synchronization

/// Tells once a second how far a run is, and obeys what somebody wishes of it.
final class RunReport: Sendable {
    private struct State {
        var progress: RunProgress
        /// Stream seconds that were done at moments of the last minute.
        var trail: [(at: ContinuousClock.Instant, seconds: Double)] = []
        var listedProblems: [RunProblem]
    }

    private static let interval = DispatchTimeInterval.seconds(1)
    private static let trailLength = Duration.seconds(60)

    private let folder: RunFolder
    private let board: RunBoard
    private let reels: Int
    private let stop: StopFlag
    private let show: @Sendable (RunProgress) -> Void
    private let state: Mutex<State>
    private let isOver = DispatchSemaphore(value: 0)
    private let hasEnded = DispatchSemaphore(value: 0)
    private let isStarted = Mutex(false)

    init(
        folder: RunFolder, record: RunRecord, listed: [RunProblem], board: RunBoard, reels: Int, stop: StopFlag,
        show: @escaping @Sendable (RunProgress) -> Void
    ) {
        self.folder = folder
        self.board = board
        self.reels = reels
        self.stop = stop
        self.show = show
        let last = try? folder.progress()
        var progress = RunProgress(
            state: .running, updatedAt: Date(), files: record.inputs.count, secondsTotal: record.inputs.compactMap(\.seconds).reduce(0, +))
        progress.startedAt = last?.startedAt ?? Date()
        progress.processID = getpid()
        state = Mutex(State(progress: progress, listedProblems: listed))
    }

    func start() {
        isStarted.withLock { $0 = true }
        let thread = Thread { [self] in
            repeat { tick() } while isOver.wait(timeout: .now() + Self.interval) == .timedOut
            hasEnded.signal()
        }
        thread.name = "run-report"
        thread.start()
    }

    /// - Parameters:
    ///   - found: what there is at last.
    ///   - problem: that ended it.
    func end(_ final: RunProgress.State, found: Int? = nil, problem: RunProblem? = nil) {
        if isStarted.withLock({ $0 }) {
            isOver.signal()
            hasEnded.wait()
        }
        let progress = state.withLock { state in
            update(&state)
            state.progress.state = final
            state.progress.processID = nil
            state.progress.remainingSeconds = nil
            if final == .done { state.progress.secondsDone = max(state.progress.secondsDone, state.progress.secondsTotal) }
            if let found { state.progress.found = found }
            if let problem { state.progress.problems.append(problem) }
            return state.progress
        }
        // A page that cannot be told is no reason to lose the findings.
        try? folder.write(progress)
        show(progress)
    }

    private func tick() {
        let progress = state.withLock { state in
            update(&state)
            return state.progress
        }
        try? folder.write(progress)
        show(progress)
        if folder.wish() != .run { stop.stop() }
    }

    private func update(_ state: inout State) {
        let tally = board.tally(reels: reels)
        let now = ContinuousClock.now
        state.trail.append((now, tally.seconds))
        while state.trail.count > 2, state.trail[1].at.duration(to: now) > Self.trailLength { state.trail.removeFirst() }
        state.progress.updatedAt = Date()
        state.progress.pass = tally.isInSecondPass ? 2 : 1
        state.progress.filesDone = tally.filesDone
        state.progress.secondsDone = tally.seconds
        state.progress.secondsTotal = max(state.progress.secondsTotal, tally.seconds)
        state.progress.candidates = tally.candidates
        state.progress.found = tally.found
        state.progress.problems = state.listedProblems + tally.problems
        if let first = state.trail.first, state.trail.count > 1 {
            let elapsed = first.at.duration(to: now) / .seconds(1)
            state.progress.rate = elapsed > 0 ? (tally.seconds - first.seconds) / elapsed : 0
        }
        let left = state.progress.secondsTotal - tally.seconds
        state.progress.remainingSeconds = state.progress.rate > 0 ? left / state.progress.rate : nil
    }
}
