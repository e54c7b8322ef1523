/// What the ledgers go by: `Config/ledgers.yaml`.
public struct LedgerSettings: Codable, Sendable, Hashable {
    /// How long an earlier violation keeps a new one from being the first.
    public var firstOffenceYears: Int
    /// The most days between two looks at a shop, by its grade.
    public var lookDays: [ShopRecord.Grade: Int]
    /// Ids of the violations that a permit covers unless it names its own.
    public var permitViolations: [PermitRecord.Kind: [String]]
    /// What ends within so many days is shown as ending soon.
    public var expiryNoticeDays: Int

    public init(
        firstOffenceYears: Int, lookDays: [ShopRecord.Grade: Int], permitViolations: [PermitRecord.Kind: [String]], expiryNoticeDays: Int
    ) {
        self.firstOffenceYears = firstOffenceYears
        self.lookDays = lookDays
        self.permitViolations = permitViolations
        self.expiryNoticeDays = expiryNoticeDays
    }

    private enum CodingKeys: String, CodingKey, CaseIterable {
        case firstOffenceYears = "first_offence_years"
        case lookDays = "look_days"
        case permitViolations = "permit_violations"
        case expiryNoticeDays = "expiry_notice_days"
    }

    public init(from decoder: any Decoder) throws {
        try decoder.refuseUnknownKeys(CodingKeys.self)
        let values = try decoder.container(keyedBy: CodingKeys.self)
        firstOffenceYears = try values.decode(Int.self, forKey: .firstOffenceYears)
        expiryNoticeDays = try values.decode(Int.self, forKey: .expiryNoticeDays)
        lookDays = try Self.byCase(values.decode([String: Int].self, forKey: .lookDays), values, .lookDays)
        permitViolations = try Self.byCase(values.decode([String: [String]].self, forKey: .permitViolations), values, .permitViolations)
    }

    public func encode(to encoder: any Encoder) throws {
        var values = encoder.container(keyedBy: CodingKeys.self)
        try values.encode(firstOffenceYears, forKey: .firstOffenceYears)
        try values.encode(expiryNoticeDays, forKey: .expiryNoticeDays)
        try values.encode(Dictionary(uniqueKeysWithValues: lookDays.map { ($0.key.rawValue, $0.value) }), forKey: .lookDays)
        try values.encode(
            Dictionary(uniqueKeysWithValues: permitViolations.map { ($0.key.rawValue, $0.value) }), forKey: .permitViolations)
    }

    /// Throws with everything that is out of range or names what the catalogue does not know.
    public func validate(with catalogue: ViolationCatalogue) throws(CatalogueError) {
        try CatalogueError.check("casework") { report in
            if !(1...10).contains(firstOffenceYears) { report("first_offence_years is \(firstOffenceYears), not 1 to 10") }
            if !(1...365).contains(expiryNoticeDays) { report("expiry_notice_days is \(expiryNoticeDays), not 1 to 365") }
            for grade in ShopRecord.Grade.allCases {
                guard let days = lookDays[grade] else {
                    report("look_days: \(grade.rawValue) is missing")
                    continue
                }
                if !(1...366).contains(days) { report("look_days: \(grade.rawValue) is \(days), not 1 to 366") }
            }
            for kind in PermitRecord.Kind.allCases {
                guard let covered = permitViolations[kind] else {
                    report("permit_violations: \(kind.rawValue) is missing")
                    continue
                }
                for id in covered where catalogue.entry(id) == nil {
                    report("permit_violations: \(kind.rawValue): “\(id)” is none of the catalogue")
                }
            }
        }
    }

    private static func byCase<Key: RawRepresentable<String> & CaseIterable & Hashable, Value>(
        _ given: [String: Value], _ values: KeyedDecodingContainer<CodingKeys>, _ key: CodingKeys
    ) throws -> [Key: Value] {
        try given.reduce(into: [:]) { all, pair in
            guard let name = Key(rawValue: pair.key) else {
                let known = Key.allCases.map(\.rawValue).joined(separator: ", ")
                throw DecodingError.dataCorruptedError(
                    forKey: key, in: values, debugDescription: "unknown “\(pair.key)”; known are \(known)")
            }
            all[name] = pair.value
        }
    }
}
