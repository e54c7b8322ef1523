import Casework
import Evidence
import FFmpegIO
import Foundation
import FrameCore
import Violations

/// A finding with what its run and this station know of it, ready to be cut out of the archive.
struct PromotionSource: Sendable {
    /// Who promotes it and why.
    struct Deed: Sendable {
        var userID: String
        var reason: String
        var at: Date
    }

    /// The clip reaches this far around the confirmation, seconds.
    private static let before = 10.0
    private static let after = 20.0
    /// The scene before is taken this long before the object was first still, as live: people carry it into view.
    private static let sceneLead = 4.0

    private let finding: RunFinding
    private let run: RunRecord
    private let input: RunInput
    private let zone: Zone
    private let zonesVersion: Int
    private let kind: ViolationKind
    private let dwell: Duration
    private let caseID: PackageID
    private let incidentID: String
    private let channelName: String
    private let device: EvidenceManifest.Device
    private let timeZone: TimeZone
    /// Wall-clock time of second 0 of the file.
    private let origin: Date

    /// - Throws: `PromotionRefusal`; `SettingsError` for zones that cannot be read.
    init(
        finding: RunFinding, run: RunRecord, rules: RuleBook, caseID: PackageID, incidentID: String, channelName: String,
        device: EvidenceManifest.Device, timeZone: TimeZone
    ) throws {
        guard let confirmedAt = finding.confirmedAt else { throw PromotionRefusal.noWallClock(path: finding.path) }
        guard let input = run.inputs.first(where: { $0.path == finding.path }) else {
            throw PromotionRefusal.sourceMissing(path: finding.path)
        }
        guard let channel = run.channels.first(where: { $0.channelID == finding.channelID }) else {
            throw PromotionRefusal.unknownZone(id: finding.zone)
        }
        let zones = try ZonesFile.parse(channel.zones, file: "run \(run.id), channel \(finding.channelID)")
        guard let zone = zones.zones.first(where: { $0.id == finding.zone }), let kind = ViolationKind(rawValue: finding.violation),
            let rule = rules[kind], finding.box.count == 4, finding.sourceSize.count == 2, finding.sourceSize.allSatisfy({ $0 > 0 })
        else { throw PromotionRefusal.unknownZone(id: finding.zone) }
        self.finding = finding
        self.run = run
        self.input = input
        self.zone = zone
        zonesVersion = channel.zonesVersion ?? 0
        self.kind = kind
        dwell = zones.dwell(in: zone, for: rule)
        self.caseID = caseID
        self.incidentID = incidentID
        self.channelName = channelName
        self.device = device
        self.timeZone = timeZone
        origin = confirmedAt - finding.confirmedS
    }

    /// Reads the file. Blocks on the disk for as long as it takes to read the file twice.
    /// - Throws: `PromotionRefusal`.
    func draft(_ deed: Deed) throws -> EvidenceDraft {
        guard FileManager.default.fileExists(atPath: finding.path) else { throw PromotionRefusal.sourceMissing(path: finding.path) }
        do {
            return try cut(deed)
        } catch let refusal as PromotionRefusal {
            throw refusal
        } catch {
            throw PromotionRefusal.sourceUnusable(path: finding.path, reason: "\(error)")
        }
    }

