public import Foundation

/// One version of one entry of a ledger. Appended, never changed; each line carries the hash of the one before.
public struct LedgerEntry: Codable, Sendable, Hashable {
    /// Place in the whole store's ledger log, from 1.
    public var sequence: Int64
    public var kind: LedgerKind
    /// Unique within the kind, for ever.
    public var id: String
    /// From 1, without gaps within an entry.
    public var version: Int
    /// JSON object.
    public var document: String
    /// Taken out of use; the entry stays for what points at it.
    public var isRetired: Bool
    /// A user's id, or `machine`.
    public var author: String
    public var at: Date
    public var hash: String

    public init(
        sequence: Int64, kind: LedgerKind, id: String, version: Int, document: String, isRetired: Bool, author: String, at: Date,
        hash: String
    ) {
        self.sequence = sequence
        self.kind = kind
        self.id = id
        self.version = version
        self.document = document
        self.isRetired = isRetired
        self.author = author
        self.at = at
        self.hash = hash
    }
}
