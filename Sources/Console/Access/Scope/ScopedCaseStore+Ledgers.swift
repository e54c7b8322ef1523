import Casework
import Foundation

/// The entries of the ledger of devices hang on channels, by id; those of the other ledgers on none.
extension ScopedCaseStore {
    func ledger(_ kind: LedgerKind, includingRetired: Bool) async throws -> [LedgerEntry] {
        try await base.ledger(kind, includingRetired: includingRetired).filter { holds(kind, $0.id) }
    }

    func ledgerEntry(_ kind: LedgerKind, id: String) async throws -> LedgerEntry? {
        holds(kind, id) ? try await base.ledgerEntry(kind, id: id) : nil
    }

    func ledgerHistory(_ kind: LedgerKind, id: String) async throws -> [LedgerEntry] {
        holds(kind, id) ? try await base.ledgerHistory(kind, id: id) : []
    }

    func putLedger(
        _ kind: LedgerKind, id: String, document: String, isRetired: Bool, expecting version: Int, author: String, at: Date
    ) async throws -> LedgerEntry {
        guard holds(kind, id) else { throw CaseStoreError.notFound("\(kind.rawValue) “\(id)”") }
        // Nobody widens the fence that they stand in.
        if kind == .cameraGroup { try requireAll() }
        return try await base.putLedger(
            kind, id: id, document: document, isRetired: isRetired, expecting: version, author: author, at: at)
    }

    /// All of them, whatever the camera: whether an offence is the party's first (administrative penalty law art. 33) must not
    /// depend on who looks. The cases themselves open within the scope only.
    func shopCases(shopID: String, limit: Int) async throws -> [CaseRecord] {
        try await base.shopCases(shopID: shopID, limit: limit)
    }

    func putLedger(_ kind: LedgerKind, all drafts: [LedgerDraft], author: String, at: Date) async throws {
        for draft in drafts where !holds(kind, draft.id) { throw CaseStoreError.notFound("\(kind.rawValue) “\(draft.id)”") }
        if kind == .cameraGroup { try requireAll() }
        try await base.putLedger(kind, all: drafts, author: author, at: at)
    }

    private func holds(_ kind: LedgerKind, _ id: String) -> Bool { kind != .device || scope.holds(id) }
}
