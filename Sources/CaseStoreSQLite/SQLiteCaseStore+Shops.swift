public import Casework
public import Foundation
import GRDB

extension SQLiteCaseStore {
    /// One walk of the index of shops, whatever the size of the store.
    public func shopCases(shopID: String, limit: Int) async throws -> [CaseRecord] {
        try await read { db in
            try Row.fetchAll(
                db,
                sql: """
                    SELECT \(CaseQuery.columns) FROM cases JOIN incidents ON incidents.id = cases.incident_id
                    WHERE cases.shop_id = ? ORDER BY cases.created_at DESC, cases.id DESC LIMIT ?
                    """,
                arguments: [shopID, min(max(limit, 1), 500)]
            ).map(CaseQuery.record)
        }
    }

    public func putLedger(_ kind: LedgerKind, all drafts: [LedgerDraft], author: String, at: Date) async throws {
        guard kind != .user else { throw CaseStoreError.refused("users are changed as users, not in their ledger") }
        try await write { db in
            for draft in drafts {
                try Self.putLedger(
                    kind, id: draft.id, document: draft.document, isRetired: false, expecting: draft.expecting, author: author, at: at, db)
            }
        }
    }
}
