public import Casework
public import Foundation
import GRDB

extension SQLiteCaseStore {
    /// The largest page that is read at once.
    private static let accessPageLimit = 10_000

    /// All lines in one transaction, and so with one flush to the disk: a page that shows many cases costs as much as one of a single
    /// case. None of them is ever removed (the law asks for three years; the log is kept as long as the store).
    public func appendAccess(_ entries: [AccessRecord]) async throws {
        guard !entries.isEmpty else { return }
        try await write { db in
            for entry in entries {
                try HashChain.access.append(
                    db,
                    [
                        try StoreTime.milliseconds(entry.at), entry.userID, entry.unit, entry.action, entry.subject, entry.reason,
                        entry.address,
                    ])
            }
        }
    }

    /// Newest first, before a time or from the end. A page may hold a few more than `limit`: it never parts entries of the
    /// same millisecond, so that going on before the last entry's time misses none.
    public func accessLog(before: Date?, limit: Int) async throws -> [AccessRecord] {
        guard limit > 0 else { return [] }
        return try await read { db in
            let end = try StoreTime.milliseconds(ifAny: before) ?? Int64.max
            let oldest = try Int64.fetchOne(
                db, sql: "SELECT MIN(at) FROM (SELECT at FROM access_log WHERE at < ? ORDER BY at DESC LIMIT ?)",
                arguments: [end, limit])
            return try Row.fetchAll(
                db, sql: "SELECT * FROM access_log WHERE at < ? AND at >= ? ORDER BY at DESC, sequence DESC",
                arguments: [end, oldest ?? end]
            ).map { Self.accessLine($0).record }
        }
    }

    public func accessLines(_ filter: AccessFilter, before sequence: Int64?, limit: Int) async throws -> [AccessLine] {
        var conditions: [String] = []
        var arguments: [String: (any DatabaseValueConvertible)?] = ["limit": min(max(limit, 1), Self.accessPageLimit)]
        func add(_ condition: String, _ values: [String: any DatabaseValueConvertible]) {
            conditions.append(condition)
            for (name, value) in values { arguments[name] = value }
        }
        if let sequence { add("sequence < :sequence", ["sequence": sequence]) }
        if let user = filter.userID { add("user_id = :user", ["user": user]) }
        if let action = filter.action { add("action = :action", ["action": action]) }
        if let subject = filter.subject {
            // The character after the slash ends the range of a case's files.
            add(
                "(subject = :subject OR (subject >= :files AND subject < :end))",
                ["subject": subject, "files": subject + "/", "end": subject + "0"])
        }
        if let export = filter.exportID {
            add("action IN ('exported', 'unmasked', 'log-exported') AND subject LIKE '%#' || :export", ["export": export])
        }
        if let time = filter.time {
            add(
                "at >= :from AND at < :to",
                ["from": try StoreTime.milliseconds(time.lowerBound), "to": try StoreTime.milliseconds(time.upperBound)])
        }
        let (clause, bound) = (conditions.joined(separator: " AND "), StatementArguments(arguments))
        return try await read { db in
            try Row.fetchAll(
                db,
                sql: "SELECT * FROM access_log \(clause.isEmpty ? "" : "WHERE \(clause)") ORDER BY sequence DESC LIMIT :limit",
                arguments: bound
            ).map(Self.accessLine)
        }
    }

    public func accessChain() async throws -> AccessChainState {
        try await read { db in
            let last = try Row.fetchOne(db, sql: "SELECT sequence, hash FROM access_log ORDER BY sequence DESC LIMIT 1")
            return AccessChainState(
                lines: try Int64.fetchOne(db, sql: "SELECT COUNT(*) FROM access_log") ?? 0,
                firstBroken: try HashChain.access.firstBroken(db), head: last?["hash"] ?? "")
        }
    }

    private static func accessLine(_ row: Row) -> AccessLine {
        AccessLine(
            sequence: row["sequence"],
            record: AccessRecord(
                at: StoreTime.date(row["at"]), userID: row["user_id"], unit: row["unit"], action: row["action"], subject: row["subject"],
                reason: row["reason"], address: row["address"]),
            hash: row["hash"])
    }
}
