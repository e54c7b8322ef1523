/// What each violation is called, coded, who deals with it and what the reviewer should look for.
///
/// Read from `Config/violations.yaml`; decoding refuses unknown keys, `validate()` the rest. Codes and routes are data with
/// a source, since the standards behind them change.
public struct ViolationCatalogue: Codable, Sendable, Hashable {
    /// A body that a violation belongs to.
    public struct Body: Codable, Sendable, Hashable, Identifiable {
        public var id: String
        public var name: BilingualText

        public init(id: String, name: BilingualText) {
            self.id = id
            self.name = name
        }

        private enum CodingKeys: String, CodingKey, CaseIterable { case id, name }

        public init(from decoder: any Decoder) throws {
            try decoder.refuseUnknownKeys(CodingKeys.self)
            let values = try decoder.container(keyedBy: CodingKeys.self)
            id = try values.decode(String.self, forKey: .id)
            name = try values.decode(BilingualText.self, forKey: .name)
        }
    }

    /// Codes by list; a violation may have none or several in each.
    public struct Codes: Codable, Sendable, Hashable {
        /// GB/T 47678.5-2026, five digits: two of the class, three of the item.
        public var a: [String]
        /// The list whose items look like `04-05`, most likely GB/T 30428.2.
        public var b: [String]
        /// A list in the manner of CJ/T 214-2007, such as `05-04`.
        public var c: [String]

        public init(a: [String], b: [String], c: [String]) {
            self.a = a
            self.b = b
            self.c = c
        }

        private enum CodingKeys: String, CodingKey, CaseIterable { case a, b, c }

        public init(from decoder: any Decoder) throws {
            try decoder.refuseUnknownKeys(CodingKeys.self)
            let values = try decoder.container(keyedBy: CodingKeys.self)
            a = try values.decode([String].self, forKey: .a)
            b = try values.decodeIfPresent([String].self, forKey: .b) ?? []
            c = try values.decodeIfPresent([String].self, forKey: .c) ?? []
        }
    }

    public struct Entry: Codable, Sendable, Hashable, Identifiable {
        /// Used everywhere: files, API, rules.
        public var id: String
        public var name: BilingualText
        public var codes: Codes
        /// 1 is the most urgent; several may share a number.
        public var urgency: Int
        /// Ids of `bodies`; the first is responsible, the others help or are told.
        public var route: [String]
        /// What counts as the violation, in one sentence.
        public var definition: BilingualText
        /// What it is mistaken for, and how to tell.
        public var hint: BilingualText
        /// Where codes, definition and route were taken from.
        public var source: String

        public init(
            id: String, name: BilingualText, codes: Codes, urgency: Int, route: [String], definition: BilingualText,
            hint: BilingualText, source: String
        ) {
            self.id = id
            self.name = name
            self.codes = codes
            self.urgency = urgency
            self.route = route
            self.definition = definition
            self.hint = hint
            self.source = source
        }

        private enum CodingKeys: String, CodingKey, CaseIterable {
            case id, name, codes, urgency, route, definition, hint, source
        }

        public init(from decoder: any Decoder) throws {
            try decoder.refuseUnknownKeys(CodingKeys.self)
            let values = try decoder.container(keyedBy: CodingKeys.self)
            id = try values.decode(String.self, forKey: .id)
            name = try values.decode(BilingualText.self, forKey: .name)
            codes = try values.decode(Codes.self, forKey: .codes)
            urgency = try values.decode(Int.self, forKey: .urgency)
            route = try values.decode([String].self, forKey: .route)
            definition = try values.decode(BilingualText.self, forKey: .definition)
            hint = try values.decode(BilingualText.self, forKey: .hint)
            source = try values.decode(String.self, forKey: .source)
        }
    }

    /// A type that is not looked for here, but that other systems tell of.
    public struct Other: Codable, Sendable, Hashable {
        public var name: BilingualText
        public var codes: Codes
    }

    public var bodies: [Body]
    public var violations: [Entry]
    public var others: [Other]?

    public init(bodies: [Body], violations: [Entry], others: [Other]? = nil) {
        self.bodies = bodies
        self.violations = violations
        self.others = others
    }

    private enum CodingKeys: String, CodingKey, CaseIterable { case bodies, violations, others }

    public init(from decoder: any Decoder) throws {
        try decoder.refuseUnknownKeys(CodingKeys.self)
        let values = try decoder.container(keyedBy: CodingKeys.self)
        bodies = try values.decode([Body].self, forKey: .bodies)
        violations = try values.decode([Entry].self, forKey: .violations)
        others = try values.decodeIfPresent([Other].self, forKey: .others)
    }

    /// The entry of a violation; nil for an id that the catalogue does not hold.
    public func entry(_ id: String) -> Entry? {
        violations.first { $0.id == id }
    }

    /// The body of a route; nil for an id that the catalogue does not hold.
    public func body(_ id: String) -> Body? {
        bodies.first { $0.id == id }
    }
}
