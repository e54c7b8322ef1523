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
    /// The shop line, the rim of the bin or the ground under the rail, as `ZoneKind.line` says.
    public var line: Polyline?
    /// Number of the permit that a `permitted` zone stands for.
    public var permit: String?

    public init(
        id: String, kind: ZoneKind, polygon: Polygon, violations: [ViolationKind]? = nil, hours: ZoneHours? = nil,
        dwellSeconds: Double? = nil, line: Polyline? = nil, permit: String? = nil
    ) {
        self.id = id
        self.kind = kind
        self.polygon = polygon
        self.violations = violations
        self.hours = hours
        self.dwellSeconds = dwellSeconds
        self.line = line
        self.permit = permit
    }

    private enum CodingKeys: String, CodingKey {
        case id, kind, polygon, violations, hours, line, permit
        case dwellSeconds = "dwell_s"
    }

    /// What is looked for here.
    public var watched: [ViolationKind] { violations ?? kind.violations(hasLine: line != nil) }

    /// Whether the zone is in force.
    /// - Parameter minuteOfWeek: nil where it is not known, then every zone is.
    func isInForce(at minuteOfWeek: Int?) -> Bool {
        guard let hours, let minuteOfWeek else { return true }
        return hours.contains(minuteOfWeek: minuteOfWeek)
    }
}

/// All zones of a channel, one version.
public struct ZoneSet: Codable, Sendable, Hashable {
    public var zones: [Zone]
    /// Overrides the profiles' dwell in every zone that has none of its own.
    public var dwellSeconds: Double?
    /// Lengths drawn on the view that say how large a metre looks; none, one or two.
    public var scale: [ReferenceLength]?

    public init(zones: [Zone], dwellSeconds: Double? = nil, scale: [ReferenceLength]? = nil) {
        self.zones = zones
        self.dwellSeconds = dwellSeconds
        self.scale = scale
    }

    private enum CodingKeys: String, CodingKey {
        case zones, scale
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
