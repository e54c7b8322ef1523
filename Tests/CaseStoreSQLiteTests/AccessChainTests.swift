import CaseStoreSQLite
import Casework
import Foundation
import GRDB
import Testing

@Suite("The chain of the access log")
struct AccessChainTests {
    private static let start = TemporaryStore.start

    private static func record(
        _ index: Int, user: String = "wang", action: String = "case-viewed", subject: String = "k1"
    ) -> AccessRecord {
        AccessRecord(
            at: start + Double(index), userID: user, unit: "执法队", action: action, subject: subject, reason: "review", address: "10.0.0.7")
    }

    private static func edit(_ store: SQLiteCaseStore, _ sql: String) async throws {
        try await store.pool.write { db in
            for name in try String.fetchAll(db, sql: "SELECT name FROM sqlite_master WHERE type = 'trigger'") {
                try db.execute(sql: "DROP TRIGGER \(name)")
            }
            for statement in sql.split(separator: ";") { try db.execute(sql: String(statement)) }
        }
    }

    static let edits: [(sql: String, line: Int64)] = [
        ("UPDATE access_log SET subject = 'k9' WHERE sequence = 3", 3),
        ("DELETE FROM access_log WHERE sequence = 3", 3),
        ("DELETE FROM access_log WHERE sequence = 6", 6),
        // Two lines change places.
        (
            """
            UPDATE access_log SET sequence = 100 WHERE sequence = 2;
            UPDATE access_log SET sequence = 2 WHERE sequence = 4;
            UPDATE access_log SET sequence = 4 WHERE sequence = 100
            """, 2
        ),
        // One is put in, and those behind it move up.
        (
            """
            UPDATE access_log SET sequence = sequence + 100 WHERE sequence >= 4;
            INSERT INTO access_log SELECT 4, at, 'li', unit, action, subject, reason, address, hash FROM access_log WHERE sequence = 3;
            UPDATE access_log SET sequence = sequence - 99 WHERE sequence >= 100
            """, 4
        ),
    ]

    @Test("a line that was edited, taken out, put in or moved is named", arguments: edits.indices)
    func mutation(_ index: Int) async throws {
        try await TemporaryStore.with { temporary in
            let store = temporary.store
            try await store.appendAccess((0..<6).map { Self.record($0, subject: "k\($0)") })
            let whole = try await store.accessChain()
            #expect(whole.lines == 6)
            #expect(whole.firstBroken == nil)
            try await Self.edit(store, Self.edits[index].sql)
            #expect(try await store.accessChain().firstBroken == Self.edits[index].line)
            let problems = try await store.problems()
            #expect(problems.contains { $0.subject == "access_log line \(Self.edits[index].line)" })
        }
    }

    @Test("lines appended at once are all there or none, and follow each other")
    func batch() async throws {
        try await TemporaryStore.with { temporary in
            let store = temporary.store
            try await store.appendAccess([])
            try await store.appendAccess((0..<3).map { Self.record($0) })
            var broken = (3..<5).map { Self.record($0) }
            broken.append(Self.record(5, action: ""))
            let wrong = broken
            await #expect(throws: CaseStoreError.self) { try await store.appendAccess(wrong) }
            let state = try await store.accessChain()
            #expect(state.lines == 3)
            #expect(state.firstBroken == nil)
            let last = try await store.accessLines(AccessFilter(), before: nil, limit: 10).first
            #expect(last?.hash == state.head)
        }
    }

    @Test("the log is asked by user, action, case with its files, export and time, page by page")
    func filters() async throws {
        try await TemporaryStore.with { temporary in
            let store = temporary.store
            try await store.appendAccess([
                Self.record(0), Self.record(1, action: "file-viewed", subject: "k1/clip.mp4"), Self.record(2, user: "li", subject: "k10"),
                Self.record(3, action: "exported", subject: "k1/at-start.jpg#7K2M"), Self.record(4, action: "queue-viewed", subject: "k2"),
            ])
            func lines(_ filter: AccessFilter, before: Int64? = nil, limit: Int = 10) async throws -> [Int64] {
                try await store.accessLines(filter, before: before, limit: limit).map(\.sequence)
            }
            #expect(try await lines(AccessFilter()) == [5, 4, 3, 2, 1])
            #expect(try await lines(AccessFilter(userID: "li")) == [3])
            #expect(try await lines(AccessFilter(action: "queue-viewed")) == [5])
            #expect(try await lines(AccessFilter(subject: "k1")) == [4, 2, 1])
            #expect(try await lines(AccessFilter(exportID: "7K2M")) == [4])
            let time = Self.start.addingTimeInterval(1)..<Self.start.addingTimeInterval(3)
            #expect(try await lines(AccessFilter(time: time)) == [3, 2])
            #expect(try await lines(AccessFilter(userID: "wang", subject: "k1"), before: 4, limit: 1) == [2])
            #expect(try await lines(AccessFilter(subject: "' OR 1=1 --")) == [])
        }
    }

