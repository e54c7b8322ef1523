extension Decoder {
    /// Throws a `DecodingError` whose coding path ends in the first key that is not one of `Keys`, so that a misspelt key in a
    /// file is an error at its place instead of a setting without effect.
    func refuseUnknownKeys<Keys: CodingKey & CaseIterable>(_ keys: Keys.Type) throws {
        let known = Keys.allCases.map(\.stringValue)
        let container = try container(keyedBy: AnyKey.self)
        let unknown = container.allKeys.filter { !known.contains($0.stringValue) }.min {
            $0.stringValue < $1.stringValue
        }
        guard let unknown else { return }
        throw DecodingError.dataCorrupted(
            DecodingError.Context(
                codingPath: container.codingPath + [unknown],
                debugDescription: "unknown key “\(unknown.stringValue)”; known are \(known.joined(separator: ", "))"))
    }
}

private struct AnyKey: CodingKey {
    var stringValue: String
    var intValue: Int? { nil }

    init(stringValue: String) {
        self.stringValue = stringValue
    }

    init?(intValue: Int) {
        nil
    }
}
