import Foundation

/// A JSON value of any kind, for documents whose form a ledger knows.
enum JSONValue: Codable, Sendable, Hashable {
    case null
    case boolean(Bool)
    case number(Double)
    case text(String)
    case list([JSONValue])
    case object([String: JSONValue])

    init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if container.decodeNil() {
            self = .null
        } else if let value = try? container.decode(Bool.self) {
            self = .boolean(value)
        } else if let value = try? container.decode(Double.self) {
            self = .number(value)
        } else if let value = try? container.decode(String.self) {
            self = .text(value)
        } else if let value = try? container.decode([JSONValue].self) {
            self = .list(value)
        } else {
            self = .object(try container.decode([String: JSONValue].self))
        }
    }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        switch self {
        case .null: try container.encodeNil()
        case .boolean(let value): try container.encode(value)
        case .number(let value): try container.encode(value)
        case .text(let value): try container.encode(value)
        case .list(let value): try container.encode(value)
        case .object(let value): try container.encode(value)
        }
    }

    /// The object in a text; empty for a text that holds none.
    static func object(in text: String) -> [String: JSONValue] {
        (try? JSONDecoder().decode([String: JSONValue].self, from: Data(text.utf8))) ?? [:]
    }

    /// As a text with members in order of their names.
    var document: String { (try? JSONAnswer.encode(self)).map { String(decoding: $0, as: UTF8.self) } ?? "{}" }

    subscript(_ member: String) -> JSONValue? { if case .object(let members) = self { members[member] } else { nil } }

    var text: String? { if case .text(let value) = self { value } else { nil } }
    var items: [JSONValue] { if case .list(let value) = self { value } else { [] } }
    var isTrue: Bool { self == .boolean(true) }
    var number: Double? { if case .number(let value) = self { value } else { nil } }
}