    @Test("a log from before the chain becomes its begin, unchanged, and grows on")
    func upgrade() async throws {
        let folder = try TemporaryStore.makeFolder()
        defer { try? FileManager.default.removeItem(at: folder) }
        try await Self.makeOlderStore(folder)
        let store = try SQLiteCaseStore.open(directory: folder, now: { Self.start })
        defer { try? store.close() }
        let lines = try await store.accessLines(AccessFilter(), before: nil, limit: 10)
        #expect(lines.map(\.sequence) == [3, 2, 1])
        #expect(lines.map(\.record.subject) == ["s3", "s2", "s1"])
        #expect(lines.map(\.record.reason) == ["", "", ""])
        #expect(lines.map(\.record.unit) == ["", "", ""])
        try await store.appendAccess(Self.record(9))
        let state = try await store.accessChain()
        #expect(state.lines == 4)
        #expect(state.firstBroken == nil)
        #expect(try await store.users().map(\.login) == ["wang"])
        #expect(try await store.problems() == [])
    }

    /// A store as the steps before the chain left it, with three lines and a user.
    private static func makeOlderStore(_ folder: URL) async throws {
        let pool = try DatabasePool(path: folder.path + "/xunjie.sqlite")
        var migrator = DatabaseMigrator()
        for step in StoreSchema.steps.prefix(while: { $0.name != "006-ledgers" }) {
            migrator.registerMigration(step.name) { db in try db.execute(sql: step.sql) }
        }
        try await pool.write { db in try db.execute(sql: "PRAGMA application_id = \(StoreSchema.applicationID)") }
        try migrator.migrate(pool)
        try await pool.write { db in
            try db.execute(
                sql: """
                    INSERT INTO users (id, login, display_name, role, password_hash, enabled, created_at, camera_groups)
                    VALUES ('u1', 'wang', 'Wang', 'officer', 'scrypt$x', 1, 5, '[]')
                    """)
            for index in 1...3 {
                try db.execute(
                    sql: "INSERT INTO access_log (at, user_id, action, subject, address) VALUES (?, 'u1', 'case-viewed', ?, '')",
                    arguments: [index, "s\(index)"])
            }
        }
        try pool.close()
    }

    @Test("cases and counts within a scope are those of its channels")
    func scope() async throws {
        try await TemporaryStore.with { temporary in
            let store = temporary.store
            try await store.addChannel(TemporaryStore.channel("c2"))
            for (index, channel) in ["c1", "c2", "c1", "c2", "c2"].enumerated() {
                try await store.addCase(
                    TemporaryStore.record("k\(index)", channel: channel, createdAt: Self.start + Double(index)), actor: "machine")
            }
            func ids(_ scope: AccessScope, channel: String? = nil) async throws -> [String] {
                try await store.cases(CaseFilter(channelID: channel, scope: scope), after: nil, limit: 10).cases.map(\.id)
            }
            #expect(try await ids(.all) == ["k4", "k3", "k2", "k1", "k0"])
            #expect(try await ids(.only(["c1"])) == ["k2", "k0"])
            #expect(try await ids(.only(["c1"]), channel: "c2") == [])
            #expect(try await ids(.only(["c1", "c2"]), channel: "c2") == ["k4", "k3", "k1"])
            #expect(try await ids(.nothing) == [])
            #expect(try await store.counts(within: .only(["c1"])).byState["candidate"] == 2)
            #expect(try await store.counts(within: .only(["c1"])).candidatesByViolation == ["piled-goods": 2])
            #expect(try await store.counts(within: .nothing).byState["candidate"] == 0)
            let (all, plain) = (try await store.counts(within: .all), try await store.counts())
            #expect(all == plain)
            let first = try await store.cases(CaseFilter(scope: .only(["c2"])), after: nil, limit: 2)
            let rest = try await store.cases(CaseFilter(scope: .only(["c2"])), after: first.next, limit: 2)
            let paged = (first.cases + rest.cases).map(\.id)
            #expect(paged == ["k4", "k3", "k1"])
        }
    }
}
