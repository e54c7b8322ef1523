import CaseStoreSQLite
import Casework
import Foundation
import GRDB
import Testing

@Suite("Opening and closing a store")
struct StoreOpeningTests {
    @Test("the folder and those above it are made, and only the owner can read what holds passwords")
    func permissions() throws {
        let top = try TemporaryStore.makeFolder()
        defer { try? FileManager.default.removeItem(at: top) }
        let folder = top.appendingPathComponent("a/b")
        let store = try SQLiteCaseStore.open(directory: folder)
        let modes = try Shell.run("cd '\(folder.path)' && stat -c '%n %a' . xunjie.sqlite xunjie.sqlite-wal lock")
            .output
        #expect(modes == ". 700\nxunjie.sqlite 600\nxunjie.sqlite-wal 600\nlock 600\n")
        try store.close()
    }

    @Test("after closing, the file holds everything without its log, and the store says that it is closed")
    func close() async throws {
        let folder = try TemporaryStore.makeFolder()
        defer { try? FileManager.default.removeItem(at: folder) }
        let store = try SQLiteCaseStore.open(directory: folder)
        try await TemporaryStore.populate(store)
        try store.close()
        try store.close()
        await #expect(throws: CaseStoreError.refused("\(store.path): the store is closed")) {
            try await store.channels()
        }
        await #expect(throws: CaseStoreError.refused("\(store.path): the store is closed")) {
            try await store.addChannel(TemporaryStore.channel("c2"))
        }
        let copy = folder.appendingPathComponent("copy.sqlite").path
        try FileManager.default.copyItem(atPath: store.path, toPath: copy)
        let names = try await DatabaseQueue(path: copy).read { db in
            try String.fetchAll(db, sql: "SELECT id FROM channels")
        }
        #expect(names == ["c1"])
        #expect(try Data(contentsOf: folder.appendingPathComponent("lock")).isEmpty)
    }

    @Test("a second opening in the same process is refused with this process's id")
    func sameProcess() async throws {
        try await TemporaryStore.with { temporary in
            let error = #expect(throws: CaseStoreError.self) {
                _ = try SQLiteCaseStore.open(directory: temporary.folder)
            }
            #expect(error == .locked(path: temporary.folder.path, processID: ProcessInfo.processInfo.processIdentifier))
            let channels = try await temporary.store.channels()
            #expect(channels.count == 1)
        }
    }

    @Test("another process's store is refused with its id, and opens once that process is gone")
    func otherProcess() throws {
        let folder = try TemporaryStore.makeFolder()
        defer { try? FileManager.default.removeItem(at: folder) }
        let holder = Process()
        holder.executableURL = URL(fileURLWithPath: "/bin/sh")
        holder.arguments = [
            "-c", "exec 9<>\"$0\" && flock -n 9 && echo $$ >&9 && echo held && read -r wait", folder.path + "/lock",
        ]
        let (input, output) = (Pipe(), Pipe())
        holder.standardInput = input
        holder.standardOutput = output
        try holder.run()
        #expect(output.fileHandleForReading.availableData == Data("held\n".utf8))
        let error = #expect(throws: CaseStoreError.self) { _ = try SQLiteCaseStore.open(directory: folder) }
        #expect(error == .locked(path: folder.path, processID: holder.processIdentifier))
        #expect(error?.description.contains("(\(holder.processIdentifier))") == true)
        try input.fileHandleForWriting.close()
        holder.waitUntilExit()
        try SQLiteCaseStore.open(directory: folder).close()
    }

    @Test("no other process can take the lock while the store is open")
    func lockIsReal() async throws {
        try await TemporaryStore.with { temporary in
            let lock = temporary.folder.path + "/lock"
            #expect(try Shell.run("flock -n '\(lock)' true").status == 1)
            try temporary.store.close()
            #expect(try Shell.run("flock -n '\(lock)' true").status == 0)
        }
    }

    @Test("a store with a step that this program does not know is refused, and left as it is")
    func newerSchema() async throws {
        let folder = try TemporaryStore.makeFolder()
        defer { try? FileManager.default.removeItem(at: folder) }
        let store = try SQLiteCaseStore.open(directory: folder)
        try await store.pool.write { db in
            try db.execute(sql: "INSERT INTO grdb_migrations (identifier) VALUES ('900-notices')")
        }
        try store.close()
        let before = try Data(contentsOf: URL(fileURLWithPath: store.path))
        #expect(throws: CaseStoreError.newerSchema(found: "900-notices")) {
            _ = try SQLiteCaseStore.open(directory: folder)
        }
        #expect(try Data(contentsOf: URL(fileURLWithPath: store.path)) == before)
    }

    @Test("another program's database, and a file that is none, are refused by name")
    func foreignFiles() async throws {
        let folder = try TemporaryStore.makeFolder()
        defer { try? FileManager.default.removeItem(at: folder) }
        let path = folder.path + "/xunjie.sqlite"
        let other = try DatabaseQueue(path: path)
        try await other.write { db in try db.execute(sql: "CREATE TABLE t (a)") }
        try other.close()
        #expect(throws: CaseStoreError.damaged(path: path, reason: "an SQLite file of another program")) {
            _ = try SQLiteCaseStore.open(directory: folder)
        }
        try FileManager.default.removeItem(atPath: path)
        try Data(repeating: 0x41, count: 8_192).write(to: URL(fileURLWithPath: path))
        let error = #expect(throws: CaseStoreError.self) { _ = try SQLiteCaseStore.open(directory: folder) }
        guard case .damaged(path, _) = error else {
            Issue.record("unexpected \(String(describing: error))")
            return
        }
        #expect(try Data(contentsOf: URL(fileURLWithPath: path)) == Data(repeating: 0x41, count: 8_192))
    }

    @Test("a damaged page is found at opening if the last process died, and only then is the file searched")
    func quickCheck() async throws {
        let folder = try TemporaryStore.makeFolder()
        defer { try? FileManager.default.removeItem(at: folder) }
        let store = try SQLiteCaseStore.open(directory: folder)
        try await TemporaryStore.populate(store)
        try await QueueTests.filler.fill(store)
        let root = try await store.pool.read { db in
            try Int.fetchOne(db, sql: "SELECT rootpage FROM sqlite_master WHERE name = 'incidents'")
        }
        try store.close()
        let file = try FileHandle(forWritingTo: URL(fileURLWithPath: store.path))
        try file.seek(toOffset: UInt64((try #require(root) - 1) * 4_096))
        try file.write(contentsOf: Data(repeating: 0xEE, count: 4_096))
        try file.close()

        try SQLiteCaseStore.open(directory: folder).close()
        for _ in 0..<2 {
            try Data("4194305\n".utf8).write(to: folder.appendingPathComponent("lock"))
            let error = #expect(throws: CaseStoreError.self) { _ = try SQLiteCaseStore.open(directory: folder) }
            guard case .damaged(store.path, let reason) = error else {
                Issue.record("unexpected \(String(describing: error))")
                return
            }
            #expect(!reason.isEmpty)
        }
    }

    @Test("after a refusal for damage the next opening checks again")
    func checkedAgain() async throws {
        let folder = try TemporaryStore.makeFolder()
        defer { try? FileManager.default.removeItem(at: folder) }
        try Data(repeating: 0x41, count: 8_192).write(to: folder.appendingPathComponent("xunjie.sqlite"))
        try Data("4194305\n".utf8).write(to: folder.appendingPathComponent("lock"))
        #expect(throws: CaseStoreError.self) { _ = try SQLiteCaseStore.open(directory: folder) }
        #expect(try !Data(contentsOf: folder.appendingPathComponent("lock")).isEmpty)
    }

    @Test("errors hold neither a camera's password nor a user's hash")
    func noSecrets() async throws {
        try await TemporaryStore.with { temporary in
            let store = temporary.store
            try await store.pool.write { db in
                try db.execute(
                    sql:
                        "CREATE TRIGGER refuse BEFORE UPDATE ON channels BEGIN SELECT RAISE(ABORT, 'refused here'); END"
                )
            }
            let error = await #expect(throws: CaseStoreError.self) {
                try await store.updateChannel(TemporaryStore.channel("c1"))
            }
            #expect(error?.description == "\(store.path): refused here")
        }
    }

    @Test("work that is cancelled before it began has no effect and says so")
    func cancelled() async throws {
        try await TemporaryStore.with { temporary in
            let store = temporary.store
            let task = Task {
                withUnsafeCurrentTask { $0?.cancel() }
                return try await store.addCase(TemporaryStore.record("k1"), actor: "machine")
            }
            await #expect(throws: CancellationError.self) { try await task.value }
            let stored = try await store.caseRecord(id: "k1")
            #expect(stored == nil)
        }
    }
}
