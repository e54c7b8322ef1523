import Dispatch
public import FFmpegIO
import Foundation
import Synchronization
public import Violations

/// Replays many files on several threads; results come in the order of the files, however the threads raced.
public struct ReplayBatch: Sendable {
    /// One file and the zones that hold in it.
    public struct Item: Sendable {
        public var path: String
        public var zones: ZoneSet

        public init(path: String, zones: ZoneSet) {
            self.path = path
            self.zones = zones
        }
    }

    /// How far the whole has come.
    public struct Progress: Sendable {
        public var filesDone = 0
        public var files: Int
        /// Stream time read so far.
        public var seconds = 0.0
        public var findings = 0
        public var failures = 0

        init(files: Int) {
            self.files = files
        }

        /// How far it is with these results and nothing under way.
        public init(files: Int, results: [Replay.Result]) {
            self.init(files: files)
            for result in results {
                filesDone += 1
                seconds += result.seconds
                findings += result.findings.count
                if result.failure != nil { failures += 1 }
            }
        }
    }

    private struct State {
        var next = 0
        var results: [Replay.Result?]
        var running: [String: Replay.Progress] = [:]
    }

    private let replay: Replay
    private let jobs: Int

    /// - Parameter jobs: threads; 1…64.
    public init(replay: Replay, jobs: Int) {
        self.replay = replay
        self.jobs = min(max(jobs, 1), 64)
    }

    /// Blocks until all are done; `progress` is called on any of the threads, a few times a second.
    public func run(_ items: [Item], stop: StopFlag = StopFlag(), progress: @escaping @Sendable (Progress) -> Void) -> [Replay.Result] {
        let state = Mutex(State(results: Array(repeating: nil, count: items.count)))
        DispatchQueue.concurrentPerform(iterations: min(jobs, max(items.count, 1))) { _ in
            while !stop.isStopped {
                let index = state.withLock { state -> Int? in
                    guard state.next < items.count else { return nil }
                    defer { state.next += 1 }
                    return state.next
                }
                guard let index else { return }
                let item = items[index]
                let result = replay.run(path: item.path, zones: item.zones, stop: stop) { part in
                    progress(
                        state.withLock { state in
                            state.running[item.path] = part
                            return Self.sum(state)
                        })
                }
                progress(
                    state.withLock { state in
                        state.running[item.path] = nil
                        state.results[index] = result
                        return Self.sum(state)
                    })
            }
        }
        return state.withLock { state in state.results.compactMap { $0 } }
    }

    private static func sum(_ state: borrowing State) -> Progress {
        var progress = Progress(files: state.results.count, results: state.results.compactMap { $0 })
        for part in state.running.values {
            progress.seconds += part.seconds
            progress.findings += part.findings
        }
        return progress
    }
}
