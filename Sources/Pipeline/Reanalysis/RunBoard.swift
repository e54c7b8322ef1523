import Casework
import Foundation
import Synchronization

/// What is to be done in a run, and who does it: the threads of a run take one task after the other from here.
///
/// Closer looks come first, so that their checkpoints need not be kept for long; then the next reel; then hashes.
final class RunBoard: Sendable {
    enum Task: Sendable {
        case reel(Int)
        case excursion(reel: Int, ExcursionPlan)
        case hash(input: Int)
    }

    private struct State {
        var reels: ArraySlice<Int>
        var excursions: [(reel: Int, plan: ExcursionPlan)] = []
        var hashes: [Int] = []
        var reelsDone = 0
        var busy = 0
        var failure: (any Error)?
        /// Stream time read of each reel in the first pass, seconds.
        var read: [Int: Double] = [:]
        var filesDone = 0
        var found: [Int: Int] = [:]
        var candidates = 0
        var problems: [RunProblem] = []
    }

    /// Waiting for others, in a thread of its own.
    private static let pause = 0.01

    private let state: Mutex<State>

    init(reels: [Int]) {
        state = Mutex(State(reels: reels[...]))
    }

    /// Waits for something to do; nil when nothing will come any more, or the run has failed.
    func next() -> Task? {
        while true {
            let answer: (task: Task?, isOver: Bool) = state.withLock { state in
                if state.failure != nil { return (nil, true) }
                guard let task = Self.take(&state, includesReels: true) else { return (nil, state.busy == 0) }
                state.busy += 1
                return (task, false)
            }
            if let task = answer.task { return task }
            if answer.isOver { return nil }
            Thread.sleep(forTimeInterval: Self.pause)
        }
    }

    /// Something that should not wait until the reel at hand is through; nil while little waits.
    func backlog(above limit: Int) -> Task? {
        state.withLock { state in
            guard state.failure == nil, state.excursions.count + state.hashes.count > limit else { return nil }
            return Self.take(&state, includesReels: false)
        }
    }

    private static func take(_ state: inout State, includesReels: Bool) -> Task? {
        if !state.excursions.isEmpty {
            let next = state.excursions.removeFirst()
            return .excursion(reel: next.reel, next.plan)
        }
        if includesReels, let reel = state.reels.popFirst() { return .reel(reel) }
        if !state.hashes.isEmpty { return .hash(input: state.hashes.removeFirst()) }
        return nil
    }

    /// The task that `next()` gave is done, or has failed.
    func finish(_ error: (any Error)?) {
        state.withLock { state in
            state.busy -= 1
            if let error, state.failure == nil { state.failure = error }
        }
    }

    func add(_ plans: [ExcursionPlan], reel: Int) {
        state.withLock { state in state.excursions += plans.map { (reel, $0) } }
    }

    func addHash(of input: Int) {
        state.withLock { $0.hashes.append(input) }
    }

    var failure: (any Error)? { state.withLock { $0.failure } }

    // MARK: Progress

    func report(reel: Int, seconds: Double, found: Int) {
        state.withLock { state in
            state.read[reel] = seconds
            state.found[reel] = found
        }
    }

    func reportFiles(_ count: Int, problems: [RunProblem]) {
        state.withLock { state in
            state.filesDone += count
            state.problems += problems
        }
    }

    func reportCandidates(_ count: Int) {
        state.withLock { $0.candidates += count }
    }

    struct Tally: Sendable {
        var seconds: Double
        var filesDone: Int
        var found: Int
        var candidates: Int
        var isInSecondPass: Bool
        var problems: [RunProblem]
    }

    func tally(reels: Int) -> Tally {
        state.withLock { state in
            Tally(
                seconds: state.read.values.reduce(0, +), filesDone: state.filesDone, found: state.found.values.reduce(0, +),
                candidates: state.candidates, isInSecondPass: state.reelsDone == reels, problems: state.problems)
        }
    }

    func reportReelDone() {
        state.withLock { $0.reelsDone += 1 }
    }
}
