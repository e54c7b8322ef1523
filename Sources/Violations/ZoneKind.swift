/// What a zone is; each kind has violations that are looked for unless the zone narrows them.
public enum ZoneKind: String, Codable, Sendable, CaseIterable, Hashable {
    case frontage, pavement, carriageway, bin, rail, permitted, ignore
    case noParking = "no-parking"
    case fireLane = "fire-lane"
    case tactilePath = "tactile-path"

    /// What a line that is drawn in a zone of this kind means; nil where a line has no meaning.
    public enum Line: Sendable, Hashable {
        /// On the ground along doors and walls: what touches it belongs to the shop.
        case shopFront
        /// Along the rim of a bin: what lies on it or hangs over it overflows.
        case rim
        /// On the ground below a rail: what reaches down to it stands and does not hang.
        case ground
    }

    public var line: Line? {
        switch self {
        case .frontage: .shopFront
        case .bin: .rim
        case .rail: .ground
        case .pavement, .carriageway, .noParking, .fireLane, .tactilePath, .permitted, .ignore: nil
        }
    }

    /// What is looked for; a line gives a zone the means to tell more things apart.
    public func violations(hasLine: Bool) -> [ViolationKind] {
        switch self {
        case .frontage:
            hasLine ? [.storefrontEncroachment, .roadsideVending, .piledGoods, .exposedRubbish, .parkedBikes] : [.storefrontEncroachment]
        case .pavement: [.roadsideVending, .piledGoods, .exposedRubbish, .parkedBikes, .sharedBikeHeap, .stoppedVehicle]
        case .noParking: [.parkedBikes, .sharedBikeHeap, .stoppedVehicle, .piledGoods]
        case .carriageway: [.stoppedVehicle, .piledGoods]
        case .bin: hasLine ? [.binOverflow, .exposedRubbish] : [.exposedRubbish]
        case .fireLane: [.blockedFireLane]
        case .tactilePath: [.blockedTactilePath]
        case .rail: [.hungGoods]
        case .permitted, .ignore: []
        }
    }
}
