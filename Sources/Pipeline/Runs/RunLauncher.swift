public import Casework
import Evidence
public import Foundation
public import Logging
public import ServiceLifecycle

/// Has runs worked on, one at a time, each by a process of its own: the rest wait in the order in which they were made.
///
/// A process can be killed at any point and its run goes on where it was, so a pause gives the machine back, a restart of the
/// program takes up what was under way, and a process that dies is noticed and its last words kept.
public actor RunLauncher: RunControl, Service {
    /// What a run is made with.
    public struct Identity: Sendable {
        public var program: String
        public var ruleVersion: String
        /// Of `ProfilesDigest`.
        public var profilesSHA256: String
        /// In which the hours of zones hold.
        public var timeZone: TimeZone

        public init(program: String, ruleVersion: String, profilesSHA256: String, timeZone: TimeZone) {
            self.program = program
            self.ruleVersion = ruleVersion
            self.profilesSHA256 = profilesSHA256
            self.timeZone = timeZone
        }
    }

    /// A program and its arguments, which work on the run in that folder until it is done.
    public typealias Command = @Sendable (RunFolder) -> (program: String, arguments: [String])

    private struct Child {
        var id: String
        var process: Process
        /// Since when it does not do what is wanted.
        var disobeysSince: ContinuousClock.Instant?
        var wasTold = false
    }

    public static let logName = "log.txt"
    private static let lookInterval = Duration.milliseconds(500)
    /// A process looks once a second what is wanted of it; after this long it is told by a signal.
    private static let patience = Duration.seconds(5)
    private static let lastPatience = Duration.seconds(20)
    /// A run whose process cannot be asked is believed to be under way for so long after its last word.
    private static let silence: TimeInterval = 30
    private static let ratedRuns = 5

    private let identity: Identity
    private let command: Command
    private let logger: Logger
    private let now: @Sendable () -> Date
    private let changed: @Sendable (String) -> Void
    private var shelf: RunShelf
    private var child: Child?
    private var isEnding = false
    private var generator = SystemRandomNumberGenerator()

    /// - Parameters:
    ///   - folder: of all runs; made where it is missing.
    ///   - changed: told the id of each run that is made, begun or over.
    public init(
        folder: String, identity: Identity, logger: Logger, now: @escaping @Sendable () -> Date = { Date() },
        changed: @escaping @Sendable (String) -> Void = { _ in }, command: @escaping Command
    ) throws {
        self.identity = identity
        self.command = command
        self.logger = logger
        self.now = now
        self.changed = changed
        shelf = RunShelf(folder: folder)
        try FileManager.default.createDirectory(
            atPath: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
    }

    public func run() async throws {
        await cancelWhenGracefulShutdown { [self] in
            while !Task.isCancelled {
                await look()
                try? await Task.sleep(for: Self.lookInterval)
            }
        }
        await end()
    }

    /// Stops the process under way; its run goes on with the next start of the program.
    private func end() async {
        isEnding = true
        guard let child, child.process.isRunning else { return }
        child.process.terminate()
        let deadline = ContinuousClock.now + .seconds(2)
        while child.process.isRunning, ContinuousClock.now < deadline { try? await Task.sleep(for: .milliseconds(20)) }
        if child.process.isRunning { kill(child.process.processIdentifier, SIGKILL) }
        // Told to stop it may call itself paused, which nobody wanted.
        if let run = shelf.summary(child.id), run.wish == .run, run.progress?.state == .paused || run.progress?.state == .running {
            try? set(.waiting, run)
        }
    }

    // MARK: What is asked

    public func runs() -> [RunSummary] { shelf.list() }

    public func run(id: String) -> RunSummary? { shelf.summary(id) }

    public func start(_ order: RunOrder) throws -> String {
        let created = now()
        let id = PackageID(milliseconds: Int64(created.timeIntervalSince1970 * 1000), using: &generator).text
        let run = RunFolder(path: shelf.folder + "/" + id)
        let record = RunRecord(
            id: id, name: order.name, createdAt: created, createdBy: order.createdBy, program: identity.program,
            ruleVersion: identity.ruleVersion, profilesSHA256: identity.profilesSHA256, everyFrame: order.everyFrame,
            channels: order.channels, inputs: order.inputs, timeZone: identity.timeZone.identifier)
        let seconds = order.inputs.reduce(0) { $0 + ($1.seconds ?? 0) }
        try FileManager.default.createDirectory(
            atPath: run.path, withIntermediateDirectories: false, attributes: [.posixPermissions: 0o700])
        do {
            // The record comes last: a folder without it is no run.
            var progress = RunProgress(state: .waiting, updatedAt: created, files: order.inputs.count, secondsTotal: seconds)
            progress.problems = order.problems
            try run.write(progress)
            try run.write(RunWish.run)
            try run.write(record)
        } catch {
            try? FileManager.default.removeItem(atPath: run.path)
            throw error
        }
        logger.info("a re-analysis was asked for", metadata: ["run": "\(id)", "files": "\(order.inputs.count)"])
        look()
        return id
    }

    public func wish(_ wish: RunWish, runID: String) throws {
        guard let run = shelf.summary(runID) else { throw RunControlError.unknown(runID) }
        let state = run.progress?.state ?? .waiting
        switch state {
        case .done, .cancelled: throw RunControlError.isOver(state)
        case .failed where wish == .pause: throw RunControlError.isOver(state)
        default: break
        }
        try run.folder.write(wish)
        // Nobody works on it who could obey.
        if !isAlive(run) {
            switch wish {
            case .run where state != .waiting: try set(.waiting, run)
            case .pause where state == .waiting: try set(.paused, run)
            case .cancel: try set(.cancelled, run)
            default: break
            }
        }
        look()
    }

    public func usualRate(everyFrame: Bool) -> Double? {
        let rates = shelf.list().lazy.filter { $0.record.everyFrame == everyFrame }.compactMap { run -> Double? in
            guard let progress = run.progress, progress.state == .done, let begin = progress.startedAt else { return nil }
            let elapsed = progress.updatedAt.timeIntervalSince(begin)
            return elapsed > 1 && progress.secondsTotal > 0 ? progress.secondsTotal / elapsed : nil
        }.prefix(Self.ratedRuns).sorted()
        return rates.isEmpty ? nil : rates[rates.count / 2]
    }

    // MARK: Looking

    /// One look: what became of the process, and whether another may begin.
    public func look() {
        if let child {
            if child.process.isRunning {
                urge()
                return
            }
            self.child = nil
            settle(child)
        }
        guard !isEnding else { return }
        let runs = shelf.list()
        // Another program's process, or one that outlived the program before.
        guard !runs.contains(where: { isAlive($0) && $0.progress?.state != .paused }) else { return }
        let next = runs.last { run in
            guard run.wish == .run, let state = run.progress?.state else { return false }
            return state == .waiting || state == .running
        }
        if let next { begin(next) }
    }

    private func begin(_ run: RunSummary) {
        let (program, arguments) = command(run.folder)
        let process = Process()
        process.executableURL = URL(fileURLWithPath: program)
        process.arguments = arguments
        process.standardInput = FileHandle.nullDevice
        process.terminationHandler = { [weak self] _ in
            Task { await self?.look() }
        }
        do {
            let path = run.folder.path + "/" + Self.logName
            try Data().write(to: URL(fileURLWithPath: path))
            let log = try FileHandle(forWritingTo: URL(fileURLWithPath: path))
            process.standardError = log
            process.standardOutput = log
            try process.run()
            try? log.close()
        } catch {
            fail(run, "the process could not be started: \(error.localizedDescription)")
            return
        }
        child = Child(id: run.id, process: process)
        logger.info("a re-analysis begins", metadata: ["run": "\(run.id)", "process": "\(process.processIdentifier)"])
        changed(run.id)
    }

    /// The process is over.
    private func settle(_ child: Child) {
        guard let run = shelf.summary(child.id) else { return }
        defer { changed(child.id) }
        var state = run.progress?.state ?? .waiting
        if state == .done || state == .cancelled { return clear(run) }
        if isEnding { return }
        switch run.wish {
        case .cancel: state = .cancelled
        case .pause: state = .paused
        case .run:
            // It was let go for a pause that somebody has taken back meanwhile.
            if child.wasTold || state == .paused {
                state = .waiting
                break
            }
            return fail(run, lastWords(of: run, child.process))
        }
        do { try set(state, run) } catch { logger.error("a run's progress was not written", metadata: ["error": "\(error)"]) }
    }

    private func clear(_ run: RunSummary) {
        guard var progress = run.progress, progress.processID != nil else { return }
        progress.processID = nil
        try? run.folder.write(progress)
    }

    private func set(_ state: RunProgress.State, _ run: RunSummary) throws {
        var progress = run.progress ?? RunProgress(state: state, updatedAt: now(), files: run.files, secondsTotal: run.footageSeconds)
        progress.state = state
        progress.updatedAt = now()
        progress.processID = nil
        progress.rate = 0
        progress.remainingSeconds = nil
        progress.failure = nil
        try run.folder.write(progress)
        changed(run.id)
    }

    private func fail(_ run: RunSummary, _ reason: String) {
        var progress = run.progress ?? RunProgress(state: .failed, updatedAt: now(), files: run.files, secondsTotal: run.footageSeconds)
        progress.state = .failed
        progress.updatedAt = now()
        progress.processID = nil
        progress.rate = 0
        progress.remainingSeconds = nil
        progress.failure = reason
        do { try run.folder.write(progress) } catch { logger.error("a run's progress was not written", metadata: ["error": "\(error)"]) }
        logger.error("a re-analysis ended before it was done", metadata: ["run": "\(run.id)", "reason": "\(reason)"])
        changed(run.id)
    }

    private func lastWords(of run: RunSummary, _ process: Process) -> String {
        let how =
            process.terminationReason == .uncaughtSignal
            ? "it was ended by signal \(process.terminationStatus)" : "it ended with code \(process.terminationStatus)"
        let log = (try? String(contentsOfFile: run.folder.path + "/" + Self.logName, encoding: .utf8)) ?? ""
        let last = log.split(whereSeparator: \.isNewline).last { !$0.allSatisfy(\.isWhitespace) }
        return last.map { "\($0.prefix(500)) (\(how))" } ?? how
    }

    // MARK: Processes

    /// A paused or cancelled process is let go: its run goes on from its folder when it is wanted again.
    private func urge() {
        guard var child, let run = shelf.summary(child.id) else { return }
        defer { self.child = child }
        guard run.wish != .run else {
            child.disobeysSince = nil
            child.wasTold = false
            return
        }
        let since = child.disobeysSince ?? .now
        child.disobeysSince = since
        let waited = since.duration(to: .now)
        let obeyed = run.progress?.state == .paused || run.progress?.state == .cancelled
        if !child.wasTold, obeyed || waited > Self.patience {
            child.process.terminate()
            child.wasTold = true
        } else if waited > Self.lastPatience {
            kill(child.process.processIdentifier, SIGKILL)
        }
    }

    /// Whether a process works on it: this program's child, or another that said so and is still there.
    private func isAlive(_ run: RunSummary) -> Bool {
        if let child, child.id == run.id { return child.process.isRunning }
        guard let progress = run.progress, let id = progress.processID, id > 0, kill(id, 0) == 0 else { return false }
        // The number may have gone to another process meanwhile.
        let line = FileManager.default.contents(atPath: "/proc/\(id)/cmdline") ?? Data()
        return line.range(of: Data(run.id.utf8)) != nil || now().timeIntervalSince(progress.updatedAt) < Self.silence
    }
}
