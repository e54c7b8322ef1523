/// The reasons that an officer picks from: why it is no violation, why it is allowed, whose matter it is.
///
/// Read from `Config/reasons.yaml`; decoding refuses unknown keys, `validate()` the rest. `confirm` needs no reason.
public struct DecisionReasons: Codable, Sendable, Hashable {
    public struct Reason: Codable, Sendable, Hashable, Identifiable {
        /// Kept with the decision; never reused for another meaning.
        public var code: String
        public var name: BilingualText
        /// The digit that picks it on the case page, 0…9; unique within its list.
        public var key: Int

        public var id: String { code }

        public init(code: String, name: BilingualText, key: Int) {
            self.code = code
            self.name = name
            self.key = key
        }

        private enum CodingKeys: String, CodingKey, CaseIterable { case code, name, key }

        public init(from decoder: any Decoder) throws {
            try decoder.refuseUnknownKeys(CodingKeys.self)
            let values = try decoder.container(keyedBy: CodingKeys.self)
            code = try values.decode(String.self, forKey: .code)
            name = try values.decode(BilingualText.self, forKey: .name)
            key = try values.decode(Int.self, forKey: .key)
        }
    }

    public var falseAlarm: [Reason]
    public var exempt: [Reason]
    /// Codes are ids of `ViolationCatalogue.bodies`.
    public var transfer: [Reason]

    public init(falseAlarm: [Reason], exempt: [Reason], transfer: [Reason]) {
        self.falseAlarm = falseAlarm
        self.exempt = exempt
        self.transfer = transfer
    }

    private enum CodingKeys: String, CodingKey, CaseIterable {
        case falseAlarm = "false-alarm"
        case exempt, transfer
    }

    public init(from decoder: any Decoder) throws {
        try decoder.refuseUnknownKeys(CodingKeys.self)
        let values = try decoder.container(keyedBy: CodingKeys.self)
        falseAlarm = try values.decode([Reason].self, forKey: .falseAlarm)
        exempt = try values.decode([Reason].self, forKey: .exempt)
        transfer = try values.decode([Reason].self, forKey: .transfer)
    }

    /// The list to pick from, in the order shown; empty for `confirm`.
    public func reasons(for verdict: Decision.Verdict) -> [Reason] {
        switch verdict {
        case .confirm: []
        case .falseAlarm: falseAlarm
        case .exempt: exempt
        case .transfer: transfer
        }
    }

    /// The reason that a stored code stands for; nil if this verdict's list does not hold it.
    public func reason(_ code: String, for verdict: Decision.Verdict) -> Reason? {
        reasons(for: verdict).first { $0.code == code }
    }

    /// Throws with everything that is wrong: empty lists, codes that are malformed or repeated, names that are empty, keys
    /// that are no digit or repeated within a list.
    public func validate() throws(CatalogueError) {
        try CatalogueError.check("reasons") { report in
            for verdict in Decision.Verdict.allCases where verdict != .confirm {
                let list = reasons(for: verdict)
                if list.isEmpty { report("\(verdict.rawValue): is empty") }
                for code in list.map(\.code).repeated { report("\(verdict.rawValue): “\(code)” stands more than once") }
                for key in list.map(\.key).repeated {
                    report("\(verdict.rawValue): key \(key) picks more than one reason")
                }
                for (index, reason) in list.enumerated() {
                    let place = "\(verdict.rawValue)[\(index)] (\(reason.code))"
                    if !reason.code.isIdentifier {
                        report("\(place): the code may hold a–z, 0–9 and -, a letter first")
                    }
                    if reason.name.isEmpty { report("\(place): the name is empty in one language") }
                    if !(0...9).contains(reason.key) { report("\(place): key is \(reason.key), not a digit 0 to 9") }
                }
            }
        }
    }

    /// Throws if a matter could be transferred to a body that `catalogue` does not name.
    public func validate(with catalogue: ViolationCatalogue) throws(CatalogueError) {
        try validate()
        try CatalogueError.check("reasons") { report in
            for reason in transfer where catalogue.body(reason.code) == nil {
                report("transfer (\(reason.code)): is none of the bodies of the violations catalogue")
            }
        }
    }
}
