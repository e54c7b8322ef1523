import Evidence
import FFmpegIO
import Foundation
import FrameCore
import Logging
import SceneAnalysis
import Violations

/// Collects one channel's evidence while it happens: stills from before, at the start and after the dwell, and the clip.
///
/// Owned by the channel's thread. Nothing is encoded but the two early stills; the rest goes to the `EvidenceWriter`.
struct IncidentRecorder: ~Copyable {
    /// What the channel tells the rest of the program about its incidents.
    enum Notice: Sendable {
        case cleared(caseID: String, time: Date)
        case seenAgain(caseID: String, time: Date)
    }

    /// The scene before is taken this long before the object was first still: people carry it into view.
    private static let sceneLead = Duration.seconds(4)
    /// What a clip should show before the moment that it is about, seconds.
    private static let clipLead = 10.0

    private struct Stills {
        var before: EvidenceDraft.Still?
        var atStart: EvidenceDraft.Still?
    }

    private let channelID: String
    private let channelName: String
    private let device: EvidenceManifest.Device
    private let settings: IngestSettings
    private let decoders: KeyFrameDecoders
    private let logger: Logger
    private let main: EvidenceStream?
    /// When nothing was being confirmed or recorded any more.
    private var idleSince: ContinuousClock.Instant?
    private var gate: RepeatGate
    private var preRoll: PreRoll
    private var scenes = SceneLog()
    private var startClips: StartClips
    private var stills: [Int: Stills] = [:]
    /// The case of each confirmed incident that goes on.
    private(set) var cases: [Int: String] = [:]
    /// Others may close these when the stream falls silent.
    let clips: PendingClips
    private var generator = SystemRandomNumberGenerator()

    /// - Parameter main: of a channel that is analysed on its sub-stream.
    init(
        channelID: String, channelName: String, device: EvidenceManifest.Device, repeatInterval: Duration, writer: EvidenceWriter,
        main: EvidenceStream?,
        settings: IngestSettings, decoders: KeyFrameDecoders, logger: Logger
    ) {
        self.channelID = channelID
        self.channelName = channelName
        self.device = device
        self.settings = settings
        self.decoders = decoders
        self.logger = logger
        self.main = main
        gate = RepeatGate(interval: repeatInterval)
        preRoll = PreRoll(settings)
        startClips = StartClips(limitBytes: settings.startClipBytes)
        clips = PendingClips(writer: writer, main: main, decoders: decoders, logger: logger)
    }

    /// Whether a clip could begin now.
    var canRecord: Bool { preRoll.holdsWholeGroup }
    var preRollSeconds: Double { preRoll.span.inSeconds }
    var ringBytes: Int { preRoll.bytes + startClips.bytes + (main?.bytes ?? 0) }
    /// Packets that the byte limit drove out before their time.
    var crowdedOut: Int { preRoll.crowdedOut }
    var mainIsConnected: Bool { main?.isConnected ?? false }
    var mainProblem: String? { main?.problem }

    /// Goes on with the cases that a restart interrupted.
    mutating func takeUp(cases: [Int: String]) { self.cases = cases }

    mutating func take(_ packet: SharedPacket, time: FrameTime) {
        preRoll.append(packet, time: time)
        let entry = PacketRing.Entry(packet: packet, time: time)
        startClips.append(entry)
        clips.append(entry)
    }

    /// Remembers for a while what was on the street.
    mutating func take(_ observation: SceneObservation) { scenes.take(observation) }

    /// Opens the main stream while something is being confirmed or recorded, and closes it some time after.
    mutating func tendMain(isConfirming: Bool, at moment: EvidenceStream.Moment) {
        guard let main else { return }
        if isConfirming || !clips.isEmpty {
            idleSince = nil
            main.open(at: moment)
        } else if let idleSince {
            if idleSince.duration(to: moment.at) >= .seconds(settings.mainStreamLingerSeconds) { main.close() }
        } else {
            idleSince = moment.at
        }
    }

    /// The stream broke off: what is pending is closed with what there is, and no clip may reach over the gap.
    mutating func breakOff() {
        clips.closeAll()
        startClips.closeAll()
        preRoll.removeAll()
    }

    /// Ends for good.
    mutating func finish() {
        breakOff()
        main?.closeAndWait()
    }

    /// - Parameters:
    ///   - picture: the full-resolution picture that the event was seen in.
    ///   - context: how the stream is to be named and timed in the manifest.
    mutating func handle(_ event: IncidentEvent, picture: borrowing DecodedFrame, context: RecordingContext) -> Notice? {
        let incident = event.incident
        switch event {
        case .opened:
            stills[incident.id] = earlyStills(of: incident, context)
            beginStartClip(of: incident, context)
        case .confirmed:
            return confirm(incident, picture, context)
        case .cleared:
            forget(incident)
            if let caseID = cases.removeValue(forKey: incident.id) {
                return .cleared(caseID: caseID, time: context.date(of: incident.clearedAt ?? incident.firstStill))
            }
        case .dropped:
            forget(incident)
        }
        return nil
    }

    private mutating func forget(_ incident: Incident) {
        stills[incident.id] = nil
        startClips.discard(incident.id)
    }

    /// Keeps what is shown around the start, where the clip around the confirmation will not reach back so far.
    private mutating func beginStartClip(of incident: Incident, _ context: RecordingContext) {
        guard incident.dwell > .seconds(settings.preRollSeconds - Self.clipLead) else { return }
        let wanted = incident.firstStill - .seconds(Self.clipLead)...incident.firstStill + .seconds(settings.clipAfterSeconds)
        startClips.begin(
            incident.id, StartClips.Clip(stream: context.stream, wanted: wanted, entries: preRoll.packets(from: wanted.lowerBound)))
    }

