public import Foundation

/// What the ledgers of shops need of a store beside their entries.
public protocol ShopStore: Sendable {
    /// The cases that are about the shop, newest first.
    /// - Parameter limit: 1…500.
    func shopCases(shopID: String, limit: Int) async throws -> [CaseRecord]
    /// Adds a version of each of these, all or none.
    /// - Throws: as `putLedger`.
    func putLedger(_ kind: LedgerKind, all drafts: [LedgerDraft], author: String, at: Date) async throws
}

/// A version that is to be added to a ledger.
public struct LedgerDraft: Sendable, Hashable {
    public var id: String
    /// JSON object.
    public var document: String
    /// The version that the author saw, 0 for a new entry.
    public var expecting: Int

    public init(id: String, document: String, expecting: Int) {
        self.id = id
        self.document = document
        self.expecting = expecting
    }
}
