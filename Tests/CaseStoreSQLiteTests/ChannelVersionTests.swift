import CaseStoreSQLite
import Casework
import Foundation
import GRDB
import Testing

@Suite("Versions of channels")
struct ChannelVersionTests {
    static let start = TemporaryStore.start

    @Test("every change is a new version with who and when, kept after the channel is removed, under one revision for the store")
    func history() async throws {
        try await TemporaryStore.with { temporary in
            let store = temporary.store
            #expect(try await store.channelRevision() == 1)
            var channel = try #require(try await store.channel(id: "c1"))
            channel.subURL = "rtsp://admin:secret@10.0.0.9/2"
            channel.nationalID = "31011700001310000001"
            (channel.longitude, channel.latitude) = (121.2255, 31.0322)
            (channel.grid, channel.owner, channel.importance, channel.enabled) = ("0203", "街道", 1, false)
            try await store.updateChannel(channel, by: "wang", at: Self.start + 1)
            try await store.setZones(channelID: "c1", document: #"{"zones": []}"#, author: "li", at: Self.start + 2)
            try await store.removeChannel(id: "c1", by: "file", at: Self.start + 3)
            let versions = try await store.channelVersions(id: "c1")
            #expect(versions.map(\.author) == ["file", "li", "wang", "machine"])
            #expect(versions.map(\.channel.version) == [4, 3, 2, 1])
            #expect(versions.map(\.revision) == [4, 3, 2, 1])
            #expect(versions.map(\.isRemoved) == [true, false, false, false])
            #expect(versions.map(\.channel.zonesVersion) == [1, 1, 0, 0])
            #expect(versions[2].at == Self.start + 1)
            channel.version = 2
            #expect(versions[2].channel == channel)
            #expect(try await store.channelRevision() == 4)
        }
    }

    @Test("an edit that changes nothing makes no version and no revision")
    func nothing() async throws {
        try await TemporaryStore.with { temporary in
            let channel = try #require(try await temporary.store.channel(id: "c1"))
            try await temporary.store.updateChannel(channel, by: "wang", at: Self.start + 1)
            #expect(try await temporary.store.channelVersions(id: "c1").count == 1)
            #expect(try await temporary.store.channelRevision() == 1)
        }
    }

    @Test("several edits are made together: one revision, one version for each channel, or nothing at all")
    func transaction() async throws {
        try await TemporaryStore.with { temporary in
            let store = temporary.store
            var changed = TemporaryStore.channel("c1")
            changed.name = "改名"
            let good: [ChannelEdit] = [
                .add(TemporaryStore.channel("c2")), .change(changed), .setZones(id: "c1", document: "{}"),
            ]
            let revision = try await store.editChannels(good, by: "file", at: Self.start, basedOn: 1)
            #expect(revision == 2)
            #expect(try await store.channelVersions(id: "c1").map(\.revision) == [2, 1])
            let bad: [ChannelEdit] = [.remove(id: "c1"), .add(TemporaryStore.channel("c2"))]
            await #expect(throws: CaseStoreError.exists("channel “c2”")) {
                try await store.editChannels(bad, by: "file", at: Self.start, basedOn: 2)
            }
            #expect(try await store.channels().map(\.id) == ["c1", "c2"])
            #expect(try await store.channelRevision() == 2)
        }
    }

