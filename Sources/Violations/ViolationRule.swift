/// The numbers of one violation, from its profile in `Models/`.
public struct ViolationRule: Codable, Sendable, Hashable {
    /// How long it must have stood, seconds; zones may override it.
    public var dwellSeconds: Double
    /// Smallest area as a part of the view.
    public var minimumArea: Double
    /// Part that must be visible at the moment of confirmation.
    public var minimumVisible: Double
    /// How much more of its box the region must fill than flickers, as parts: things are solid, glints and crowds are not.
    public var minimumSolidity: Double
    /// Ranges in which a region looks like this violation. All that are given must hold.
    public var looks: [FeatureRange]
    /// Among the violations whose looks fit, the highest wins.
    public var precedence: Int

    private enum CodingKeys: String, CodingKey {
        case dwellSeconds = "dwell_s"
        case minimumArea = "minimum_area"
        case minimumVisible = "minimum_visible"
        case minimumSolidity = "minimum_solidity"
        case looks, precedence
    }
}

/// One feature and the range it must lie in.
public struct FeatureRange: Codable, Sendable, Hashable {
    public enum Feature: String, Codable, Sendable, CaseIterable {
        case area, fill, aspect, height, texture, colourfulness, stir, sway, company, dropped, thinness, repetition
    }

    public var feature: Feature
    public var from: Double?
    public var to: Double?
}

/// What makes a region look like a person, who may stand and wait: it must stay much longer before it counts.
public struct PersonRule: Codable, Sendable, Hashable {
    public var looks: [FeatureRange]
    /// Times the dwell.
    public var patience: Double
}

/// All rules in force, with the version that evidence names.
public struct RuleBook: Sendable, Hashable {
    /// Content hash of the profiles, so that two books with the same numbers have the same version.
    public let version: String
    public let person: PersonRule
    var rules: [ViolationKind: ViolationRule]

    public init(version: String, rules: [ViolationKind: ViolationRule], person: PersonRule) {
        self.version = version
        self.rules = rules
        self.person = person
    }

    public subscript(_ kind: ViolationKind) -> ViolationRule? { rules[kind] }
}
