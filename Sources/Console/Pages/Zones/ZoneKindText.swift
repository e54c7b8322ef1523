/// The kinds of zone as the editor offers them; raw values as in zones documents.
enum ZoneKindText: String, CaseIterable, Sendable {
    case frontage, pavement
    case noParking = "no-parking"
    case carriageway
    case fireLane = "fire-lane"
    case tactilePath = "tactile-path"
    case bin, rail, permitted, ignore

    var phrase: Phrase {
        switch self {
        case .frontage: .zoneFrontage
        case .pavement: .zonePavement
        case .noParking: .zoneNoParking
        case .carriageway: .zoneCarriageway
        case .fireLane: .zoneFireLane
        case .tactilePath: .zoneTactilePath
        case .bin: .zoneBin
        case .rail: .zoneRail
        case .permitted: .zonePermitted
        case .ignore: .zoneIgnore
        }
    }

    /// What is looked for there.
    var about: Phrase {
        switch self {
        case .frontage: .zoneFrontageAbout
        case .pavement: .zonePavementAbout
        case .noParking: .zoneNoParkingAbout
        case .carriageway: .zoneCarriagewayAbout
        case .fireLane: .zoneFireLaneAbout
        case .tactilePath: .zoneTactilePathAbout
        case .bin: .zoneBinAbout
        case .rail: .zoneRailAbout
        case .permitted: .zonePermittedAbout
        case .ignore: .zoneIgnoreAbout
        }
    }

    /// What a line drawn in such a zone is called; nil for kinds without one.
    var line: Phrase? {
        switch self {
        case .frontage: .lineShopFront
        case .bin: .lineRim
        case .rail: .lineGround
        case .pavement, .noParking, .carriageway, .fireLane, .tactilePath, .permitted, .ignore: nil
        }
    }
}
