public import SceneAnalysis
public import FrameCore

/// One number of a region against what a rule asks of it.
public struct RuleCheck: Sendable, Hashable {
    /// The number's name in profiles.
    public var name: String
    public var value: Double
    public var from: Double?
    public var to: Double?

    public init(name: String, value: Double, from: Double? = nil, to: Double? = nil) {
        self.name = name
        self.value = value
        self.from = from
        self.to = to
    }

    public var holds: Bool { value >= from ?? -.infinity && value <= to ?? .infinity }
}

/// What one rule says of a region in one zone, number by number, for people who ask why.
public struct RuleVerdict: Sendable, Hashable {
    public var kind: ViolationKind
    public var zoneID: String
    public var precedence: Int
    /// What it must look like to be this violation at all.
    public var looks: [RuleCheck]
    /// What must also hold at the moment of confirmation: visible, solid, long enough.
    public var confirmation: [RuleCheck]
    /// Whether it looks like a person, which lengthens the time it must stay.
    public var looksLikePerson: Bool

    public var fits: Bool { looks.allSatisfy(\.holds) }
}

extension ViolationTracker {
    /// What every rule of every zone that the region stands in says of it; empty if it stands in no zone.
    ///
    /// The same tests as in `judge`, one by one. The zones' hours are not looked at.
    public func verdicts(on region: StillRegion, frameSize: PixelSize) -> [RuleVerdict] {
        zones.zones.filter { $0.polygon.holdsFoot(of: region.box, frameSize) }.flatMap { zone in
            zone.watched.compactMap { kind in rules[kind].map { verdict(on: region, kind, $0, zone) } }
        }
    }

    private func verdict(on region: StillRegion, _ kind: ViolationKind, _ rule: ViolationRule, _ zone: Zone) -> RuleVerdict {
        let features = region.features
        var looks = [RuleCheck(name: "area", value: features.area, from: rule.minimumArea)]
        if zone.watched.count > 1 {
            looks += rule.looks.map { RuleCheck(name: $0.feature.rawValue, value: $0.value(in: features), from: $0.from, to: $0.to) }
        }
        let isPerson = rules.person.looks.allSatisfy { $0.holds(for: features) }
        let dwell = zones.dwell(in: zone, for: rule) * (isPerson ? rules.person.patience : 1)
        return RuleVerdict(
            kind: kind, zoneID: zone.id, precedence: rule.precedence, looks: looks,
            confirmation: [
                RuleCheck(name: "visible", value: region.visible, from: rule.minimumVisible),
                RuleCheck(name: "solidity", value: features.fill - features.stir, from: rule.minimumSolidity),
                RuleCheck(name: "seconds", value: region.stillFor.inSeconds, from: dwell.inSeconds),
            ], looksLikePerson: isPerson)
    }
}