    @Test("an edit that began with an older version or revision is a conflict")
    func conflict() async throws {
        try await TemporaryStore.with { temporary in
            let store = temporary.store
            let read = try #require(try await store.channel(id: "c1"))
            var (mine, theirs) = (read, read)
            mine.name = "甲"
            theirs.name = "乙"
            try await store.updateChannel(mine, by: "wang", at: Self.start)
            await #expect(throws: CaseStoreError.self) { try await store.updateChannel(theirs, by: "li", at: Self.start) }
            await #expect(throws: CaseStoreError.self) {
                try await store.editChannels([.remove(id: "c1")], by: "li", at: Self.start, basedOn: 1)
            }
            #expect(try await store.channel(id: "c1")?.name == "甲")
        }
    }

    @Test("two channels in service never share a GB/T 28181 id, and a code that is no camera's is refused")
    func nationalID() async throws {
        try await TemporaryStore.with { temporary in
            let store = temporary.store
            var channel = TemporaryStore.channel("c2")
            channel.nationalID = "31011700001320000001"
            try await store.addChannel(channel)
            channel.id = "c3"
            await #expect(throws: CaseStoreError.self) { try await store.addChannel(channel) }
            for code in ["3101170000132000000", "31011700002150000001", "01011700001320000001", "3101170000132000000x"] {
                channel.nationalID = code
                await #expect(throws: CaseStoreError.self) { try await store.addChannel(channel) }
            }
            try await store.removeChannel(id: "c2", by: "wang", at: Self.start)
            channel.nationalID = "31011700001320000001"
            try await store.addChannel(channel)
        }
    }

    @Test("an earlier version comes back into force as a new one, with its zones and out of removal")
    func restoring() async throws {
        try await TemporaryStore.with { temporary in
            let store = temporary.store
            try await store.setZones(channelID: "c1", document: #"{"zones": [1]}"#, author: "wang", at: Self.start)
            var channel = try #require(try await store.channel(id: "c1"))
            channel.name = "改名"
            try await store.updateChannel(channel, by: "wang", at: Self.start)
            try await store.setZones(channelID: "c1", document: #"{"zones": [2]}"#, author: "wang", at: Self.start)
            let back = try await store.restoreChannel(id: "c1", version: 2, by: "li", at: Self.start + 9)
            #expect(back.name == "茸惠路口" && back.version == 5 && back.zonesVersion == 3)
            #expect(try await store.zones(channelID: "c1", version: nil)?.document == #"{"zones": [1]}"#)
            try await store.removeChannel(id: "c1", by: "li", at: Self.start)
            let again = try await store.restoreChannel(id: "c1", version: 4, by: "li", at: Self.start)
            #expect(again.name == "改名")
            #expect(try await store.zones(channelID: "c1", version: nil)?.document == #"{"zones": [2]}"#)
            await #expect(throws: CaseStoreError.self) {
                try await store.restoreChannel(id: "c1", version: 99, by: "li", at: Self.start)
            }
        }
    }

    @Test("a store of the first step opens with its channels, zones and cases, each channel at version 1")
    func upgrade() async throws {
        let folder = try TemporaryStore.makeFolder()
        defer { try? FileManager.default.removeItem(at: folder) }
        let old = try DatabaseQueue(path: folder.appendingPathComponent("xunjie.sqlite").path)
        var migrator = DatabaseMigrator()
        let first = try #require(StoreSchema.steps.first)
        migrator.registerMigration(first.name) { db in try db.execute(sql: first.sql) }
        try migrator.migrate(old)
        try await old.write { db in
            try db.execute(
                sql: """
                    PRAGMA application_id = \(StoreSchema.applicationID);
                    INSERT INTO channels VALUES
                        ('c1', '茸惠路口', 'rtsp://u:p@h/1', 'udp', '188 号', 1, 0, 1, 5, NULL, NULL),
                        ('c2', '旧', 'x.mp4', 'tcp', '', 0, 1, 0, 6, 7, 'wang');
                    INSERT INTO zones_versions VALUES ('c1', 1, '{"zones": []}', 'wang', 8);
                    INSERT INTO incidents VALUES
                        ('i1', 'c1', 'piled-goods', 'z1', 1, 'r1', 'opened', 9, NULL, NULL, 1, 2, 3, 4, 0.5);
                    """)
        }
        try old.close()
        let store = try SQLiteCaseStore.open(directory: folder)
        let channel = try #require(try await store.channel(id: "c1"))
        #expect(
            channel
                == ChannelRecord(
                    id: "c1", name: "茸惠路口", url: "rtsp://u:p@h/1", transport: "udp", place: "188 号", zonesVersion: 1,
                    version: 1, createdAt: Date(timeIntervalSince1970: 0.005)))
        #expect(try await store.channels().map(\.id) == ["c1"])
        #expect(try await store.zones(channelID: "c1", version: nil)?.author == "wang")
        let removed = try await store.channelVersions(id: "c2")
        #expect(removed.map(\.isRemoved) == [true] && removed.first?.author == "wang")
        #expect(try await store.channelRevision() == 1)
        let broken = try await store.pool.read { db in try Row.fetchAll(db, sql: "PRAGMA foreign_key_check").count }
        #expect(broken == 0)
        try store.close()
    }

    @Test("a version of the zones keeps why it was made; one without a reason has none")
    func zonesNotes() async throws {
        try await TemporaryStore.with { temporary in
            let store = temporary.store
            let noted = try await store.setZones(
                channelID: "c1", document: "{}", note: #"{"reason":"ok"}"#, author: "li", at: Self.start)
            #expect(noted.note == #"{"reason":"ok"}"#)
            let plain = try await store.setZones(channelID: "c1", document: "{}", author: "li", at: Self.start)
            #expect(plain.note == "")
            #expect(try await store.zones(channelID: "c1", version: noted.version)?.note == #"{"reason":"ok"}"#)
        }
    }

    @Test("zones that were approved for another revision of the channels are refused")
    func zonesBasedOn() async throws {
        try await TemporaryStore.with { temporary in
            let store = temporary.store
            let revision = try await store.channelRevision()
            try await store.setZones(channelID: "c1", document: "{}", author: "li", at: Self.start)
            await #expect(throws: CaseStoreError.self) {
                try await store.setZones(channelID: "c1", document: "{}", author: "li", at: Self.start, basedOn: revision)
            }
            #expect(try await store.channel(id: "c1")?.zonesVersion == 1)
        }
    }

    @Test("an edit without a note is read as one that has none, so that two versions of the program can talk")
    func oldEdit() throws {
        let text = #"{"setZones":{"id":"c1","document":"{}"}}"#
        let edit = try JSONDecoder().decode(ChannelEdit.self, from: Data(text.utf8))
        #expect(edit == .setZones(id: "c1", document: "{}"))
    }
}
