/// The same words in Chinese and in English; both are always there.
public struct BilingualText: Codable, Sendable, Hashable {
    public var zh: String
    public var en: String

    public init(zh: String, en: String) {
        self.zh = zh
        self.en = en
    }

    private enum CodingKeys: String, CodingKey, CaseIterable { case zh, en }

    public init(from decoder: any Decoder) throws {
        try decoder.refuseUnknownKeys(CodingKeys.self)
        let values = try decoder.container(keyedBy: CodingKeys.self)
        zh = try values.decode(String.self, forKey: .zh)
        en = try values.decode(String.self, forKey: .en)
    }

    var isEmpty: Bool { zh.isBlank || en.isBlank }
}

extension String {
    var isBlank: Bool { allSatisfy(\.isWhitespace) }

    /// An identifier in files and addresses: lower-case letters, digits and `-`, a letter first.
    var isIdentifier: Bool {
        guard let first, ("a"..."z").contains(first) else { return false }
        return allSatisfy { ("a"..."z").contains($0) || ("0"..."9").contains($0) || $0 == "-" }
    }
}
