public import Casework
public import Foundation
import GRDB

extension SQLiteCaseStore {
    public func settledCases(after cursor: SettledCursor?, limit: Int) async throws -> [CaseRecord] {
        let from = try StoreTime.milliseconds(ifAny: cursor?.settledAt) ?? -1
        return try await read { db in
            try Row.fetchAll(
                db,
                sql: """
                    SELECT \(CaseQuery.columns) FROM cases JOIN incidents ON incidents.id = cases.incident_id
                    WHERE cases.settled_at IS NOT NULL AND cases.deleted_at IS NULL AND (cases.settled_at, cases.id) > (?, ?)
                    ORDER BY cases.settled_at, cases.id LIMIT ?
                    """,
                arguments: [from, cursor?.id ?? "", max(1, limit)]
            ).map(CaseQuery.record)
        }
    }

    public func heldCases(limit: Int) async throws -> [CaseRecord] {
        try await read { db in
            try Row.fetchAll(
                db,
                sql: """
                    SELECT \(CaseQuery.columns) FROM cases JOIN incidents ON incidents.id = cases.incident_id
                    WHERE json_extract(cases.standing, '$.hold') IS NOT NULL AND cases.deleted_at IS NULL
                    ORDER BY cases.created_at DESC LIMIT ?
                    """,
                arguments: [max(1, limit)]
            ).map(CaseQuery.record)
        }
    }

    public func recordDeletion(of record: CaseRecord, detail: DeletionDetail, by actor: String, at: Date) async throws -> Bool {
        try await write { db in
            guard let standing = try Self.caseRecord(record.id, db) else { throw CaseStoreError.notFound("case \(record.id)") }
            // What was looked at outside this transaction must still be so, above all that nobody put a hold on it.
            guard standing.deletedAt == nil, standing.standing == record.standing, standing.standing.hold == nil,
                standing.state.isFinal, standing.manifestSHA256 == detail.manifestSHA256
            else { return false }
            let milliseconds = try StoreTime.milliseconds(at)
            try EventChain.append(
                db, caseID: record.id, at: at, actor: actor, kind: "deleted", detail: StandingText.text(of: detail))
            try db.execute(sql: "UPDATE cases SET deleted_at = ? WHERE id = ?", arguments: [milliseconds, record.id])
            return true
        }
    }

    public func deletions() async throws -> [DeletedCase] {
        try await read { db in
            try Row.fetchAll(
                db,
                sql: """
                    SELECT cases.id, cases.package_path, case_events.at, case_events.detail FROM case_events
                    JOIN cases ON cases.id = case_events.case_id WHERE case_events.kind = 'deleted' ORDER BY case_events.sequence
                    """
            ).compactMap { row in
                guard let detail: DeletionDetail = JSONText.value(row["detail"]) else { return nil }
                return DeletedCase(id: row["id"], packagePath: row["package_path"], at: StoreTime.date(row["at"]), detail: detail)
            }
        }
    }

    public func deletionEvents(before sequence: Int64?, limit: Int) async throws -> [CaseEvent] {
        try await read { db in
            try Row.fetchAll(
                db, sql: "SELECT * FROM case_events WHERE kind = 'deleted' AND sequence < ? ORDER BY sequence DESC LIMIT ?",
                arguments: [sequence ?? .max, max(1, limit)]
            ).map(Self.event)
        }
    }

    public func retentionRuns(limit: Int) async throws -> [RetentionRun] {
        try await read { db in
            try Row.fetchAll(db, sql: "SELECT * FROM retention_runs ORDER BY sequence DESC LIMIT ?", arguments: [max(1, limit)])
                .compactMap { row in
                    RetentionRun.Kind(rawValue: row["kind"]).map {
                        RetentionRun(kind: $0, at: StoreTime.date(row["at"]), actor: row["actor"], detail: row["detail"])
                    }
                }
        }
    }

    public func appendRetentionRun(_ kind: RetentionRun.Kind, by actor: String, at: Date, detail: String) async throws {
        guard JSONText.isObject(detail) else { throw CaseStoreError.refused("retention run: its detail is no JSON object") }
        try await write { db in
            _ = try HashChain.retentionRuns.append(db, [kind.rawValue, actor, try StoreTime.milliseconds(at), detail])
        }
    }
}
