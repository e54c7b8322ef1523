import CaseStoreSQLite
import Casework
import Foundation
import Logging
import Synchronization
import Testing

import Pipeline

@Suite("The channels file and the store")
struct ChannelsFileTests {
    private static let zones = #"{"zones":[{"id":"front","kind":"frontage","polygon":[[0,0.5],[0.4,0.4],[0.4,0.8]]}],"dwell_s":60}"#

    /// What the watch told of, in order.
    private final class Changes: Sendable {
        let ids = Mutex<[String]>([])
    }

    /// A store with two channels, its file, and a watch that is looked through by hand.
    private final class Bench {
        let folder: URL
        let store: SQLiteCaseStore
        let changes = Changes()
        private(set) var watch: ChannelsFileWatch?

        var path: String { folder.path + "/channels.yaml" }

        init() async throws {
            folder = FileManager.default.temporaryDirectory.appendingPathComponent("channels-file-\(UUID().uuidString)")
            store = try SQLiteCaseStore.open(directory: folder)
            try await store.addChannel(
                ChannelRecord(
                    id: "a", name: "茂亭路: 12号", url: "rtsp://u:p%40ss@10.0.0.1/1", subURL: "rtsp://u:p%40ss@10.0.0.1/2",
                    nationalID: "31011700001310000001", longitude: 121.2255, latitude: 31.0322, grid: "0203", importance: 1,
                    createdAt: Date()))
            try await store.addChannel(ChannelRecord(id: "b", name: "1.0", url: "/clips/b.mp4", loops: true, createdAt: Date()))
            try await store.setZones(channelID: "a", document: ChannelsFileTests.zones, author: "test", at: Date())
            start()
        }

        /// Another process on the same folder.
        func start() {
            var logger = Logger(label: "test")
            logger.logLevel = .critical
            watch = ChannelsFileWatch(path: path, store: store, logger: logger) { [changes] id in changes.ids.withLock { $0.append(id) } }
        }

        /// Twice, as a change counts when it was the same at two looks.
        func look() async {
            await watch?.look()
            await watch?.look()
        }

        func text() throws -> String { try String(contentsOfFile: path, encoding: .utf8) }

        func edit(_ change: (String) -> String) throws {
            try change(text()).write(toFile: path, atomically: false, encoding: .utf8)
        }

        var revision: Int { get async throws { try await store.channelRevision() } }

        deinit {
            try? store.close()
            try? FileManager.default.removeItem(at: folder)
        }
    }

    @Test("it is written where there is none, for its owner alone, and says what the store says")
    func written() async throws {
        let bench = try await Bench()
        await bench.look()
        let mode = try FileManager.default.attributesOfItem(atPath: bench.path)[.posixPermissions] as? Int
        #expect(mode == 0o600)
        let file = try ChannelsFile.parse(bench.text(), file: bench.path, now: Date())
        #expect(file.revision == 3)
        let current = try await ChannelsFile.current(of: bench.store)
        let zones = current.entries.reduce(into: [:]) { $0[$1.channel.id] = $1.zones }
        #expect(file.edits(from: current.entries.map(\.channel), zonesInForce: zones).isEmpty)
        #expect(file.entries.map(\.channel.name) == ["茂亭路: 12号", "1.0"])
        #expect(bench.watch?.problem == nil)
    }

    @Test("an edit on the disk is applied whole, by the author “file”, once, with its comments kept")
    func edited() async throws {
        let bench = try await Bench()
        await bench.look()
        try bench.edit {
            $0.replacing("茂亭路: 12号", with: "改名").replacing("0.4, 0.8", with: "0.4, 0.9")
                + "# 保留\n- {id: c, name: 新, url: 'rtsp://10.0.0.3/1', enabled: false}\n"
        }
        await bench.watch?.look()
        let early = try await bench.revision
        #expect(early == 3)
        await bench.watch?.look()
        let channels = try await bench.store.channels()
        #expect(channels.map(\.id) == ["a", "b", "c"])
        #expect(channels[0].name == "改名" && channels[0].zonesVersion == 2 && !channels[2].enabled)
        #expect(try await bench.store.channelVersions(id: "a").first?.author == "file")
        #expect(bench.changes.ids.withLock { $0 } == ["a", "c"])
        #expect(try bench.text().contains("# 保留") && bench.text().contains("revision: 4"))
        await bench.look()
        #expect(try await bench.revision == 4)
    }