    private func cut(_ deed: Deed) throws -> EvidenceDraft {
        let hash = try ContentHash(ofFile: finding.path)
        if let known = input.sha256, known != hash.hex { throw PromotionRefusal.sourceChanged(path: finding.path) }
        let sceneMoment = finding.firstStillS - Self.sceneLead
        let excerpt = try ArchiveExcerpt.read(
            finding.path,
            .init(
                before: sceneMoment >= 0 ? sceneMoment : nil, start: finding.firstStillS >= 0 ? finding.firstStillS : nil,
                confirmed: finding.confirmedS,
                clip: max(0, finding.confirmedS - Self.before)...max(0, finding.confirmedS + Self.after)))
        guard let confirmed = excerpt.confirmed, let stream = excerpt.stream, let picture = try decode(confirmed) else {
            throw PromotionRefusal.sourceUnusable(path: finding.path, reason: "no whole picture at \(finding.confirmedS) s")
        }
        let size = PixelSize(width: finding.sourceSize[0], height: finding.sourceSize[1])
        let offset = Int64(timeZone.secondsFromGMT(for: origin) / 60)
        let clock = EvidenceManifest.Clock(
            wallMinusPTSMicroseconds: Int64((origin.timeIntervalSince1970 * 1_000_000).rounded()),
            source: "archive-\(input.timeSource)", utcOffsetMinutes: Int(offset))
        var measurements = finding.measurements ?? [:]
        measurements["stillSeconds"] = finding.confirmedS - finding.firstStillS
        return EvidenceDraft(
            caseID: caseID, incidentID: incidentID,
            channel: EvidenceManifest.Channel(
                id: finding.channelID, name: channelName, codec: stream.codecName, width: picture.size.width,
                height: picture.size.height),
            device: device,
            incident: Incident(
                archived: kind, zoneID: zone.id,
                box: PixelRect(x: finding.box[0], y: finding.box[1], width: finding.box[2], height: finding.box[3]), frameSize: size,
                firstStill: FrameTime(seconds: finding.firstStillS), confirmedAt: FrameTime(seconds: finding.confirmedS),
                clearedAt: finding.clearedS.map { FrameTime(seconds: $0) }, dwell: dwell),
            zone: zone, zonesVersion: zonesVersion, ruleVersion: run.ruleVersion, clock: clock, clocks: nil,
            before: try still(excerpt.before) ?? earlierStill(at: sceneMoment, isBefore: true),
            atStart: try still(excerpt.start) ?? earlierStill(at: finding.firstStillS, isBefore: false), afterDwell: picture,
            stream: stream, measurements: measurements,
            archive: EvidenceManifest.ArchiveSource(
                runID: run.id, findingID: finding.id, file: (finding.path as NSString).lastPathComponent, fileSHA256: hash,
                timeSource: input.timeSource, promotedBy: deed.userID,
                promotedAt: WallTime(
                    millisecondsSince1970: Int64(deed.at.timeIntervalSince1970 * 1000), utcOffsetMinutes: Int(offset)),
                reason: deed.reason),
            clip: excerpt.clip,
            clipWanted: FrameTime(
                seconds: max(0, finding.confirmedS - Self.before))...FrameTime(
                    seconds: max(0, finding.confirmedS + Self.after)))
    }

    /// A still out of the file that shows the channel at that time, where the object came before this file began; nil where
    /// there is none any more. It is the evidence of the moment of confirmation that must be there.
    private func earlierStill(at seconds: Double, isBefore: Bool) -> EvidenceDraft.Still? {
        guard seconds < 0 else { return nil }
        let moment = origin + seconds
        let file = run.inputs.first { input in
            guard input.channelID == finding.channelID, input.path != finding.path, let start = input.startsAt else { return false }
            return start <= moment && moment <= start + (input.seconds ?? 0)
        }
        guard let file, let start = file.startsAt else { return nil }
        let within = moment.timeIntervalSince(start)
        let wish = ArchiveExcerpt.Wish(before: isBefore ? within : nil, start: isBefore ? nil : within)
        guard let excerpt = try? ArchiveExcerpt.read(file.path, wish),
            var found = try? still(isBefore ? excerpt.before : excerpt.start)
        else { return nil }
        found.time = found.time + .microseconds(Int64((start.timeIntervalSince(origin) * 1_000_000).rounded()))
        return found
    }

    private func still(_ picture: ArchiveExcerpt.Picture?) throws -> EvidenceDraft.Still? {
        guard let picture, let frame = try decode(picture) else { return nil }
        return try EvidenceDraft.Still(frame, time: picture.entry.time, scene: nil)
    }

    private func decode(_ picture: ArchiveExcerpt.Picture) throws(AVError) -> Frame? {
        var frame: Frame?
        _ = try KeyFrameDecoders(limit: 1).decode(picture.entry.packet, of: picture.stream) { decoded, _ throws(AVError) in
            if !decoded.isCorrupt { frame = try decoded.picture(time: picture.entry.time) }
        }
        return frame
    }
}
