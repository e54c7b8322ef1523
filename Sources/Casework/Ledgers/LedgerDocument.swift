import Foundation

/// What a ledger's entries hold.
public protocol LedgerDocument: Codable, Sendable, Hashable {
    static var ledger: LedgerKind { get }
    /// Everything that is wrong with it, by field, for whoever entered it; empty if all is well.
    var problems: [LedgerProblem] { get }
}

/// What is wrong with one field of a ledger's entry.
public struct LedgerProblem: Sendable, Hashable {
    public var field: String
    public var text: BilingualText

    public init(field: String, text: BilingualText) {
        self.field = field
        self.text = text
    }
}

extension LedgerStore {
    /// The entries in use, by id; one whose document this version of the program cannot read is refused by name.
    public func documents<Document: LedgerDocument>(_: Document.Type) async throws -> [String: Document] {
        try await ledger(Document.ledger, includingRetired: false).reduce(into: [:]) { all, entry in
            all[entry.id] = try entry.decoded(Document.self)
        }
    }

    public func document<Document: LedgerDocument>(_: Document.Type, id: String) async throws -> Document? {
        guard let entry = try await ledgerEntry(Document.ledger, id: id), !entry.isRetired else { return nil }
        return try entry.decoded(Document.self)
    }
}

extension LedgerEntry {
    public func decoded<Document: LedgerDocument>(_: Document.Type) throws -> Document {
        do {
            return try JSONDecoder().decode(Document.self, from: Data(document.utf8))
        } catch {
            throw CaseStoreError.refused("\(kind.rawValue) “\(id)”, version \(version): cannot be read (\(error))")
        }
    }
}
