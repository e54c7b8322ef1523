import CaseStoreSQLite
import Casework
import Foundation
import GRDB
import Testing

/// A small file system in memory, mounted for one test; only root can make one.
struct MountedFolder {
    let folder: URL

    /// Whether this process may mount; tried once.
    static let isPossible: Bool = {
        guard let mounted = try? MountedFolder(kilobytes: 64) else { return false }
        mounted.unmount()
        return true
    }()

    struct MountFailure: Error { let output: String }

    init(kilobytes: Int) throws {
        folder = try TemporaryStore.makeFolder()
        let (status, output) = try Shell.run("mount -t tmpfs -o size=\(kilobytes)k,mode=0700 xunjie '\(folder.path)'")
        guard status == 0 else {
            try FileManager.default.removeItem(at: folder)
            throw MountFailure(output: output)
        }
    }

    func remountReadOnly() throws {
        let (status, output) = try Shell.run("mount -o remount,ro '\(folder.path)'")
        guard status == 0 else { throw MountFailure(output: output) }
    }

    func unmount() {
        _ = try? Shell.run("umount -l '\(folder.path)'")
        try? FileManager.default.removeItem(at: folder)
    }
}

@Suite("Disks that are full or read-only, and processes that die")
struct StoreFailureTests {
    @Test(
        "a full disk is named, what was acknowledged stays, and writing goes on once there is space",
        .enabled(if: MountedFolder.isPossible, "needs root and the right to mount a tmpfs"))
    func fullDisk() async throws {
        let mounted = try MountedFolder(kilobytes: 4_096)
        defer { mounted.unmount() }
        let ballast = mounted.folder.appendingPathComponent("ballast")
        try Data(count: 2_048 * 1_024).write(to: ballast)
        let store = try SQLiteCaseStore.open(directory: mounted.folder)
        try await TemporaryStore.populate(store)
        var acknowledged: [String] = []
        var refusal: (any Error)?
        while refusal == nil, acknowledged.count < 5_000 {
            var record = TemporaryStore.record("k\(acknowledged.count)")
            record.packagePath += String(repeating: "x", count: 1_000)
            do {
                try await store.addCase(record, actor: "machine")
                acknowledged.append(record.id)
            } catch {
                refusal = error
            }
        }
        #expect(refusal as? CaseStoreError == .diskFull(path: store.path))
        #expect(!acknowledged.isEmpty)
        #expect(Set(try await store.packagePaths().keys) == Set(acknowledged))
        #expect(try await store.firstBrokenEvent() == nil)

        try FileManager.default.removeItem(at: ballast)
        try await store.addCase(TemporaryStore.record("after"), actor: "machine")
        try store.close()
        let again = try SQLiteCaseStore.open(directory: mounted.folder)
        #expect(Set(try await again.packagePaths().keys) == Set(acknowledged + ["after"]))
        #expect(try await again.firstBrokenEvent() == nil)
        try again.close()
    }

    @Test(
        "a disk without any space refuses the opening and names it",
        .enabled(if: MountedFolder.isPossible, "needs root and the right to mount a tmpfs"))
    func noSpaceAtAll() throws {
        let mounted = try MountedFolder(kilobytes: 64)
        defer { mounted.unmount() }
        _ = try Shell.run("dd if=/dev/zero of='\(mounted.folder.path)/ballast' bs=4k 2>&1")
        let error = #expect(throws: CaseStoreError.self) { _ = try SQLiteCaseStore.open(directory: mounted.folder) }
        guard case .diskFull = error else {
            Issue.record("unexpected \(String(describing: error))")
            return
        }
    }

