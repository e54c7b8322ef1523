import CaseStoreSQLite
import Casework
import Foundation
import GRDB
import Testing

@Suite("A store looked at from outside")
struct InspectionTests {
    private static func files(_ folder: URL) throws -> [String: Data] {
        try FileManager.default.contentsOfDirectory(atPath: folder.path).reduce(into: [:]) { files, name in
            files[name] = try Data(contentsOf: folder.appendingPathComponent(name))
        }
    }

    @Test("a store at rest is read without a byte of its folder changed; one that runs is read too; none is no problem")
    func untouched() async throws {
        let folder = try TemporaryStore.makeFolder()
        defer { try? FileManager.default.removeItem(at: folder) }
        let none = try await SQLiteCaseStore.inspection(of: folder)
        #expect(!none.hasDatabase && none.problems == [])
        let store = try SQLiteCaseStore.open(directory: folder, now: { TemporaryStore.start })
        try await TemporaryStore.populate(store)
        try await store.addCase(TemporaryStore.record("k1"), actor: "machine")
        let running = try await SQLiteCaseStore.inspection(of: folder)
        #expect(running.problems == [] && running.cases.map(\.id) == ["k1"])
        try store.close()
        let before = try Self.files(folder)
        let atRest = try await SQLiteCaseStore.inspection(of: folder)
        #expect(atRest.problems == [] && atRest.cases == running.cases)
        let after = try Self.files(folder)
        #expect(after == before)
    }

    @Test(
        "rows that are gone, or are not what the log tells, are named",
        arguments: [
            ("DELETE FROM cases", "cases k1"), ("UPDATE incidents SET violation = 'x'", "incidents i-k1"),
            ("DELETE FROM incidents", "cases k1"), ("DELETE FROM users WHERE id = 'li'", "users li"),
        ])
    func gone(_ sql: String, _ subject: String) async throws {
        try await TemporaryStore.with { temporary in
            try await temporary.store.addCase(TemporaryStore.record("k1"), actor: "machine")
            try temporary.store.close()
            try await DatabaseQueue(path: temporary.folder.path + "/xunjie.sqlite").writeWithoutTransaction { db in
                try db.execute(sql: "PRAGMA foreign_keys = OFF")
                try db.execute(sql: sql)
            }
            let problems = try await SQLiteCaseStore.inspect(directory: temporary.folder)
            #expect(problems.map(\.subject).contains(subject), "\(problems)")
        }
    }

    @Test("a file that is damaged, foreign, older or newer is told in one line")
    func unreadable() async throws {
        for (sql, word) in [
            ("PRAGMA application_id = 7", "no store"), ("DELETE FROM grdb_migrations WHERE identifier = '011-totals'", "older version"),
            ("INSERT INTO grdb_migrations VALUES ('999-later')", "newer version"),
        ] {
            try await TemporaryStore.with { temporary in
                try temporary.store.close()
                try await DatabaseQueue(path: temporary.folder.path + "/xunjie.sqlite").writeWithoutTransaction { try $0.execute(sql: sql) }
                let found = try await SQLiteCaseStore.inspection(of: temporary.folder)
                #expect(
                    found.problems.count == 1 && found.problems.allSatisfy { $0.what.contains(word) } && !found.isReadable,
                    "\(found.problems)")
            }
        }
        let folder = try TemporaryStore.makeFolder()
        defer { try? FileManager.default.removeItem(at: folder) }
        try Data(repeating: 7, count: 9_000).write(to: folder.appendingPathComponent("xunjie.sqlite"))
        let problems = try await SQLiteCaseStore.inspect(directory: folder)
        #expect(problems.map(\.subject) == ["xunjie.sqlite"])
    }
}
