public import Casework
public import Foundation
import GRDB

extension SQLiteCaseStore {
    public func ledger(_ kind: LedgerKind, includingRetired: Bool) async throws -> [LedgerEntry] {
        try await read { db in
            try Row.fetchAll(
                db,
                sql: """
                    SELECT * FROM ledger_entries AS newest WHERE kind = ?
                        AND version = (SELECT MAX(version) FROM ledger_entries WHERE kind = newest.kind AND id = newest.id)
                        \(includingRetired ? "" : "AND is_retired = 0")
                    ORDER BY id
                    """,
                arguments: [kind.rawValue]
            ).compactMap(Self.ledgerEntry)
        }
    }

    public func ledgerEntry(_ kind: LedgerKind, id: String) async throws -> LedgerEntry? {
        try await read { db in try Self.ledgerEntry(kind, id, db) }
    }

    public func ledgerHistory(_ kind: LedgerKind, id: String) async throws -> [LedgerEntry] {
        try await read { db in
            try Row.fetchAll(
                db, sql: "SELECT * FROM ledger_entries WHERE kind = ? AND id = ? ORDER BY version", arguments: [kind.rawValue, id]
            ).compactMap(Self.ledgerEntry)
        }
    }

    public func putLedger(
        _ kind: LedgerKind, id: String, document: String, isRetired: Bool, expecting version: Int, author: String, at: Date
    ) async throws -> LedgerEntry {
        guard kind != .user else { throw CaseStoreError.refused("users are changed as users, not in their ledger") }
        return try await write { db in
            try Self.putLedger(
                kind, id: id, document: document, isRetired: isRetired, expecting: version, author: author, at: at, db)
        }
    }

    /// Within the caller's transaction; `expecting` nil puts it after whatever stands.
    @discardableResult
    static func putLedger(
        _ kind: LedgerKind, id: String, document: String, isRetired: Bool, expecting version: Int?, author: String, at: Date,
        _ db: Database
    ) throws -> LedgerEntry {
        guard JSONText.isObject(document), !id.isEmpty, id.count <= 100 else {
            throw CaseStoreError.refused(
                "\(kind.rawValue) “\(id.prefix(100))”: the id is empty or too long, or the document no JSON object")
        }
        let standing = try ledgerEntry(kind, id, db)
        if let version, version != standing?.version ?? 0 {
            throw CaseStoreError.conflict("\(kind.rawValue) “\(id)”: version \(standing?.version ?? 0) stands, \(version) was seen")
        }
        if let standing, standing.document == document, standing.isRetired == isRetired { return standing }
        try HashChain.ledger.append(
            db,
            [
                kind.rawValue, id, (standing?.version ?? 0) + 1, document, isRetired ? 1 : 0, author, try StoreTime.milliseconds(at),
            ])
        guard let entry = try ledgerEntry(kind, id, db) else { throw CaseStoreError.notFound("\(kind.rawValue) “\(id)”") }
        return entry
    }

    static func ledgerEntry(_ kind: LedgerKind, _ id: String, _ db: Database) throws -> LedgerEntry? {
        try Row.fetchOne(
            db, sql: "SELECT * FROM ledger_entries WHERE kind = ? AND id = ? ORDER BY version DESC LIMIT 1",
            arguments: [kind.rawValue, id]
        ).flatMap(ledgerEntry)
    }

    /// nil for a ledger that this version of the program does not know.
    private static func ledgerEntry(_ row: Row) -> LedgerEntry? {
        LedgerKind(rawValue: row["kind"]).map { kind in
            LedgerEntry(
                sequence: row["sequence"], kind: kind, id: row["id"], version: row["version"], document: row["document"],
                isRetired: row["is_retired"], author: row["author"], at: StoreTime.date(row["at"]), hash: row["hash"])
        }
    }
}