    private mutating func confirm(
        _ incident: Incident, _ picture: borrowing DecodedFrame, _ context: RecordingContext
    ) -> Notice? {
        let time = incident.confirmedAt ?? incident.firstStill
        let now = context.date(of: time)
        if let earlier = gate.earlierCase(for: incident, at: time) {
            cases[incident.id] = earlier
            forget(incident)
            return .seenAgain(caseID: earlier, time: now)
        }
        guard let zone = context.zones.zones.first(where: { $0.id == incident.zoneID }) else { return nil }
        do {
            let full = try evidencePicture(picture, time, context.stream)
            let milliseconds = Int64(now.timeIntervalSince1970 * 1000)
            let caseID = PackageID(milliseconds: milliseconds, using: &generator)
            let early = stills.removeValue(forKey: incident.id) ?? earlyStills(of: incident, context)
            let draft = EvidenceDraft(
                caseID: caseID, incidentID: PackageID(milliseconds: milliseconds, using: &generator).text,
                channel: EvidenceManifest.Channel(
                    id: channelID, name: channelName, codec: context.stream.codecName, width: full.size.width,
                    height: full.size.height),
                device: device, incident: incident, zone: zone, zonesVersion: context.zonesVersion, ruleVersion: context.ruleVersion,
                clock: context.clock, clocks: context.clocks, before: early.before, atStart: early.atStart, afterDwell: full,
                scene: scenes.note(at: full.time, of: incident), stream: context.stream,
                clip: preRoll.packets(from: time - .seconds(settings.preRollSeconds)),
                clipWanted: time - .seconds(Self.clipLead)...time + .seconds(settings.clipAfterSeconds),
                startClip: startClips.remove(incident.id))
            clips.add(
                draft, from: time - .seconds(settings.preRollSeconds), confirmed: time, until: time + .seconds(settings.clipAfterSeconds))
            cases[incident.id] = caseID.text
            gate.add(incident, caseID: caseID.text, at: time)
        } catch {
            logger.error(
                "the picture of a confirmed incident could not be kept",
                metadata: [
                    "channel": "\(channelID)", "reason": "\(error)",
                ])
        }
        return nil
    }

    private func earlyStills(of incident: Incident, _ context: RecordingContext) -> Stills {
        var result = Stills()
        result.before = still(preRoll.lastKey(before: incident.firstStill - Self.sceneLead), of: incident, context.stream)
        result.atStart = still(preRoll.firstKey(after: incident.firstStill), of: incident, context.stream)
        return result
    }

    /// The view as the camera sends it now: of the main stream where there is one.
    /// - Returns: nil while the main stream is waited for.
    func fullPicture(
        _ picture: borrowing DecodedFrame, _ time: FrameTime, _ stream: VideoStream, waitsForMain: Bool
    ) throws(AVError) -> Frame? {
        guard let main else { return try evidencePicture(picture, time, stream) }
        guard let excerpt = main.excerpt(from: time, confirmed: time) else {
            return waitsForMain ? nil : try evidencePicture(picture, time, stream)
        }
        return try decode(excerpt.still, excerpt.stream)
    }

    /// The picture as the camera sent it: what was decoded as a draft is decoded again.
    private func evidencePicture(_ picture: borrowing DecodedFrame, _ time: FrameTime, _ stream: VideoStream) throws(AVError) -> Frame {
        guard picture.isDraft, let key = preRoll.lastKey(before: time), key.time == time,
            let whole = try decode(key, stream)
        else { return try picture.picture(time: time) }
        return whole
    }

    private func decode(_ entry: PacketRing.Entry, _ stream: VideoStream) throws(AVError) -> Frame? {
        var picture: Frame?
        _ = try decoders.decode(entry.packet, of: stream, waits: false) { decoded, _ throws(AVError) in
            picture = try decoded.picture(time: entry.time)
        }
        return picture
    }

    private func still(_ entry: PacketRing.Entry?, of incident: Incident, _ stream: VideoStream) -> EvidenceDraft.Still? {
        guard let entry else { return nil }
        do {
            guard let picture = try decode(entry, stream) else { return nil }
            return try EvidenceDraft.Still(picture, time: entry.time, scene: scenes.note(at: entry.time, of: incident))
        } catch {
            logger.warning(
                "an early still could not be decoded",
                metadata: [
                    "channel": "\(channelID)", "reason": "\(error)",
                ])
            return nil
        }
    }
}

/// How a channel's stream is named and timed while it is recorded.
struct RecordingContext {
    var stream: VideoStream
    var clock: EvidenceManifest.Clock
    /// Of the picture that is being looked at.
    var clocks: EvidenceManifest.ClockComparison?
    var zones: ZoneSet
    var zonesVersion: Int
    var ruleVersion: String

    func date(of time: FrameTime) -> Date {
        Date(timeIntervalSince1970: Double(time.microseconds + clock.wallMinusPTSMicroseconds) / 1_000_000)
    }

    /// Local minute of the week, 0…10079 from Monday 00:00.
    func minuteOfWeek(of time: FrameTime) -> Int {
        let seconds = (time.microseconds + clock.wallMinusPTSMicroseconds) / 1_000_000 + Int64(clock.utcOffsetMinutes) * 60
        let minutes = Int((seconds - (seconds < 0 ? 59 : 0)) / 60)
        // 1970-01-01 was a Thursday.
        let week = 7 * 24 * 60
        return ((minutes + 3 * 24 * 60) % week + week) % week
    }
}
