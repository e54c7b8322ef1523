import FFmpegIO
import FrameCore
import SceneAnalysis
import Violations

/// Goes through a reel from a checkpoint on: reads, decodes what the looks need, analyses in order.
///
/// The analysis is never cut: pictures reach it one after the other as they do live, whichever threads decoded them. Only
/// decoding is shared out. Owned by one thread; a class because its parts are handed to closures.
final class ReelWalk {
    struct Settings: Sendable {
        var library: ProfileLibrary
        /// Decode every packet and look as often as the dwell asks, instead of by key frames.
        var everyFrame: Bool
        /// One picture is looked at in each such time; nil for as often as the dwell asks.
        var sampling: Duration?
        /// Decodes key frames; nil where every frame is decoded.
        var pool: KeyFramePool?
        var stop: StopFlag
        /// Called before a file is opened; what it throws ends the walk.
        var willOpen: @Sendable (Reel.File) throws -> Void = { _ in }
        /// Keeps the picture at confirmation and says under which name.
        var keepStill: @Sendable (Incident, Frame) throws -> String? = { _, _ in nil }
    }

    let reel: Reel
    let settings: Settings
    private(set) var analysis: ChannelAnalysis
    /// How often is looked, and when it was last.
    private var attention: AttentionPolicy
    private var file: Int
    private var place: Footage.Place
    private var footage: Footage?
    /// The end of the packet read last.
    private(set) var lastSeen: FrameTime?
    /// The key frame at which `advance` stopped last.
    private(set) var reached: FrameTime?
    /// The picture analysed last.
    private(set) var lastLook: FrameTime?
    private(set) var log: WalkLog
    /// What the first pass finds worth a closer look; nil where nobody asks.
    var candidates: CandidateWatch?
    /// Where every packet is decoded.
    var spans: [WatchSpan] = []
    private var group = PictureGroup.none
    private var pending: [KeyFramePool.Order] = []
    /// Called after each file and now and then in between, with the time reached.
    var progress: ((FrameTime) -> Void)?
    private var progressAt = ContinuousClock.now

    /// Begins at the reel's beginning.
    init(_ reel: Reel, _ settings: Settings) {
        self.reel = reel
        self.settings = settings
        analysis = ChannelAnalysis(library: settings.library, zones: reel.zones)
        attention = Self.attention(settings, analysis)
        (file, place) = (0, Footage.Place())
        log = WalkLog()
    }

    /// Goes on from a checkpoint of a walk over the same reel.
    init(_ reel: Reel, _ settings: Settings, from state: State) {
        self.reel = reel
        self.settings = settings
        analysis = ChannelAnalysis(library: settings.library, zones: reel.zones, from: state.analysis)
        attention = Self.attention(settings, analysis)
        attention.lastAnalysed = state.lastAnalysed
        (file, place, log) = (state.file, state.place, state.log)
        (lastSeen, lastLook, reached) = (state.lastSeen, state.lastLook, state.reached)
        candidates = state.candidates
    }

    /// All that what follows depends on. Only between two calls of `advance`.
    struct State: Codable {
        fileprivate var file: Int
        fileprivate var place: Footage.Place
        fileprivate var lastAnalysed: FrameTime?
        fileprivate var lastSeen: FrameTime?
        fileprivate var lastLook: FrameTime?
        fileprivate var reached: FrameTime?
        fileprivate var analysis: ChannelAnalysis.Checkpoint
        fileprivate var log: WalkLog
        fileprivate(set) var candidates: CandidateWatch?
    }

    var state: State {
        var log = log
        log.damage(footage?.session.skips.damaged ?? 0)
        return State(
            file: file, place: place, lastAnalysed: attention.lastAnalysed, lastSeen: lastSeen, lastLook: lastLook, reached: reached,
            analysis: analysis.checkpoint, log: log, candidates: candidates)
    }

    private static func attention(_ settings: Settings, _ analysis: ChannelAnalysis) -> AttentionPolicy {
        settings.sampling.map { AttentionPolicy(sampling: $0) } ?? AttentionPolicy(dwell: analysis.shortestDwell, everyPacket: true)
    }

