public import FrameCore

/// A part of a view with its own rules.
public struct Zone: Codable, Sendable, Hashable, Identifiable {
    public var id: String
    public var kind: ZoneKind
    public var polygon: Polygon
    /// Narrows what the kind looks for; nil for all of the kind's.
    public var violations: [ViolationKind]?
    /// When the zone is in force; nil for always.
    public var hours: ZoneHours?
    /// Overrides the profile's dwell.
    public var dwellSeconds: Double?

    public init(
        id: String, kind: ZoneKind, polygon: Polygon, violations: [ViolationKind]? = nil, hours: ZoneHours? = nil,
        dwellSeconds: Double? = nil
    ) {
        self.id = id
        self.kind = kind
        self.polygon = polygon
        self.violations = violations
        self.hours = hours
        self.dwellSeconds = dwellSeconds
    }

    private enum CodingKeys: String, CodingKey {
        case id, kind, polygon, violations, hours
        case dwellSeconds = "dwell_s"
    }

    /// What is looked for here.
    public var watched: [ViolationKind] { violations ?? kind.violations }
}

/// All zones of a channel, one version.
public struct ZoneSet: Codable, Sendable, Hashable {
    public var zones: [Zone]
    /// Overrides the profiles' dwell in every zone that has none of its own.
    public var dwellSeconds: Double?

    public init(zones: [Zone], dwellSeconds: Double? = nil) {
        self.zones = zones
        self.dwellSeconds = dwellSeconds
    }

    private enum CodingKeys: String, CodingKey {
        case zones
        case dwellSeconds = "dwell_s"
    }

    /// The dwell in force for a violation in a zone.
    public func dwell(in zone: Zone, for rule: ViolationRule) -> Duration {
        .seconds(zone.dwellSeconds ?? dwellSeconds ?? rule.dwellSeconds)
    }

    /// The shortest dwell of all, which says how soon the analysis must look; nil without a zone that looks for anything.
    public func shortestDwell(_ rules: RuleBook) -> Duration? {
        zones.flatMap { zone in zone.watched.compactMap { rules[$0].map { dwell(in: zone, for: $0) } } }.min()
    }
}
