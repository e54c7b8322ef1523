/// Why somebody may look at evidence, and how long a reason that was given holds.
///
/// Read from `Config/access.yaml`; decoding refuses unknown keys, `validate()` the rest. The public-security video regulation of 2025,
/// art. 16, asks for the reason, the content, the unit and the name of whoever calls up video.
public struct AccessRules: Codable, Sendable, Hashable {
    public struct Reason: Codable, Sendable, Hashable, Identifiable {
        /// Kept with every line of the log; never reused for another meaning.
        public var code: String
        public var name: BilingualText
        /// Whether it says nothing without words of one's own.
        public var needsText: Bool

        public var id: String { code }

        public init(code: String, name: BilingualText, needsText: Bool = false) {
            self.code = code
            self.name = name
            self.needsText = needsText
        }

        private enum CodingKeys: String, CodingKey, CaseIterable { case code, name, needsText }

        public init(from decoder: any Decoder) throws {
            try decoder.refuseUnknownKeys(CodingKeys.self)
            let values = try decoder.container(keyedBy: CodingKeys.self)
            code = try values.decode(String.self, forKey: .code)
            name = try values.decode(BilingualText.self, forKey: .name)
            needsText = try values.decodeIfPresent(Bool.self, forKey: .needsText) ?? false
        }
    }

    /// What is logged when somebody opens a case that waits for them: their duty is the reason.
    public static let duty = "review"
    /// What is logged for the one small picture of each case in a list.
    public static let list = "list"
    /// The longest words of one's own, in characters.
    public static let textLimit = 200

    /// The unit of users who have none of their own.
    public var unit: String
    /// How long a reason holds for one case in one session.
    public var rememberMinutes: Int
    /// To pick from, in the order shown; `duty` is one of them.
    public var reasons: [Reason]
    /// Font files with Chinese characters for the viewer's mark; the first that is there is used.
    public var fonts: [String]

    public init(unit: String, rememberMinutes: Int, reasons: [Reason], fonts: [String]) {
        self.unit = unit
        self.rememberMinutes = rememberMinutes
        self.reasons = reasons
        self.fonts = fonts
    }

    private enum CodingKeys: String, CodingKey, CaseIterable { case unit, rememberMinutes, reasons, fonts }

    public init(from decoder: any Decoder) throws {
        try decoder.refuseUnknownKeys(CodingKeys.self)
        let values = try decoder.container(keyedBy: CodingKeys.self)
        unit = try values.decode(String.self, forKey: .unit)
        rememberMinutes = try values.decode(Int.self, forKey: .rememberMinutes)
        reasons = try values.decode([Reason].self, forKey: .reasons)
        fonts = try values.decode([String].self, forKey: .fonts)
    }

    public func reason(_ code: String) -> Reason? { reasons.first { $0.code == code } }

    /// Throws with everything that is wrong: codes that are malformed, repeated or the program's own, empty names, no `duty`, no font.
    public func validate() throws(CatalogueError) {
        try CatalogueError.check("access") { report in
            if !(1...100).contains(unit.count) { report("unit: must have 1 to 100 characters") }
            if !(1...120).contains(rememberMinutes) { report("rememberMinutes: is \(rememberMinutes), not from 1 to 120") }
            if reason(Self.duty)?.needsText != false {
                report("reasons: “\(Self.duty)” must be there and need no text; a case that waits for its officer is opened for it")
            }
            for code in reasons.map(\.code).repeated { report("reasons: “\(code)” stands more than once") }
            for (index, reason) in reasons.enumerated() {
                let place = "reasons[\(index)] (\(reason.code))"
                if !reason.code.isIdentifier { report("\(place): the code may hold a–z, 0–9 and -, a letter first") }
                if reason.code == Self.list { report("\(place): this code is given by the program alone") }
                if reason.name.isEmpty { report("\(place): the name is empty in one language") }
            }
            if fonts.isEmpty { report("fonts: name at least one font file; an export without a readable mark is none") }
            for font in fonts where !font.hasPrefix("/") { report("fonts: “\(font)” is no whole path") }
        }
    }
}