    @Test("a change in the console rewrites the file, and an edit of the new text is taken")
    func consoleChange() async throws {
        let bench = try await Bench()
        await bench.look()
        var channel = try #require(try await bench.store.channel(id: "b"))
        channel.name = "控制台"
        try await bench.store.updateChannel(channel, by: "u-1")
        await bench.look()
        #expect(try bench.text().contains("控制台"))
        try bench.edit { $0.replacing("控制台", with: "文件") }
        await bench.look()
        #expect(try await bench.store.channel(id: "b")?.name == "文件")
        #expect(bench.watch?.problem == nil)
    }

    @Test(
        "a file that is wrong anywhere is refused whole with its line, stays as it is, and is taken once it is mended",
        arguments: [
            ("name: 茂亭路: 12号", "colour: red"), ("importance: 1", "importance: 7"), ("\"frontage\"", "\"pond\""),
            ("\"31011700001310000001\"", "\"31011700002150000001\""), ("id: b", "id: a"), ("id: b", "id: B"), ("channels:", "channel:"),
            ("url: /clips/b.mp4", "url: 'gopher://u:top-secret@h/1'"), ("longitude: 121.2255", "longitude: east"),
        ])
    func refused(old: String, new: String) async throws {
        let bench = try await Bench()
        await bench.look()
        let before = try bench.text()
        let quoted = before.contains(old) ? old : old.replacing("茂亭路: 12号", with: "'茂亭路: 12号'")
        try #require(before.contains(quoted))
        let broken = before.replacing("id: a", with: "id: zz", maxReplacements: old == "id: b" ? 0 : 1).replacing(quoted, with: new)
        try bench.edit { _ in broken }
        await bench.look()
        let problem = try #require(bench.watch?.problem)
        #expect(problem.firstMatch(of: #/channels\.yaml:\d+: /#) != nil)
        #expect(!problem.contains("top-secret"))
        #expect(try bench.text() == broken)
        #expect(try await bench.store.channels().map(\.id) == ["a", "b"])
        #expect(try await bench.revision == 3)
        try bench.edit { _ in before.replacing("茂亭路: 12号", with: "改好") }
        await bench.look()
        #expect(bench.watch?.problem == nil)
        #expect(try await bench.store.channel(id: "a")?.name == "改好")
    }

    @Test("an edit on the basis of an older revision is refused as a conflict, and overwrites nothing and nobody")
    func conflict() async throws {
        let bench = try await Bench()
        await bench.look()
        let old = try bench.text()
        var channel = try #require(try await bench.store.channel(id: "a"))
        channel.name = "控制台"
        try await bench.store.updateChannel(channel, by: "u-1")
        let mine = old.replacing("id: b", with: "id: mine")
        try bench.edit { _ in mine }
        await bench.look()
        await bench.look()
        #expect(bench.watch?.problem?.contains("revision 3") == true && bench.watch?.problem?.contains("revision: 4") == true)
        #expect(try bench.text() == mine)
        #expect(try await bench.store.channels().map(\.id) == ["a", "b"])
        // The message keeps up with the store.
        channel = try #require(try await bench.store.channel(id: "a"))
        channel.name = "又改"
        try await bench.store.updateChannel(channel, by: "u-1")
        await bench.look()
        #expect(bench.watch?.problem?.contains("revision: 5") == true)
        // Whoever writes the present revision has seen what stands there.
        try bench.edit { $0.replacing("revision: 3", with: "revision: 5") }
        await bench.look()
        #expect(bench.watch?.problem == nil)
        #expect(try await bench.store.channels().map(\.id) == ["a", "mine"])
    }

    @Test("after a restart an old file that nobody edited is written anew, and one edited meanwhile is taken up")
    func restart() async throws {
        let bench = try await Bench()
        await bench.look()
        var channel = try #require(try await bench.store.channel(id: "a"))
        channel.name = "控制台"
        try await bench.store.updateChannel(channel, by: "u-1")
        bench.start()
        await bench.look()
        #expect(bench.watch?.problem == nil)
        #expect(try bench.text().contains("控制台"))
        try bench.edit { $0.replacing("控制台", with: "停机时改") }
        bench.start()
        await bench.look()
        #expect(try await bench.store.channel(id: "a")?.name == "停机时改")
    }

    @Test("a file that was removed comes back with what stands now")
    func removed() async throws {
        let bench = try await Bench()
        await bench.look()
        try FileManager.default.removeItem(atPath: bench.path)
        await bench.look()
        #expect(try bench.text().contains("revision: 3"))
    }
}
