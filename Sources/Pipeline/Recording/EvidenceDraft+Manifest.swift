import Foundation
import Evidence
import FrameCore
import Violations

extension EvidenceDraft {
    /// The object in pixels of the full picture.
    var sourceBox: PixelRect { incident.box.scaled(from: incident.frameSize, to: afterDwell.size) }

    /// Whether the clip around the confirmation begins after the start.
    var lacksStart: Bool { clip.first.map { $0.time > incident.firstStill } ?? true }

    /// Without the gaps, which only the written clips tell.
    func manifest(
        program: String, clip: ClosedRange<FrameTime>?, _ surroundings: EvidenceSurroundings
    ) -> EvidenceManifest {
        let confirmed = incident.confirmedAt ?? afterDwell.time
        var moments: [(String, FrameTime)] = [("still", incident.firstStill), ("confirmed", confirmed)]
        if let before { moments.append(("scene-before", before.time)) }
        if let atStart { moments.append(("at-start", atStart.time)) }
        moments.append(("after-dwell", afterDwell.time))
        if let clip { moments += [("clip-start", clip.lowerBound), ("clip-end", clip.upperBound)] }
        // Footage of an archive was captured by papers that nobody looked at then: it is a lead.
        let standing =
            archive == nil
            ? surroundings.standing(channel.id, Date(timeIntervalSince1970: Double(caseID.milliseconds) / 1_000))
            : EvidenceSurroundings.Standing()
        let codes = surroundings.codes(incident.kind.rawValue)
        var device = device
        device?.references = standing.references
        return EvidenceManifest(
            packageID: caseID, caseID: caseID.text, incidentID: incidentID, mode: standing.mode, program: program,
            channel: channel, device: device, violation: incident.kind.rawValue, violationCodes: codes.isEmpty ? nil : codes,
            zone: EvidenceManifest.Zone(
                id: zone.id, kind: zone.kind.rawValue, polygon: zone.polygon, zonesVersion: zonesVersion),
            rule: EvidenceManifest.Rule(
                version: ruleVersion, profile: incident.kind.rawValue, dwellSeconds: incident.dwell.inSeconds,
                measurements: measurements ?? incident.measurements),
            box: sourceBox, clock: clock, clocks: clocks, clockErrors: clockErrors(surroundings),
            quality: quality(surroundings.quality), scenes: scenes, archive: archive,
            times: moments.sorted { $0.1 < $1.1 }.map { EvidenceManifest.Moment(name: $0.0, pts: $0.1, clock: clock) })
    }

    /// An error of a hundredth of a second, as clocks are compared to a millisecond.
    private func clockErrors(_ surroundings: EvidenceSurroundings) -> EvidenceManifest.ClockErrors {
        func error(_ seconds: Double?) -> EvidenceManifest.ErrorMilliseconds {
            seconds.map { .atMost((abs($0) * 1000).rounded(.up)) } ?? .unknown
        }
        return EvidenceManifest.ClockErrors(
            camera: error(clocks?.senderMinusReceivedSeconds), pictures: error(clocks?.receivedMinusWallSeconds),
            machine: archive == nil ? surroundings.machineClock() : .unknown)
    }

    private var scenes: [EvidenceManifest.StillScene] {
        var scenes: [EvidenceManifest.StillScene] = []
        for (role, still) in earlyStills {
            scenes.append(
                EvidenceManifest.StillScene(
                    file: role.fileName, ptsMicroseconds: still.time.microseconds, others: still.scene?.others(in: still.size)))
        }
        scenes.append(
            EvidenceManifest.StillScene(
                file: EvidenceManifest.Role.afterDwell.fileName, ptsMicroseconds: afterDwell.time.microseconds,
                others: scene?.others(in: afterDwell.size)))
        return scenes
    }

    private var earlyStills: [(EvidenceManifest.Role, Still)] {
        [(.sceneBefore, before), (.atStart, atStart)].compactMap { role, still in still.map { (role, $0) } }
    }

    private func quality(_ limits: EvidenceSettings.Quality) -> [EvidenceManifest.PictureQuality] {
        var all = earlyStills.map { role, still in
            // Before it came and when it had just come, the object need not be seen.
            limits.judge(role.fileName, still.light, still.scene, watchesObject: false)
        }
        all.append(
            limits.judge(
                EvidenceManifest.Role.afterDwell.fileName, PictureLight(of: afterDwell), scene, watchesObject: true))
        return all
    }
}
