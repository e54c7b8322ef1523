/// A message to a party with places to fill in: one entry of `templates` in `Config/notices.yaml`.
public struct NoticeTemplate: Codable, Sendable, Hashable, Identifiable {
    /// How a message goes.
    public enum Medium: String, Codable, Sendable, CaseIterable {
        case sms, voice
        /// Printed and handed over by a person.
        case paper
    }

    /// What a template may ask for, in braces.
    public enum Placeholder: String, Sendable, CaseIterable {
        case shop, place, violation, time
        /// Until when it must be corrected.
        case due
        /// By which the party finds its case and answers.
        case code
        /// The street office's telephone.
        case phone
    }

    /// The most that a filled-in message may have, in characters: what gateways send as one long message.
    public static let textLimit = 500

    /// Kept with every message; never reused for another text.
    public var id: String
    /// For officers, in the menu.
    public var name: BilingualText
    /// `remind`, `order` or both.
    public var kinds: [CaseAction.Kind]
    /// Violations that it is for; empty for all.
    public var violations: [String]
    public var medium: Medium
    /// The article that the message rests on, as it is cited.
    public var law: String
    /// In the language of the party.
    public var text: String

    public init(
        id: String, name: BilingualText, kinds: [CaseAction.Kind], violations: [String] = [], medium: Medium, law: String, text: String
    ) {
        self.id = id
        self.name = name
        self.kinds = kinds
        self.violations = violations
        self.medium = medium
        self.law = law
        self.text = text
    }

    private enum CodingKeys: String, CodingKey, CaseIterable { case id, name, kinds, violations, medium, law, text }

    /// Stands in a released text for the code that is made when the message goes out.
    public static let codeMark = "{\(Placeholder.code.rawValue)}"

    public init(from decoder: any Decoder) throws {
        try decoder.refuseUnknownKeys(CodingKeys.self)
        let values = try decoder.container(keyedBy: CodingKeys.self)
        id = try values.decode(String.self, forKey: .id)
        name = try values.decode(BilingualText.self, forKey: .name)
        kinds = try values.decode([CaseAction.Kind].self, forKey: .kinds)
        violations = try values.decodeIfPresent([String].self, forKey: .violations) ?? []
        medium = try values.decode(Medium.self, forKey: .medium)
        law = try values.decode(String.self, forKey: .law)
        text = try values.decode(String.self, forKey: .text)
    }

    public func fits(_ kind: CaseAction.Kind, violation: String) -> Bool {
        kinds.contains(kind) && (violations.isEmpty || violations.contains(violation))
    }

    /// The words in braces, in their order; what is no placeholder too.
    public var names: [String] { Self.pieces(of: text).compactMap { if case .place(let name) = $0 { name } else { nil } } }

    /// The text with every place filled in; names the places for which `facts` has nothing.
    public func filled(_ facts: [Placeholder: String]) throws(NoticeRefusal) -> String {
        var missing: [Placeholder] = []
        var result = ""
        for piece in Self.pieces(of: text) {
            switch piece {
            case .words(let words): result += words
            case .place(let name):
                guard let placeholder = Placeholder(rawValue: name), let fact = facts[placeholder], !fact.isBlank else {
                    if let placeholder = Placeholder(rawValue: name), !missing.contains(placeholder) { missing.append(placeholder) }
                    continue
                }
                // A shop's name comes from a ledger: it must not open a place of its own, nor break the line.
                result += fact.map { $0.isNewline ? " " : $0 == "{" || $0 == "}" ? " " : String($0) }.joined()
            }
        }
        guard missing.isEmpty else { throw .factsMissing(template: id, missing) }
        guard result.count <= Self.textLimit else { throw .textTooLong(characters: result.count) }
        return result
    }

    private enum Piece {
        case words(String)
        case place(String)
    }

    private static func pieces(of text: String) -> [Piece] {
        var pieces: [Piece] = []
        var rest = text[...]
        while let open = rest.firstIndex(of: "{") {
            pieces.append(.words(String(rest[..<open])))
            rest = rest[rest.index(after: open)...]
            guard let close = rest.firstIndex(of: "}") else {
                pieces.append(.place(String(rest)))
                return pieces
            }
            pieces.append(.place(String(rest[..<close])))
            rest = rest[rest.index(after: close)...]
        }
        pieces.append(.words(String(rest)))
        return pieces
    }
}
