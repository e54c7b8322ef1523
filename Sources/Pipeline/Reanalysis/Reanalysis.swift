public import Casework
import Dispatch
public import FFmpegIO
public import Foundation
import FrameCore
import Violations

/// Carries out a run: re-analyses the footage that its record names and leaves the findings in its folder.
///
/// Two passes, unless the record asks for every frame: key frames across everything, sampled as a live patrol samples them, and
/// then a closer look wherever something stood that looks so far apart may have misjudged. However often it is interrupted, and
/// on however many threads it runs, it gives the same findings.
public struct Reanalysis: Sendable {
    /// How a call of `run` ended.
    public struct Outcome: Sendable {
        /// `.done`, `.paused` or `.cancelled`.
        public var state: RunProgress.State
        /// In the order of channel and time; empty unless done.
        public var findings: [RunFinding]
        public var files: [FileReport]
    }

    /// What became of one file.
    public struct FileReport: Sendable {
        /// Among the run's inputs.
        public var input: Int
        public var path: String
        /// Stream time that was read.
        public var seconds: Double
        public var analysedFrames: Int
        public var viewFaults: [ViewFaultSpan]
        public var remarks: [String]
        /// Why reading ended before the end of the file; nil if it did not.
        public var failure: String?
    }

    /// Stream time between two checkpoints: a run that is killed loses the work of a few seconds.
    public static let checkpointInterval = Duration.seconds(300)

    private let folder: RunFolder
    private let library: ProfileLibrary
    private let profilesSHA256: String
    private let program: String
    private let jobs: Int
    private let interval: Duration
    private let isIdle: Bool

    /// - Parameters:
    ///   - folder: with a record; the run begins, or goes on where it was.
    ///   - profilesSHA256: of `ProfilesDigest`.
    ///   - program: name and version of this program.
    ///   - jobs: files that are read, and key frames that are decoded, at the same time; 1…64.
    ///   - isIdle: whether its threads give way to everything else on the machine: live channels come first.
    public init(
        folder: RunFolder, library: ProfileLibrary, profilesSHA256: String, program: String, jobs: Int,
        checkpointInterval: Duration = checkpointInterval, isIdle: Bool = false
    ) {
        self.folder = folder
        self.library = library
        self.profilesSHA256 = profilesSHA256
        self.program = program
        self.jobs = min(max(jobs, 1), 64)
        interval = checkpointInterval
        self.isIdle = isIdle
    }

    /// Blocks until the run is done, paused or cancelled.
    /// - Parameters:
    ///   - stop: pauses it.
    ///   - progress: called about once a second on a thread of its own.
    /// - Throws: `ReanalysisError`, and what the disk says.
    public func run(stop: StopFlag = StopFlag(), progress: @escaping @Sendable (RunProgress) -> Void = { _ in }) throws -> Outcome {
        var record = try folder.record()
        guard record.profilesSHA256 == profilesSHA256 else {
            throw ReanalysisError.otherProfiles(of: record.profilesSHA256, is: profilesSHA256)
        }
        guard record.program == program else { throw ReanalysisError.otherProgram(of: record.program, is: program) }
        let files = RunFiles(folder: folder)
        if let last = try? folder.progress(), last.state == .done {
            try files.removeWork()
            progress(last)
            return Outcome(state: .done, findings: try folder.findings(), files: [])
        }
        try files.prepare()
        let lock = try RunLock(workPath: folder.workPath)
        defer { _ = lock }
        if folder.wish() == .pause { try folder.write(RunWish.run) }
        if record.timeZone == nil {
            record.timeZone = TimeZone.current.identifier
            try folder.write(record)
        }
        let inputs = RunInputs(record.inputs, files)
        let reels = try Reel.all(
            of: record, zones: zones(of: record), timeZone: record.timeZone.flatMap(TimeZone.init(identifier:)) ?? .gmt)
        let board = RunBoard(reels: reels.map(\.index))
        let report = RunReport(
            folder: folder, record: record, listed: try files.listedProblems(), board: board, reels: reels.count, stop: stop, show: progress
        )
        do {
            try inputs.checkAll(stop: stop)
            report.start()
            let pool = KeyFramePool(threads: jobs, isIdle: isIdle)
            defer { pool.close() }
            work(
                reels,
                ReelRun.Shared(
                    library: library, everyFrame: record.everyFrame, pool: pool, stop: stop, files: files, inputs: inputs, board: board,
                    checkpointInterval: interval))
            if let failure = board.failure { throw failure }
            return try finish(record, RunResults(files: files, reels: reels), inputs, report)
        } catch {
            let isStopped = stop.isStopped
            let state: RunProgress.State = isStopped ? (folder.wish() == .cancel ? .cancelled : .paused) : .failed
            report.end(state, problem: isStopped ? nil : RunProblem(path: folder.path, reason: "\(error)", isLost: true))
            if isStopped { return Outcome(state: state, findings: [], files: []) }
            throw error
        }
    }

