import Evidence
import FFmpegIO
import Foundation
import FrameCore
import Logging
import SceneAnalysis
import Violations

/// The work of one channel's thread: connect, read, look, record; and begin again when the stream breaks.
struct ChannelPatrol: ~Copyable {
    struct Dependencies: Sendable {
        var library: ProfileLibrary
        var writer: EvidenceWriter
        var logger: Logger
        var utcOffsetMinutes: @Sendable (Date) -> Int
        var repeatInterval: Duration
        /// Folder in which the memories of the streets are kept; nil keeps none.
        var memoryFolder: String?
        /// Called on the channel's thread.
        var notify: @Sendable (IncidentRecorder.Notice) -> Void
        var stateChanged: @Sendable (String) -> Void
    }

    private let assignment: ChannelAssignment
    private let dependencies: Dependencies
    private let worker: ChannelWorker
    private var analysis: ChannelAnalysis
    private var zones: VersionedZones
    private var recorder: IncidentRecorder
    private var backoff = BackoffPolicy()
    /// The channel's time goes on over reconnects.
    private var lastTime = FrameTime.zero
    private var lastReceived: ContinuousClock.Instant?
    private var rate = RateMeter()
    private var shownSkips = StreamSession.SkipCounts()
    private let memoryFile: ChannelMemoryFile?
    private var memorySavedAt = ContinuousClock.now
    private var memoryFailed = false
    /// How much a restart may cost at most of what was learned.
    private static let memoryInterval = Duration.seconds(600)

    init(_ assignment: ChannelAssignment, _ dependencies: Dependencies, access worker: ChannelWorker) {
        self.assignment = assignment
        self.dependencies = dependencies
        self.worker = worker
        zones = worker.zones
        analysis = ChannelAnalysis(library: dependencies.library, zones: zones.zones)
        recorder = IncidentRecorder(
            channelID: assignment.id, channelName: assignment.name, repeatInterval: dependencies.repeatInterval,
            writer: dependencies.writer, logger: dependencies.logger)
        memoryFile = dependencies.memoryFolder.map { ChannelMemoryFile(folder: $0, channelID: assignment.id, url: assignment.url) }
        takeUpMemory()
    }

    // MARK: Memory

    private mutating func takeUpMemory() {
        guard let memoryFile else { return }
        do {
            guard let (memory, gap) = try memoryFile.load(now: Date(), longestHours: dependencies.library.analysis.memory.keepHours)
            else { return }
            try analysis.takeUp(memory, at: .zero, gap: gap, zonesVersion: zones.version)
            recorder.takeUp(cases: memory.cases)
            dependencies.logger.info(
                "the street is known from before",
                metadata: ["channel": "\(assignment.id)", "saved_s_ago": "\(Int(gap.inSeconds))", "incidents": "\(memory.open.count)"])
        } catch {
            dependencies.logger.warning(
                "the street is learned anew", metadata: ["channel": "\(assignment.id)", "reason": "\(error)"])
        }
    }

    private mutating func saveMemory() {
        guard let memoryFile, var memory = analysis.memory(zonesVersion: zones.version) else { return }
        memorySavedAt = .now
        memory.cases = recorder.cases
        do {
            try memoryFile.save(memory, at: Date())
            memoryFailed = false
        } catch {
            // Said once: a full disk has its own alarm, and evidence goes before memory.
            if !memoryFailed {
                dependencies.logger.error(
                    "what was learned of the street cannot be saved",
                    metadata: ["channel": "\(assignment.id)", "reason": "\(error)"])
            }
            memoryFailed = true
        }
    }

    // MARK: Work

    /// Returns when the worker is asked to stop.
    mutating func run() {
        while !worker.stopFlag.isStopped {
            do {
                set(.connecting, "")
                try runOnce()
                recorder.breakOff()
                if assignment.loops { continue }
                if assignment.url.filePath != nil {
                    set(.stopped, ChannelStatus.Reason.fileOver)
                    break
                }
                waitToRetry(ChannelStatus.Reason.ended, text: "the stream ended")
            } catch {
                recorder.breakOff()
                if worker.stopFlag.isStopped { break }
                waitToRetry(ChannelStatus.Reason.code(of: error) ?? error.reason, text: error.reason)
            }
        }
        recorder.breakOff()
        saveMemory()
        if worker.stopFlag.isStopped { set(.stopped, "") }
    }

    private mutating func waitToRetry(_ reason: String, text: String) {
        let delay = backoff.nextDelay(random: .random(in: 0...1))
        set(.backingOff, reason)
        worker.update { $0.reconnects += 1 }
        dependencies.logger.warning(
            "channel interrupted",
            metadata: [
                "channel": "\(assignment.id)", "source": "\(assignment.url)", "reason": "\(text)",
                "retry_s": "\(Int(delay.inSeconds.rounded(.up)))",
            ])
        _ = worker.sleep(delay)
    }