    // MARK: Reading

    /// Goes on to the first key frame at or after `limit`; nil goes to the end.
    ///
    /// What is wrong with a file stands in its outcome, and the next one follows.
    /// - Returns: false at the end of the reel.
    /// - Throws: `AVError` with `.stopped`, what `willOpen` throws, and what the disk says of stills.
    func advance(to limit: FrameTime?) throws -> Bool {
        while file < reel.files.count {
            let footage: Footage
            if let open = self.footage {
                footage = open
            } else {
                try settings.willOpen(reel.files[file])
                do {
                    footage = try open()
                } catch {
                    try passOver(error)
                    continue
                }
                self.footage = footage
            }
            do {
                if try read(footage, to: limit) { return true }
            } catch let error as AVError {
                try passOver(error, footage)
                continue
            }
            closeFile(footage)
        }
        settleOpenIncidents()
        return false
    }

    private func open() throws -> Footage {
        let next = reel.files[file]
        let footage = try Footage(next.path, start: next.start, attention: attention, from: place, stop: settings.stop)
        if log.current == nil { bridge(to: next.start) }
        log.begin(next)
        return footage
    }

    private func read(_ footage: Footage, to limit: FrameTime?) throws -> Bool {
        while let (packet, time) = try footage.next() {
            if packet.isKey, let limit, time >= limit {
                place = footage.hold(packet, at: time)
                reached = time
                try settle(footage, next: time)
                attention = footage.session.attention
                return true
            }
            if packet.streamChanged {
                try settle(footage, next: time)
                log.remark(
                    "the picture changes to \(footage.video.size.width)×\(footage.video.size.height) at \(time.seconds) s")
                footage.session.change(to: footage.video)
            }
            try take(packet, at: time, footage)
            lastSeen = max(lastSeen ?? time, time + packet.duration)
            log.read(time + packet.duration - reel.files[file].start)
            if let progress, progressAt.duration(to: .now) > .milliseconds(100) {
                progressAt = .now
                progress(time)
            }
        }
        try settle(footage, next: nil)
        return false
    }

    private func take(_ packet: SharedPacket, at time: FrameTime, _ footage: Footage) throws {
        guard packet.isKey else {
            switch group {
            case .none: break
            case .whole: try feed(packet, footage)
            case .undecided(let key, let keyTime, var rest):
                group = .none
                rest.append(packet)
                group = .undecided(key: key, at: keyTime, rest: rest)
                if attention.needsWhole(group: time - keyTime) { try decodeWhole(footage) }
            }
            return
        }
        if case .undecided = group { try closeGroup(footage, next: time) }
        if settings.everyFrame || isWatched(at: time) {
            if !group.isWhole { try drain() }
            group = .whole
            try feed(packet, footage)
        } else {
            // What the decoder still holds of the group before comes first.
            if group.isWhole { try settle(footage, next: time) }
            group = .undecided(key: packet, at: time, rest: [])
        }
    }

    /// Whether the group of pictures that begins at `time` reaches into a span in which every packet is decoded.
    private func isWatched(at time: FrameTime) -> Bool {
        spans.contains { time < $0.to && time + AttentionPolicy.longestGroup >= $0.from }
    }

    /// Ends the group of pictures: everything read so far is analysed. Decoding begins anew with what follows.
    ///
    /// - Parameter next: when the next key frame comes; nil at the end of the file, where the rest is decoded whole because no
    ///   key frame will show how it ends.
    private func settle(_ footage: Footage, next: FrameTime?) throws {
        if case .undecided = group {
            if next == nil { try decodeWhole(footage) } else { try closeGroup(footage, next: next) }
        }
        try drain()
        if group.isWhole {
            try footage.session.finish { picture, frame in look(frame, picture.size) }
            try rethrow()
        }
        footage.session.passOver()
        group = .none
    }