    private func zones(of record: RunRecord) throws -> [String: ZoneSet] {
        var zones: [String: ZoneSet] = [:]
        for channel in record.channels {
            do {
                zones[channel.channelID] = try ZonesFile.parse(channel.zones, file: "zones of \(channel.channelID)")
            } catch {
                throw ReanalysisError.zones(channelID: channel.channelID, reason: "\(error)")
            }
        }
        return zones
    }

    // MARK: Work

    private func work(_ reels: [Reel], _ shared: ReelRun.Shared) {
        let threads = (0..<jobs).map { number in
            let isOver = DispatchSemaphore(value: 0)
            let thread = Thread { [isIdle] in
                if isIdle { IdleThreads.becomeIdle() }
                while let task = shared.board.next() {
                    shared.board.finish(Self.attempt { try perform(task, reels, shared) })
                }
                isOver.signal()
            }
            thread.name = "reanalysis-\(number)"
            thread.stackSize = 2 << 20
            thread.start()
            return isOver
        }
        for isOver in threads { isOver.wait() }
    }

    private func perform(_ task: RunBoard.Task, _ reels: [Reel], _ shared: ReelRun.Shared) throws {
        if shared.stop.isStopped { throw AVError(.stopped, .read, folder.path) }
        switch task {
        case .hash(let input): try shared.inputs.hash(input, stop: shared.stop)
        case .excursion(let reel, let plan): try ReelRun(reel: reels[reel], shared: shared).run(plan)
        case .reel(let index):
            try ReelRun(reel: reels[index], shared: shared).run {
                while let waiting = shared.board.backlog(above: 2 * jobs) { try perform(waiting, reels, shared) }
            }
        }
    }

    private static func attempt(_ work: () throws -> Void) -> (any Error)? {
        do {
            try work()
            return nil
        } catch {
            return error
        }
    }

    // MARK: The end

    private func finish(_ record: RunRecord, _ results: RunResults, _ inputs: RunInputs, _ report: RunReport) throws -> Outcome {
        let pieces = try results.pieces()
        try FileManager.default.createDirectory(atPath: folder.stillsPath, withIntermediateDirectories: true)
        for piece in pieces {
            if let still = piece.still, let path = piece.finding.still { try results.files.publish(still: still, as: path) }
        }
        let findings = pieces.map(\.finding)
        try folder.write(findings)
        var record = record
        for index in record.inputs.indices { record.inputs[index].sha256 = inputs.sha256(index) }
        try folder.write(record)
        let reports = try fileReports(results)
        report.end(.done, found: findings.count)
        try results.files.removeWork()
        return Outcome(state: .done, findings: findings, files: reports)
    }

    private func fileReports(_ results: RunResults) throws -> [FileReport] {
        try results.reels.flatMap { reel -> [FileReport] in
            guard let result = try results.files.result(reel: reel.index) else { return [] }
            return result.outcomes.enumerated().map { place, outcome in
                // Faults are told with the file in which they began, in its own time.
                let start = reel.files[place].start.seconds
                let end = place + 1 < reel.files.count ? reel.files[place + 1].start.seconds : .infinity
                let faults = result.faults.filter { $0.fromSeconds >= start && $0.fromSeconds < end }.map {
                    ViewFaultSpan(kind: $0.kind, fromSeconds: $0.fromSeconds - start, toSeconds: $0.toSeconds - start)
                }
                return FileReport(
                    input: outcome.input, path: outcome.path, seconds: outcome.seconds, analysedFrames: outcome.analysedFrames,
                    viewFaults: faults, remarks: outcome.remarks, failure: outcome.failure)
            }
        }
        .sorted { $0.input < $1.input }
    }
}
