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
    public func verdicts(on region: StillRegion, frameSize: PixelSize, isInfrared: Bool = false) -> [RuleVerdict] {
        guard let ground = measuredGround(for: frameSize) else { return [] }
        return zones.flatMap { watched -> [RuleVerdict] in
            let inside = watched.part(of: region.box, frameSize)
            guard inside > 0 else { return [] }
            var placement = RegionPlacement(region, in: frameSize, scale: ground)
            placement.place(region.box, in: watched.zone, frameSize, scale: ground, focalLength: rules.street.ground.focalLength)
            return watched.watches.map { verdict(on: region, placement, inside, $0, in: watched, isInfrared) }
        }
    }

    private func verdict(
        on region: StillRegion, _ placement: RegionPlacement, _ inside: Double, _ watch: ZoneWatch.Watch, in watched: ZoneWatch,
        _ isInfrared: Bool
    ) -> RuleVerdict {
        let rule = watch.rule(isInfrared)
        var looks = [
            RuleCheck(name: "inside", value: inside, from: rule.minimumInside),
            RuleCheck(name: "area", value: region.features.area, from: rule.minimumArea),
        ]
        for range in rule.looks where watched.watches.count > 1 || range.feature.isPlace {
            guard let value = placement.value(of: range.feature) else { continue }
            // The ends as the uncertainty of the scale moves them.
            let slack = placement.uncertainty(of: range.feature)
            let factor = range.surely == true ? 1 / slack : slack
            looks.append(
                RuleCheck(
                    name: range.feature.rawValue, value: value, from: range.from.map { $0 / factor }, to: range.to.map { $0 * factor }))
        }
        let patience = rule.mayBePerson ? rules.person.patience(for: placement) : 1
        return RuleVerdict(
            kind: watch.kind, zoneID: watched.zone.id, precedence: rule.precedence, looks: looks,
            confirmation: [
                RuleCheck(name: "visible", value: region.visible, from: rule.minimumVisible),
                RuleCheck(name: "solidity", value: region.features.fill - region.features.stir, from: rule.minimumSolidity),
                RuleCheck(name: "seconds", value: region.stillFor.inSeconds, from: (watch.dwell * patience).inSeconds),
            ], looksLikePerson: patience > 1)
    }
}
