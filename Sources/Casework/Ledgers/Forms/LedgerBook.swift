import Foundation

/// One ledger with its form, whatever its documents' type: what the generic pages and the API work with.
public struct LedgerBook: Sendable {
    /// What the pages need of one document.
    public struct Reading: Sendable, Hashable {
        public var title: String
        public var expiries: [LedgerExpiry]
        public var problems: [LedgerProblem]
    }

    public let kind: LedgerKind
    public let about: LedgerAbout
    public let fields: [LedgerField]
    private let reader: @Sendable (_ document: Data, _ old: Data?, _ day: LocalDay) throws -> Reading
    private let writer: @Sendable (_ document: Data) throws -> Data

    public init<Document: LedgerForm>(_: Document.Type, _ choices: LedgerChoices) {
        kind = Document.ledger
        about = Document.about
        fields = Document.fields(choices)
        reader = { data, old, day in
            let document = try JSONDecoder().decode(Document.self, from: data)
            // An old version that cannot be read any more is no reason not to replace it.
            let old = old.flatMap { try? JSONDecoder().decode(Document.self, from: $0) }
            return Reading(
                title: document.title, expiries: document.expiries, problems: document.problems(replacing: old, on: day))
        }
        writer = { data in
            let encoder = JSONEncoder()
            encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
            return try encoder.encode(JSONDecoder().decode(Document.self, from: data))
        }
    }

    /// What a document says, and all that is wrong with it.
    /// - Parameter old: what it would replace; nil for a new entry.
    public func read(_ document: String, replacing old: String? = nil, on day: LocalDay) -> Reading {
        do {
            if let unknown = unknownKey(document) {
                throw DecodingError.dataCorrupted(.init(codingPath: [], debugDescription: "unknown key “\(unknown)”"))
            }
            return try reader(Data(document.utf8), old.map { Data($0.utf8) }, day)
        } catch {
            return Reading(title: "", expiries: [], problems: [problem(error)])
        }
    }

    /// The same document in the one way in which it is kept: all members, in order of their names.
    /// - Throws: `DecodingError` for what `read` finds unreadable.
    public func canonical(_ document: String) throws -> String {
        String(decoding: try writer(Data(document.utf8)), as: UTF8.self)
    }

    public func field(_ key: String) -> LedgerField? { fields.first { $0.key == key } }

    private func unknownKey(_ document: String) -> String? {
        let object = try? JSONSerialization.jsonObject(with: Data(document.utf8)) as? [String: Any]
        return object?.keys.filter { field($0) == nil }.min()
    }

    private func problem(_ error: any Error) -> LedgerProblem {
        let context: DecodingError.Context? =
            switch error as? DecodingError {
            case .typeMismatch(_, let context), .valueNotFound(_, let context), .dataCorrupted(let context): context
            case .keyNotFound(let key, let context):
                DecodingError.Context(codingPath: context.codingPath + [key], debugDescription: "is missing")
            default: nil
            }
        let key = context?.codingPath.first?.stringValue ?? ""
        let label = field(key)?.label
        let why = context?.debugDescription ?? "\(error)"
        return LedgerProblem(
            field: key,
            text: BilingualText(
                zh: label.map { "“\($0.zh)”的值无法识别（\(why)）。" } ?? "内容无法识别（\(why)）。",
                en: label.map { "“\($0.en)” cannot be read (\(why))." } ?? "This cannot be read (\(why))."))
    }
}
