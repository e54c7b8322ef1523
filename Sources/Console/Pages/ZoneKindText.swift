/// The kinds of zone as the editor offers them; raw values as in zones documents.
enum ZoneKindText: String, CaseIterable, Sendable {
    case frontage, pavement
    case noParking = "no-parking"
    case carriageway, bin, ignore

    var phrase: Phrase {
        switch self {
        case .frontage: .zoneFrontage
        case .pavement: .zonePavement
        case .noParking: .zoneNoParking
        case .carriageway: .zoneCarriageway
        case .bin: .zoneBin
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
        case .bin: .zoneBinAbout
        case .ignore: .zoneIgnoreAbout
        }
    }
}
