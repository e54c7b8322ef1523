/// The numbers of one violation, from its profile in `Models/`.
public struct ViolationRule: Codable, Sendable, Hashable {
    /// How long it must have stood, seconds; zones may override it.
    public var dwellSeconds: Double
    /// Smallest area as a part of the view: what is smaller cannot be seen well enough.
    public var minimumArea: Double
    /// Smallest size in square metres, where lengths are drawn on the view.
    public var minimumSquareMetres: Double
    /// Part that must be visible at the moment of confirmation.
    public var minimumVisible: Double
    /// How much more of its box the region must fill than flickers, as parts: things are solid, glints and crowds are not.
    public var minimumSolidity: Double
    /// Part of its foot that must stand in the zone; of the whole box in a rail zone.
    public var minimumInside: Double
    /// Whether a region that looks like a person waits longer.
    public var mayBePerson: Bool
    /// Whether a region with company waits longer.
    public var mayBeAttended: Bool
    /// Ranges in which a region looks like this violation. All that are given must hold.
    public var looks: [FeatureRange]
    /// Among the violations whose looks fit, the highest wins.
    public var precedence: Int

    /// The keys of a profile's rule.
    public enum CodingKeys: String, CodingKey, CaseIterable {
        case dwellSeconds = "dwell_s"
        case minimumArea = "minimum_area"
        case minimumSquareMetres = "minimum_m2"
        case minimumVisible = "minimum_visible"
        case minimumSolidity = "minimum_solidity"
        case minimumInside = "minimum_inside"
        case mayBePerson = "may_be_person"
        case mayBeAttended = "may_be_attended"
        case looks, precedence
    }

    /// The same rule with what its night part says otherwise.
    public func overridden(by night: NightPart) -> ViolationRule {
        var rule = self
        rule.minimumArea = night.minimumArea ?? minimumArea
        rule.minimumVisible = night.minimumVisible ?? minimumVisible
        rule.minimumSolidity = night.minimumSolidity ?? minimumSolidity
        rule.looks = night.looks ?? looks
        return rule
    }
}

/// What a profile says otherwise for pictures in infrared, which have no colour and less contrast.
public struct NightPart: Codable, Sendable, Hashable {
    public var minimumArea: Double?
    public var minimumVisible: Double?
    public var minimumSolidity: Double?
    public var looks: [FeatureRange]?

    public init() {}

    /// The keys of a profile's night part.
    public enum CodingKeys: String, CodingKey, CaseIterable {
        case minimumArea = "minimum_area"
        case minimumVisible = "minimum_visible"
        case minimumSolidity = "minimum_solidity"
        case looks
    }
}

/// What makes a region look like a person, who may stand and wait: it must stay much longer before it counts.
public struct PersonRule: Codable, Sendable, Hashable {
    /// One way of looking like a person: all ranges must hold.
    public struct Way: Codable, Sendable, Hashable {
        public var looks: [FeatureRange]
        /// Times the dwell.
        public var patience: Double
    }

    public var ways: [Way]
    /// Looks in a row in which it must be like no person before it counts as a thing.
    public var calmLooks: Int

    enum CodingKeys: String, CodingKey {
        case ways
        case calmLooks = "calm_looks"
    }

    /// How many times the dwell a region must stay that stands so; 1 if it is like no person.
    func patience(for placement: RegionPlacement) -> Double {
        ways.reduce(1) { most, way in way.looks.allSatisfy { $0.holds(for: placement) } ? max(most, way.patience) : most }
    }
}