    /// One connection, from opening to its end.
    private mutating func runOnce() throws(AVError) {
        var demuxer = try Demuxer(
            assignment.url, options: InputOptions(transport: assignment.transport, stop: worker.stopFlag))
        let now = ContinuousClock.now
        // The gap of a reconnect is time that passed on the street, too.
        let base = lastReceived.map { lastTime + ($0.duration(to: now)) } ?? .zero
        var session = try StreamSession(
            demuxer.video, attention: AttentionPolicy(dwell: analysis.shortestDwell), base: base)
        var context = RecordingContext(
            stream: demuxer.video, clock: wallClock(at: base), zones: zones.zones, zonesVersion: zones.version,
            ruleVersion: dependencies.library.rules.version)
        worker.update {
            $0.codec = context.stream.codecName
            $0.width = context.stream.size.width
            $0.height = context.stream.size.height
        }
        let isPaced = assignment.loops
        while !worker.stopFlag.isStopped, let packet = try demuxer.next() {
            let shared = try packet.share()
            let time = session.time(of: shared)
            if isPaced && !worker.sleep(now.duration(to: .now).until(time - base)) { break }
            if shared.streamChanged {
                recorder.breakOff()
                context.stream = demuxer.video
                try session.change(to: demuxer.video)
            }
            takeUpZones(&session, &context)
            recorder.take(shared, time: time)
            try look(&session, shared, time, context)
            lastTime = max(lastTime, time)
            lastReceived = .now
        }
        if !worker.stopFlag.isStopped { try lookAtRest(&session, context) }
    }

    private mutating func look(
        _ session: inout StreamSession, _ packet: SharedPacket, _ time: FrameTime, _ context: RecordingContext
    ) throws(AVError) {
        try session.take(packet, at: time) { picture, frame in analyze(picture, frame, context) }
        let skips = session.skips
        let mode = session.mode
        let state: ChannelStatus.State =
            switch analysis.view {
            case .learning: .warmingUp
            case .clear, .fault: mode == .watch ? .watching : .patrolling
            }
        let reason: String = if case .fault(let fault) = analysis.view { "view-\(fault.rawValue)" } else { "" }
        set(state, reason)
        // Most packets change nothing here, and there are thousands of them a second.
        guard skips != shownSkips else { return }
        shownSkips = skips
        worker.update {
            $0.skipped = ["damaged": skips.damaged, "clock-jumps": skips.jumps, "no-time": skips.withoutTime].filter { $0.value > 0 }
        }
    }

    private mutating func lookAtRest(_ session: inout StreamSession, _ context: RecordingContext) throws(AVError) {
        try session.finish { picture, frame in analyze(picture, frame, context) }
    }

    private mutating func analyze(_ picture: borrowing DecodedFrame, _ frame: Frame, _ context: RecordingContext) {
        guard frame.time >= lastTime - .seconds(5) else { return }
        backoff.reset()
        for event in analysis.analyze(frame, minuteOfWeek: context.minuteOfWeek(of: frame.time)) {
            if let notice = recorder.handle(event, picture: picture, context: context) { dependencies.notify(notice) }
        }
        worker.show(frame)
        if memorySavedAt.duration(to: .now) >= Self.memoryInterval { saveMemory() }
        let perSecond = rate.tick()
        let open = analysis.openIncidents
        worker.update {
            $0.lastFrameAt = Date()
            $0.analysedPerSecond = perSecond
            $0.openIncidents = open
        }
    }

    private mutating func takeUpZones(_ session: inout StreamSession, _ context: inout RecordingContext) {
        let current = worker.zones
        guard current.version != zones.version else { return }
        zones = current
        analysis.setZones(current.zones)
        session.setAttention(AttentionPolicy(dwell: analysis.shortestDwell))
        context.zones = current.zones
        context.zonesVersion = current.version
    }

    private func wallClock(at base: FrameTime) -> EvidenceManifest.Clock {
        let now = Date()
        return EvidenceManifest.Clock(
            wallMinusPTSMicroseconds: Int64(now.timeIntervalSince1970 * 1_000_000) - base.microseconds,
            source: "receive-time", utcOffsetMinutes: dependencies.utcOffsetMinutes(now))
    }

    private func set(_ state: ChannelStatus.State, _ reason: String) {
        var changed = false
        worker.update {
            changed = $0.state != state || $0.reason != reason
            guard changed else { return }
            $0.state = state
            $0.reason = reason
            $0.since = Date()
        }
        if changed { dependencies.stateChanged(assignment.id) }
    }
}

extension Duration {
    /// What is left of `goal` after this much has passed; zero if it is over.
    fileprivate func until(_ goal: Duration) -> Duration { max(.zero, goal - self) }
}

/// How many times a second something happened, over about the last minute.
struct RateMeter {
    private static let window = Duration.seconds(60)

    private var instants: [ContinuousClock.Instant] = []

    /// Counts one and answers the rate.
    mutating func tick() -> Double {
        let now = ContinuousClock.now
        instants.append(now)
        instants.removeAll { $0 < now - Self.window }
        guard let first = instants.first, instants.count > 1 else { return 0 }
        return Double(instants.count - 1) / max(0.001, first.duration(to: now).inSeconds)
    }
}
