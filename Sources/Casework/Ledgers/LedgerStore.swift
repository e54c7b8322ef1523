public import Foundation

/// Where the ledgers are kept: one hash-chained log of versions for all of them.
public protocol LedgerStore: Sendable {
    /// The newest version of each entry, by id.
    func ledger(_ kind: LedgerKind, includingRetired: Bool) async throws -> [LedgerEntry]
    /// The newest version, retired or not.
    func ledgerEntry(_ kind: LedgerKind, id: String) async throws -> LedgerEntry?
    /// All versions, oldest first.
    func ledgerHistory(_ kind: LedgerKind, id: String) async throws -> [LedgerEntry]
    /// Adds a version; `expecting` is the version that the author saw, 0 for a new entry. The same document again adds none.
    /// - Throws: `CaseStoreError.conflict` if another version stands, `.refused` for what is no JSON object.
    func putLedger(
        _ kind: LedgerKind, id: String, document: String, isRetired: Bool, expecting version: Int, author: String, at: Date
    ) async throws -> LedgerEntry
}