    private func closeGroup(_ footage: Footage, next: FrameTime?) throws {
        guard case .undecided(let key, let time, _) = group else { return }
        let shown = footage.session.shownTime(of: key, at: time)
        group = .none
        footage.session.passOver()
        guard footage.session.wantsKey(at: shown, next: next ?? shown), let pool = settings.pool else { return }
        pending.append(pool.decode(key, of: footage.video, time: shown))
        if pending.count >= 2 * pool.threads { try analyse(pending.removeFirst()) }
    }

    private func decodeWhole(_ footage: Footage) throws {
        guard case .undecided(let key, _, let rest) = group else { return }
        group = .whole
        try drain()
        for packet in [key] + rest { try feed(packet, footage) }
    }

    private func feed(_ packet: SharedPacket, _ footage: Footage) throws {
        try footage.session.feed(packet) { picture, frame in look(frame, picture.size) }
        try rethrow()
    }

    private func drain() throws {
        while !pending.isEmpty { try analyse(pending.removeFirst()) }
    }

    private func analyse(_ order: KeyFramePool.Order) throws {
        switch order.take() {
        case .frame(let frame, let size):
            look(frame, size)
            try rethrow()
        case .damaged: log.damage(1)
        case .failed(let error): throw error
        }
    }

    // MARK: Files

    private func closeFile(_ footage: Footage) {
        let skips = footage.session.skips
        log.close(damaged: skips.damaged, jumps: skips.jumps, declared: footage.duration)
        attention = footage.session.attention
        nextFile()
    }

    private func passOver(_ error: any Error, _ footage: Footage? = nil) throws {
        if let error = error as? AVError, error.code == .stopped { throw error }
        log.begin(reel.files[file])
        log.fail(error)
        // What was read before the damage counts.
        try? drain()
        pending = []
        group = .none
        try rethrow()
        if let footage { return closeFile(footage) }
        log.close()
        nextFile()
    }

    private func nextFile() {
        footage = nil
        place = Footage.Place()
        file += 1
        if let lastSeen { progress?(lastSeen) }
    }

    /// Carries the analysis over footage that is not there, as a live channel does over a restart.
    private func bridge(to start: FrameTime) {
        guard let lastSeen, start - lastSeen > Reel.longestSeam, let last = lastLook else { return }
        let gap = start - last
        let keeps = gap.inSeconds <= settings.library.analysis.memory.keepHours * 3600
        var next = ChannelAnalysis(library: settings.library, zones: reel.zones, firstIncidentID: analysis.tracker.nextID)
        if keeps, let memory = analysis.memory(zonesVersion: 0) {
            // What was just archived can be restored.
            try? next.takeUp(memory, at: start, gap: gap, zonesVersion: 0)
        } else {
            settleOpenIncidents()
            candidates?.breakOff(at: last)
        }
        analysis = next
    }

    // MARK: Looking

    /// Thrown by `look`, which runs inside closures that cannot.
    private var lookError: (any Error)?

    private func rethrow() throws {
        guard let error = lookError else { return }
        lookError = nil
        throw WalkError.still(error)
    }

    private func look(_ frame: Frame, _ sourceSize: PixelSize) {
        // Files of one camera may overlap: what was seen is not seen again.
        if let lastLook, frame.time <= lastLook { return }
        let gap = lastLook.map { frame.time - $0 } ?? .zero
        lastLook = frame.time
        log.countPicture()
        for event in analysis.analyze(frame, minuteOfWeek: reel.minuteOfWeek(of: frame.time)) {
            switch event {
            case .confirmed(let incident):
                do {
                    let still = try settings.keepStill(incident, frame)
                    log.add(FoundIncident(incident: incident, file: file, sourceSize: sourceSize, still: still))
                } catch {
                    lookError = error
                }
            case .cleared(let incident): log.update(incident)
            case .opened, .dropped: break
            }
        }
        log.look(analysis.view, at: frame.time)
        candidates?.look(analysis, at: frame.time, gap: gap, isCoarse: attention.isCoarse(gap))
    }

    /// What goes on at the end is told as it was seen last.
    func settleOpenIncidents() {
        for incident in analysis.confirmedIncidents { log.update(incident) }
    }
}
