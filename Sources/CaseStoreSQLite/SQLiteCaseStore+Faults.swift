public import Casework
public import Foundation
import GRDB

extension SQLiteCaseStore {
    public func saveFaults(_ faults: [FaultRecord]) async throws {
        guard !faults.isEmpty else { return }
        try await write { db in
            let statement = try db.cachedStatement(
                sql: """
                    INSERT INTO faults (id, channel_id, kind, reason, figure, started_at, ended_at, has_still)
                    VALUES (?, ?, ?, ?, ?, ?, ?, ?)
                    ON CONFLICT (id) DO UPDATE SET
                        reason = excluded.reason, figure = excluded.figure, ended_at = excluded.ended_at, has_still = excluded.has_still
                    """)
            for fault in faults {
                try statement.execute(arguments: [
                    fault.id, fault.channelID, fault.kind.rawValue, fault.reason, fault.figure,
                    try StoreTime.milliseconds(fault.startedAt), try StoreTime.milliseconds(ifAny: fault.endedAt), fault.hasStill,
                ])
            }
        }
    }

    public func fault(id: String) async throws -> FaultRecord? {
        try await read { db in try Self.fault(id, db) }
    }

    public func faults(_ filter: FaultFilter, before: Date?, limit: Int) async throws -> [FaultRecord] {
        try await read { db in
            var faults: [FaultRecord] = []
            if filter.standing != .closed, before == nil { faults = try Self.page(filter, isOpen: true, before: nil, limit, db) }
            if filter.standing != .open, faults.count < limit {
                faults += try Self.page(filter, isOpen: false, before: before, limit - faults.count, db)
            }
            return try Self.withNotes(faults, db)
        }
    }

    /// Newest first, of one standing only, whose index gives its rows in order.
    package static func pageStatement(_ filter: FaultFilter, isOpen: Bool, after: Bool) -> String {
        var conditions = [isOpen ? "ended_at IS NULL" : "ended_at IS NOT NULL"]
        if filter.kind != nil { conditions.append("kind = :kind") }
        if filter.channelID != nil { conditions.append("channel_id = :channel") }
        if after { conditions.append("started_at < :before") }
        return "SELECT * FROM faults WHERE \(conditions.joined(separator: " AND ")) ORDER BY started_at DESC, id DESC LIMIT :limit"
    }

    private static func page(
        _ filter: FaultFilter, isOpen: Bool, before: Date?, _ limit: Int, _ db: Database
    ) throws -> [FaultRecord] {
        var arguments: [String: any DatabaseValueConvertible] = ["limit": limit]
        arguments["kind"] = filter.kind?.rawValue
        arguments["channel"] = filter.channelID
        arguments["before"] = try StoreTime.milliseconds(ifAny: before)
        let sql = pageStatement(filter, isOpen: isOpen, after: before != nil)
        return try Row.fetchAll(db, sql: sql, arguments: StatementArguments(arguments)).compactMap(fault)
    }

    public func openFaultCount() async throws -> Int {
        try await read { db in try Int.fetchOne(db, sql: "SELECT COUNT(*) FROM faults WHERE ended_at IS NULL") ?? 0 }
    }

    /// - Throws: `CaseStoreError.notFound`, `.refused` for a note that is empty or too long.
    public func addNote(_ note: FaultNote, faultID: String) async throws -> FaultRecord {
        guard (1...500).contains(note.text.count) else {
            throw CaseStoreError.refused("a note has 1 to 500 characters")
        }
        return try await write { db in
            guard try Self.fault(faultID, db) != nil else { throw CaseStoreError.notFound("fault \(faultID)") }
            try db.execute(
                sql: "INSERT INTO fault_notes (fault_id, at, user_id, text) VALUES (?, ?, ?, ?)",
                arguments: [faultID, try StoreTime.milliseconds(note.at), note.userID, note.text])
            guard let fault = try Self.fault(faultID, db) else { throw CaseStoreError.notFound("fault \(faultID)") }
            return fault
        }
    }

    private static func fault(_ id: String, _ db: Database) throws -> FaultRecord? {
        let found = try Row.fetchOne(db, sql: "SELECT * FROM faults WHERE id = ?", arguments: [id]).flatMap(fault)
        return try withNotes(found.map { [$0] } ?? [], db).first
    }

    /// nil for a kind that this version of the program does not know.
    private static func fault(_ row: Row) -> FaultRecord? {
        guard let kind = FaultKind(rawValue: row["kind"]) else { return nil }
        return FaultRecord(
            id: row["id"], channelID: row["channel_id"], kind: kind, reason: row["reason"], figure: row["figure"],
            startedAt: StoreTime.date(row["started_at"]), endedAt: (row["ended_at"] as Int64?).map(StoreTime.date),
            hasStill: row["has_still"])
    }

    private static func withNotes(_ faults: [FaultRecord], _ db: Database) throws -> [FaultRecord] {
        guard !faults.isEmpty else { return [] }
        var notes: [String: [FaultNote]] = [:]
        let rows = try Row.fetchCursor(
            db,
            sql: """
                SELECT fault_id, at, user_id, text FROM fault_notes
                WHERE fault_id IN (SELECT value FROM json_each(?)) ORDER BY sequence
                """,
            arguments: [try JSONText.of(faults.map(\.id))])
        while let row = try rows.next() {
            notes[row["fault_id"], default: []].append(
                FaultNote(text: row["text"], userID: row["user_id"], at: StoreTime.date(row["at"])))
        }
        return faults.map { fault in
            var fault = fault
            fault.notes = notes[fault.id] ?? []
            return fault
        }
    }
}
