/// What can be found; the raw value is the id in findings, files and the API.
public enum ViolationKind: String, Codable, Sendable, CaseIterable, Hashable {
    case storefrontEncroachment = "storefront-encroachment"
    case roadsideVending = "roadside-vending"
    case piledGoods = "piled-goods"
    case exposedRubbish = "exposed-rubbish"
    case parkedBikes = "parked-bikes"
    case stoppedVehicle = "stopped-vehicle"
}

/// What a zone is; each kind has violations that are looked for unless the zone narrows them.
public enum ZoneKind: String, Codable, Sendable, CaseIterable, Hashable {
    case frontage, pavement, carriageway, bin, ignore
    case noParking = "no-parking"

    public var violations: [ViolationKind] {
        switch self {
        case .frontage: [.storefrontEncroachment]
        case .pavement: [.roadsideVending, .piledGoods, .exposedRubbish, .parkedBikes, .stoppedVehicle]
        case .noParking: [.parkedBikes, .stoppedVehicle, .piledGoods]
        case .carriageway: [.stoppedVehicle, .piledGoods]
        case .bin: [.exposedRubbish]
        case .ignore: []
        }
    }
}
