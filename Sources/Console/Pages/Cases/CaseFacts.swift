import Casework
import Evidence
import Foundation

/// What is known of a case, as lists of labelled texts.
struct CaseFacts: Sendable {
    /// What a decision needs at a glance.
    private(set) var key: [LabelledText] = []
    private(set) var findings: [LabelledText] = []
    private(set) var measurements: [LabelledText] = []
    private(set) var evidence: [LabelledText] = []

    init(_ model: CasePage, _ context: PageContext) {
        let t = Wording(language: context.language)
        key = Self.key(model, context, t)
        findings = Self.findings(model, context, t)
        measurements = Self.measurements(model.manifest?.rule.measurements ?? [:], t)
        evidence = Self.evidence(model, t)
    }

    private static func key(_ model: CasePage, _ context: PageContext, _ t: Wording) -> [LabelledText] {
        let incident = model.record.incident
        func moment(_ date: Date) -> String { t.moment(date, now: context.now, timeZone: context.timeZone) }
        var facts = [LabelledText(label: t[.since], text: moment(incident.openedAt))]
        if let until = incident.clearedAt ?? incident.confirmedAt {
            let stayed = t.duration(seconds: until.timeIntervalSince(incident.openedAt))
            let rule = model.manifest.map { t.duration(seconds: $0.rule.dwellSeconds) }
            facts.append(
                LabelledText(
                    label: t[.dwell], text: rule.map { t.text(.dwellRule, ["duration": stayed, "rule": $0]) } ?? stayed))
        }
        facts.append(LabelledText(label: t[.zone], text: zoneName(model, t)))
        // A run may have kept no measurements, and then nobody knows.
        let isScored = model.manifest?.archive == nil || model.manifest?.rule.measurements["scorePart"] != nil
        facts.append(LabelledText(label: t[.score], text: isScored ? t.percent(incident.score) : "–"))
        return facts
    }

    private static func findings(_ model: CasePage, _ context: PageContext, _ t: Wording) -> [LabelledText] {
        let incident = model.record.incident
        var facts: [LabelledText] = []
        if let entry = model.catalogue.entry(incident.violation) {
            let bodies = entry.route.compactMap { model.catalogue.body($0)?.name.text(t.language) }
            facts.append(LabelledText(label: t[.code], text: codes(entry.codes)))
            if let first = bodies.first { facts.append(LabelledText(label: t[.responsible], text: first)) }
            if bodies.count > 1 {
                facts.append(LabelledText(label: t[.helping], text: bodies.dropFirst().joined(separator: " · ")))
            }
        }
        facts.append(LabelledText(label: t[.since], text: t.exact(incident.openedAt, timeZone: context.timeZone)))
        if let confirmed = incident.confirmedAt {
            facts.append(LabelledText(label: t[.foundAt], text: t.exact(confirmed, timeZone: context.timeZone)))
        }
        facts.append(
            LabelledText(
                label: t[.cleared],
                text: incident.clearedAt.map { t.exact($0, timeZone: context.timeZone) } ?? t[.notCleared]))
        facts.append(
            LabelledText(
                label: t[.zone],
                text: t.text(.zoneVersion, ["zone": incident.zoneID, "version": String(incident.zonesVersion)])))
        facts.append(LabelledText(label: t[.rule], text: incident.ruleVersion))
        if incident.box.count == 4 {
            let box = incident.box.map { String($0) }
            facts.append(
                LabelledText(
                    label: t[.box], text: t.text(.boxText, ["x": box[0], "y": box[1], "w": box[2], "h": box[3]])))
        }
        if let channel = model.manifest?.channel {
            let size = "\(channel.width) × \(channel.height)"
            facts.append(LabelledText(label: t[.camera], text: "\(size) · \(channel.codec.uppercased())"))
        }
        return facts
    }

    private static func measurements(_ values: [String: Double], _ t: Wording) -> [LabelledText] {
        values.sorted { $0.key < $1.key }.map { name, value in
            let text =
                if name.hasSuffix("Seconds") {
                    t.duration(seconds: value)
                } else if name.hasSuffix("Part") {
                    t.percent(value)
                } else {
                    t.number(value, digits: 2)
                }
            return LabelledText(label: measurementPhrases[name].map { t[$0] } ?? name, text: text)
        }
    }

    private static let measurementPhrases: [String: Phrase] = [
        "stillSeconds": .stillSeconds, "areaPart": .areaPart, "fillPart": .fillPart, "textureLevels": .textureLevels,
        "structureChangePart": .structureChangePart, "leftEvidenceLog": .leftEvidenceLog, "stirPart": .stirPart,
        "scorePart": .scorePart, "aspectRatio": .aspectRatio, "heightPart": .heightPart, "colourfulnessLevels": .colourfulnessLevels,
        "swayPixels": .swayPixels, "companyPart": .companyPart, "droppedPart": .droppedPart, "cameWholePart": .cameWholePart,
        "thinnessPart": .thinnessPart, "overhangPart": .overhangPart, "repetitionPart": .repetitionPart,
        "areaSquareMetres": .areaSquareMetres,
    ]

    private static func evidence(_ model: CasePage, _ t: Wording) -> [LabelledText] {
        var facts: [LabelledText] = []
        if case .broken(let problem) = model.seal { facts.append(LabelledText(label: t[.sealProblem], text: problem)) }
        if let manifest = model.manifest {
            facts.append(LabelledText(label: t[.packageID], text: manifest.packageID.text))
        }
        facts.append(LabelledText(label: t[.manifestHash], text: model.record.manifestSHA256))
        if let manifest = model.manifest {
            facts.append(
                LabelledText(label: t[.chainPlace], text: "\(manifest.chain.channel) #\(manifest.chain.sequence)"))
            facts.append(LabelledText(label: t[.previousHash], text: manifest.chain.previousSHA256.hex))
            facts.append(LabelledText(label: t[.clock], text: clock(manifest, t)))
            if let archive = manifest.archive {
                facts.append(
                    LabelledText(label: t[.archiveSource], text: t.text(.archiveSourceText, ["file": archive.file])))
                facts.append(LabelledText(label: t[.archiveHash], text: archive.fileSHA256.hex))
                facts.append(LabelledText(label: t[.promotedBecause], text: archive.reason))
            }
            facts.append(LabelledText(label: t[.program], text: manifest.program))
        }
        return facts
    }

    private static func clock(_ manifest: EvidenceManifest, _ t: Wording) -> String {
        if let archive = manifest.archive { return t.timeSource(archive.timeSource) }
        return manifest.clock.source == "receive-time" ? t[.clockReceiveTime] : manifest.clock.source
    }

    private static func zoneName(_ model: CasePage, _ t: Wording) -> String {
        guard let kind = model.manifest.flatMap({ ZoneKindText(rawValue: $0.zone.kind) }) else {
            return model.record.incident.zoneID
        }
        return "\(t[kind.phrase]) · \(model.record.incident.zoneID)"
    }

    private static func codes(_ codes: ViolationCatalogue.Codes) -> String {
        codes.a.joined(separator: " / ")
    }
}
