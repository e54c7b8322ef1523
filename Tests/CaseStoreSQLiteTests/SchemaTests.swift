import CaseStoreSQLite
import Casework
import Foundation
import GRDB
import Testing

@Suite("The store's schema")
struct SchemaTests {
    @Test("a store made from nothing has every table and all steps, and opens again without another")
    func fromNothing() async throws {
        try await TemporaryStore.with { temporary in
            let tables = try await temporary.store.pool.read { db in
                try String.fetchSet(
                    db, sql: "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite%'")
            }
            #expect(
                tables == [
                    "channels", "channel_versions", "zones_versions", "zones_notes", "incidents", "cases", "case_events", "users",
                    "sessions",
                    "access_log", "health_days", "faults", "fault_notes", "ledger_entries", "case_totals",
                    "review_times", "local_offsets", "retention_runs", "delivery_cursors", "external_findings", "notices",
                    "grdb_migrations",
                ])
            try temporary.store.close()
            let again = try SQLiteCaseStore.open(directory: temporary.folder)
            let steps = try await again.pool.read { db in
                try String.fetchAll(db, sql: "SELECT identifier FROM grdb_migrations ORDER BY rowid")
            }
            #expect(steps == StoreSchema.steps.map(\.name))
            #expect(try await again.channels().map(\.id) == ["c1"])
            try again.close()
        }
    }

    @Test("the schema in the file says of every column what it holds")
    func comments() async throws {
        try await TemporaryStore.with { temporary in
            let tables = try await temporary.store.pool.read { db in
                try Row.fetchAll(
                    db,
                    sql: """
                        SELECT name, sql FROM sqlite_master
                        WHERE type = 'table' AND name NOT LIKE 'sqlite%' AND name <> 'grdb_migrations'
                        """
                ).map { row in
                    (row["name"] as String, row["sql"] as String)
                }
            }
            #expect(tables.count == 21)
            for (table, sql) in tables {
                let columns = try await temporary.store.pool.read { db in try db.columns(in: table).map(\.name) }
                #expect(!columns.isEmpty)
                #expect(Self.uncommented(columns, in: sql) == [], "table \(table)")
            }
        }
    }

    @Test("the check for comments finds a column without one")
    func commentCheck() {
        let sql = """
            CREATE TABLE t (
                -- Said.
                a TEXT,
                b TEXT,
                --
                c TEXT
            )
            """
        #expect(Self.uncommented(["a", "b", "c"], in: sql) == ["b", "c"])
    }

    /// The columns whose line does not follow a comment that says something.
    private static func uncommented(_ columns: [String], in sql: String) -> [String] {
        let lines = sql.split(separator: "\n").map { $0.trimmingCharacters(in: .whitespaces) }
        return columns.filter { column in
            // Of one that was added later, SQLite keeps the text from its name on: the comment comes behind it.
            if let line = lines.firstIndex(where: { $0.hasSuffix(", " + column) }), line + 1 < lines.count {
                return !lines[line + 1].hasPrefix("-- ") || lines[line + 1].count < 8
            }
            guard let line = lines.firstIndex(where: { $0.hasPrefix(column + " ") }), line > 0 else { return true }
            return !lines[line - 1].hasPrefix("-- ") || lines[line - 1].count < 8
        }
    }

    @Test("times are kept in whole milliseconds of UTC")
    func times() async throws {
        try await TemporaryStore.with { temporary in
            let at = Date(timeIntervalSince1970: 1_764_000_000.1234)
            try await temporary.store.addCase(TemporaryStore.record("k1", createdAt: at), actor: "machine")
            let stored = try await temporary.store.pool.read { db in
                try Int64.fetchOne(db, sql: "SELECT created_at FROM cases")
            }
            #expect(stored == 1_764_000_000_123)
            let read = try #require(try await temporary.store.caseRecord(id: "k1"))
            #expect(abs(read.createdAt.timeIntervalSince1970 - 1_764_000_000.123) < 1e-6)
        }
    }

    @Test("a time that no clock shows is refused instead of stored", arguments: [-1e12, 1e15, .infinity, .nan])
    func impossibleTimes(_ seconds: Double) async throws {
        try await TemporaryStore.with { temporary in
            let record = TemporaryStore.record("k1", createdAt: Date(timeIntervalSince1970: seconds))
            await #expect(throws: CaseStoreError.self) { try await temporary.store.addCase(record, actor: "machine") }
            let stored = try await temporary.store.caseRecord(id: "k1")
            #expect(stored == nil)
        }
    }

    @Test("each commit is flushed to the disk: write-ahead log, synchronous FULL, references enforced")
    func durability() async throws {
        try await TemporaryStore.with { temporary in
            let settings = try await temporary.store.pool.write { db in
                try ["journal_mode", "synchronous", "foreign_keys"].map { name in
                    try String.fetchOne(db, sql: "SELECT CAST(\(name) AS TEXT) FROM pragma_\(name)")
                }
            }
            #expect(settings == ["wal", "2", "1"])
        }
    }

    static let appendOnly = [
        "UPDATE case_events SET actor = 'x'", "DELETE FROM case_events", "UPDATE access_log SET user_id = 'x'",
        "DELETE FROM access_log", "UPDATE zones_versions SET document = '{}'", "DELETE FROM zones_versions",
        "UPDATE zones_notes SET note = 'x'", "DELETE FROM zones_notes",
        "UPDATE channel_versions SET author = 'x'", "DELETE FROM channel_versions",
        "INSERT OR REPLACE INTO case_events SELECT sequence, case_id, at, 'x', kind, detail, hash FROM case_events",
    ]

    @Test("lines of the logs and versions of the zones can be neither changed nor removed", arguments: appendOnly)
    func triggers(_ sql: String) async throws {
        try await TemporaryStore.with { temporary in
            let store = temporary.store
            try await store.addCase(TemporaryStore.record("k1"), actor: "machine")
            try await store.setZones(
                channelID: "c1", document: #"{"zones": []}"#, note: "why", author: "wang", at: TemporaryStore.start)
            try await store.appendAccess(
                AccessRecord(at: TemporaryStore.start, userID: "wang", action: "login", subject: "", address: ""))
            let error = await #expect(throws: DatabaseError.self) {
                try await store.pool.write { db in try db.execute(sql: sql) }
            }
            #expect(error?.message?.hasSuffix("is append-only") == true)
        }
    }
}