    @Test(
        "a disk mounted read-only is named",
        .enabled(if: MountedFolder.isPossible, "needs root and the right to mount a tmpfs"))
    func readOnlyDisk() throws {
        let mounted = try MountedFolder(kilobytes: 4_096)
        defer { mounted.unmount() }
        try SQLiteCaseStore.open(directory: mounted.folder).close()
        try mounted.remountReadOnly()
        #expect(throws: CaseStoreError.readOnly(path: mounted.folder.path + "/lock")) {
            _ = try SQLiteCaseStore.open(directory: mounted.folder)
        }
    }

    /// Permissions do not bind root, so the child gives its rights up first.
    @Test(
        "a folder, a file or a folder of writable files without the right to write is named",
        arguments: ["folder", "file", "folder of files"])
    func withoutRights(_ kind: String) async throws {
        let folder = try TemporaryStore.makeFolder()
        defer { _ = try? Shell.run("chmod -R u+w '\(folder.path)'; rm -rf '\(folder.path)'") }
        let path = folder.path
        if kind != "folder" { try SQLiteCaseStore.open(directory: folder).close() }
        _ = try Shell.run("cd '\(path)' && rm -f *-wal *-shm; chmod 666 *; chmod 777 .")
        _ = try Shell.run(kind == "file" ? "chmod 444 '\(path)/xunjie.sqlite'" : "chmod 555 '\(path)'")
        let expected = CaseStoreError.readOnly(path: path + (kind == "folder" ? "/lock" : "/xunjie.sqlite")).description
        await #expect(processExitsWith: .success) { [path = path as String, expected = expected as String] in
            if getuid() == 0 { try #require(setuid(65_534) == 0) }
            let error = #expect(throws: CaseStoreError.self) {
                _ = try SQLiteCaseStore.open(directory: URL(fileURLWithPath: path))
            }
            #expect(error?.description == expected)
        }
    }

    @Test(
        "after kill -9 in the middle of writing, every acknowledged case is there, whole, and the log stands",
        arguments: 0..<5)
    func killed(_ round: Int) async throws {
        let folder = try TemporaryStore.makeFolder()
        defer { try? FileManager.default.removeItem(at: folder) }
        let path = folder.path
        // Each round dies at another moment: 60 ms to 180 ms after the first case.
        let microseconds = UInt32(60_000 + round * 30_000)
        await #expect(processExitsWith: .signal(SIGKILL)) {
            [path = path as String, microseconds = microseconds as UInt32] in
            let store = try SQLiteCaseStore.open(directory: URL(fileURLWithPath: path))
            try await TemporaryStore.populate(store)
            try Data().write(to: URL(fileURLWithPath: path + "/acknowledged"))
            let acknowledged = try #require(FileHandle(forWritingAtPath: path + "/acknowledged"))
            for index in 0..<100_000 {
                try await store.addCase(TemporaryStore.record("k\(index)"), actor: "machine")
                _ = try await store.act(caseID: "k\(index)", TemporaryStore.review(.exempt), by: "wang", at: TemporaryStore.start)
                try acknowledged.write(contentsOf: Data("k\(index)\n".utf8))
                if index == 0 {
                    Thread.detachNewThread {
                        usleep(microseconds)
                        kill(getpid(), SIGKILL)
                    }
                }
            }
        }
        let acknowledged = try String(contentsOfFile: path + "/acknowledged", encoding: .utf8)
            .split(separator: "\n", omittingEmptySubsequences: false).dropLast().map(String.init)
        #expect(!acknowledged.isEmpty)
        #expect(try !Data(contentsOf: folder.appendingPathComponent("lock")).isEmpty)

        let store = try SQLiteCaseStore.open(directory: folder)
        for id in acknowledged {
            #expect(try await store.caseRecord(id: id)?.state == .exempt)
        }
        let found = try await store.packagePaths()
        #expect(found.count - acknowledged.count <= 1)
        for id in found.keys {
            let kinds = try await store.events(caseID: id).map(\.kind)
            let state = try await store.caseRecord(id: id)?.state
            #expect(kinds == (state == .candidate ? ["sealed"] : ["sealed", "decided"]))
        }
        #expect(try await store.firstBrokenEvent() == nil)
        try await store.addCase(TemporaryStore.record("after"), actor: "machine")
        try store.close()
    }
}
