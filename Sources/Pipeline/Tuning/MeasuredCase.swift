public import Casework
import Evidence
import Foundation
import FrameCore
public import Violations

/// A decided case as a label: what was measured when it was confirmed, and whether officers found it true.
public struct MeasuredCase: Sendable, Hashable {
    public var id: String
    public var channelID: String
    /// Confirmed, exempt or transferred: the thing stood there. False for a false alarm.
    public var isTrue: Bool
    /// By the names of manifests.
    public var measurements: [String: Double]
    /// Whether looks decide in its zone: where only one violation is looked for, a profile's looks are not asked.
    public var asksLooks: Bool

    package init(id: String, channelID: String, isTrue: Bool, measurements: [String: Double], asksLooks: Bool) {
        self.id = id
        self.channelID = channelID
        self.isTrue = isTrue
        self.measurements = measurements
        self.asksLooks = asksLooks
    }

    /// The decided cases of one violation whose packages can be read, newest first.
    /// - Parameter evidencePath: the folder that the cases' package paths are relative to.
    /// - Returns: also the ids of those whose manifest cannot be read.
    public static func load(
        _ kind: ViolationKind, from store: any CaseStore, evidencePath: String
    ) async throws -> (cases: [MeasuredCase], unreadable: [String]) {
        var cases: [MeasuredCase] = []
        var unreadable: [String] = []
        var zones: [String: ZoneSet?] = [:]
        var cursor: CaseCursor?
        let filter = CaseFilter(states: CaseState.allCases.filter { !CaseState.waiting.contains($0) }, violation: kind.rawValue)
        repeat {
            let page = try await store.cases(filter, after: cursor, limit: 500)
            for record in page.cases {
                guard let manifest = try? EvidenceManifest.read(of: record, evidencePath: evidencePath) else {
                    unreadable.append(record.id)
                    continue
                }
                let incident = record.incident
                let place = "\(incident.channelID) \(incident.zonesVersion)"
                if zones[place] == nil {
                    let version = try await store.zones(channelID: incident.channelID, version: incident.zonesVersion)
                    zones[place] = .some(version.flatMap { try? ZonesFile.parse($0.document, file: place) })
                }
                let zone = (zones[place] ?? nil)?.zones.first { $0.id == incident.zoneID }
                cases.append(
                    MeasuredCase(
                        id: record.id, channelID: incident.channelID, isTrue: record.state.isTrue,
                        measurements: Self.measurements(of: manifest), asksLooks: (zone?.watched.count ?? 0) > 1))
            }
            cursor = page.next
        } while cursor != nil
        return (cases, unreadable)
    }

    /// With those that older packages leave out and the box tells.
    private static func measurements(of manifest: EvidenceManifest) -> [String: Double] {
        var values = manifest.rule.measurements
        let box = manifest.box.rect
        if values["aspectRatio"] == nil, box.height > 0 { values["aspectRatio"] = Double(box.width) / Double(box.height) }
        if values["heightPart"] == nil, manifest.channel.height > 0 {
            values["heightPart"] = Double(box.height) / Double(manifest.channel.height)
        }
        return values
    }

    /// What a number of a rule is compared with; nil where the package does not tell, or where it is not asked.
    func value(of number: TunableNumber, in rule: ViolationRule) -> Double? {
        switch number {
        case .minimumArea: measurements["areaPart"]
        // How much was visible stands in no package.
        case .minimumVisible: nil
        case .minimumSolidity: measurements["fillPart"].flatMap { fill in measurements["stirPart"].map { fill - $0 } }
        case .lookFrom(let index), .lookTo(let index):
            asksLooks ? Self.measurement(of: rule.looks[index].feature).flatMap { measurements[$0] } : nil
        }
    }

    /// Whether the rule would report it again, as far as the package tells.
    func passes(_ rule: ViolationRule) -> Bool {
        TunableNumber.all(of: rule).allSatisfy { number in
            guard let value = value(of: number, in: rule) else { return true }
            return number.isLowerBound ? value >= number.value(in: rule) : value <= number.value(in: rule)
        }
    }

    /// Metres are left out: how far the ground scale may be off stands in no package.
    private static func measurement(of feature: FeatureRange.Feature) -> String? {
        switch feature {
        case .area: "areaPart"
        case .fill: "fillPart"
        case .aspect: "aspectRatio"
        case .height: "heightPart"
        case .texture: "textureLevels"
        case .colourfulness: "colourfulnessLevels"
        case .stir: "stirPart"
        case .sway: "swayPixels"
        case .company: "companyPart"
        case .dropped: "droppedPart"
        case .cameWhole: "cameWholePart"
        case .thinness: "thinnessPart"
        case .overhang: "overhangPart"
        case .repetition: "repetitionPart"
        case .squareMetres, .widthMetres, .heightMetres, .lineDistance, .lift: nil
        }
    }
}
