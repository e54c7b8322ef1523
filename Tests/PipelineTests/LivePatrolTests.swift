import CaseStoreSQLite
import Casework
import Evidence
import Foundation
import Logging
import Pipeline
import Testing

/// The whole way on real files: a sample stream as a channel, until its case is in a real store and verifies.
@Suite("A stream goes in, a sealed case comes out", .serialized)
struct LivePatrolTests {
    private final class Bench {
        let folder: URL
        let store: SQLiteCaseStore
        let evidence: EvidenceStore
        let writer: EvidenceWriter
        private(set) var supervisor: ChannelSupervisor
        let memoryFolder: String?
        private let logger: Logger

        init(keepsMemory: Bool = false) throws {
            folder = FileManager.default.temporaryDirectory.appendingPathComponent("patrol-\(UUID().uuidString)")
            store = try SQLiteCaseStore.open(directory: folder)
            evidence = try EvidenceStore(root: folder.path, key: SigningKey.loadOrCreate(at: folder.path + "/key.pem"))
            var logger = Logger(label: "test")
            logger.logLevel = .error
            let store = store
            writer = EvidenceWriter(store: evidence, program: "test", logger: logger) { sealed, incident in
                try await store.addCase(CaseRecord(sealed: sealed, incident: incident), actor: "machine")
            }
            let memoryFolder = keepsMemory ? folder.path + "/memory" : nil
            if let memoryFolder { try FileManager.default.createDirectory(atPath: memoryFolder, withIntermediateDirectories: true) }
            self.memoryFolder = memoryFolder
            self.logger = logger
            supervisor = try Self.supervisor(store, writer, memoryFolder, logger)
        }

        private static func supervisor(
            _ store: SQLiteCaseStore, _ writer: EvidenceWriter, _ memoryFolder: String?, _ logger: Logger
        ) throws -> ChannelSupervisor {
            ChannelSupervisor(
                store: store, library: try ProfileLibrary.load(folder: ShippedSettingsTests.root.path + "/Models"),
                settings: try IngestSettings.load(folder: ShippedSettingsTests.root.path + "/Config"), writer: writer,
                timeZone: TimeZone(secondsFromGMT: 8 * 3600) ?? .gmt, repeatInterval: .seconds(7200), memoryFolder: memoryFolder,
                logger: logger, events: ChannelSupervisor.Events(caseChanged: { _ in }, channelChanged: { _ in }))
        }

        /// The same store with everything that only lived in memory gone.
        func restart() async throws {
            await supervisor.stopAll()
            supervisor = try Self.supervisor(store, writer, memoryFolder, logger)
        }

        deinit {
            try? FileManager.default.removeItem(at: folder)
        }

        func addSample(_ file: String, id: String) async throws {
            let samples = ShippedSettingsTests.root.appendingPathComponent("SampleStreams")
            let truth = try GroundTruth.read(path: samples.path + "/annotations.json")
            let clip = try #require(truth.clips.first { $0.file == file })
            try await store.addChannel(
                ChannelRecord(id: id, name: id, url: samples.appendingPathComponent(file).path, createdAt: Date()))
            let zones = String(decoding: try JSONEncoder().encode(clip.zones), as: UTF8.self)
            try await store.setZones(channelID: id, document: zones, author: "test", at: Date())
            await supervisor.channelChanged(id: id)
        }

        func waitForEnd(of id: String, seconds: Double) async throws {
            let end = ContinuousClock.now + .seconds(seconds)
            while ContinuousClock.now < end {
                if await supervisor.channelStatuses().first(where: { $0.id == id })?.state == .stopped { return }
                try await Task.sleep(for: .milliseconds(100))
            }
            Issue.record("channel \(id) did not end within \(seconds) s")
        }
    }

    @Test("goods put out become a case whose package verifies and whose clip holds the camera's own packets")
    func goods() async throws {
        let bench = try Bench()
        try await bench.addSample("s1_goods_out.mp4", id: "shop")
        try await bench.waitForEnd(of: "shop", seconds: 60)
        await bench.supervisor.stopAll()
        let cases = try await bench.store.cases(CaseFilter(), after: nil, limit: 10).cases
        let first = try #require(cases.last)
        #expect(first.incident.violation == "storefront-encroachment")
        #expect(first.incident.phase != .opened)
        let package = bench.evidence.evidencePath + "/" + first.packagePath
        let report = EvidenceVerifier().verify(package: package)
        #expect(report.problems.isEmpty)
        let manifest = try #require(report.manifest)
        #expect(Set(manifest.files.map(\.role)) == Set(EvidenceManifest.Role.allCases))
        #expect(manifest.times.map(\.name).contains("scene-before"))
        #expect(manifest.times.map(\.ptsMicroseconds) == manifest.times.map(\.ptsMicroseconds).sorted())
        let confirmed = try #require(manifest.times.first { $0.name == "confirmed" })
        let still = try #require(manifest.times.first { $0.name == "still" })
        #expect(confirmed.ptsMicroseconds - still.ptsMicroseconds >= 9_000_000)
    }

    @Test("after a restart the street is known: what stood is cleared when its place is free, without being learned anew")
    func restarted() async throws {
        let bench = try Bench(keepsMemory: true)
        try await bench.addSample("s2_stall.mp4", id: "stall")
        try await bench.waitForEnd(of: "stall", seconds: 60)
        try await bench.restart()
        let stood = try #require(try await bench.store.cases(CaseFilter(), after: nil, limit: 10).cases.last)
        #expect(stood.incident.phase == .confirmed)
        let folder = try #require(bench.memoryFolder)
        #expect(FileManager.default.fileExists(atPath: folder + "/stall.memory"))

        // The clip begins with the place free.
        await bench.supervisor.channelChanged(id: "stall")
        try await bench.waitForEnd(of: "stall", seconds: 60)
        await bench.supervisor.stopAll()
        var phase = stood.incident.phase
        for _ in 0..<100 where phase != .cleared {
            try await Task.sleep(for: .milliseconds(50))
            phase = try await bench.store.caseRecord(id: stood.id)?.incident.phase ?? phase
        }
        #expect(phase == .cleared)
    }

    @Test("a damaged memory of the street is left aside, and the next one is whole again")
    func damagedMemory() async throws {
        let bench = try Bench(keepsMemory: true)
        let path = try #require(bench.memoryFolder) + "/quiet.memory"
        try Data("{\"format\":\"xunjie-street-memory-1\"}\nbroken".utf8).write(to: URL(fileURLWithPath: path))
        try await bench.addSample("s6_quiet.mp4", id: "quiet")
        try await bench.waitForEnd(of: "quiet", seconds: 60)
        await bench.supervisor.stopAll()
        let size = try FileManager.default.attributesOfItem(atPath: path)[.size] as? Int
        #expect((size ?? 0) > 1_000_000)
    }

    @Test("a channel that cannot be opened says why, without its password, and tries again")
    func refused() async throws {
        let bench = try Bench()
        try await bench.store.addChannel(
            ChannelRecord(id: "gone", name: "gone", url: "rtsp://user:geheim@127.0.0.1:9/none", createdAt: Date()))
        await bench.supervisor.channelChanged(id: "gone")
        var status: ChannelStatus?
        for _ in 0..<100 {
            status = await bench.supervisor.channelStatuses().first
            if status?.state == .backingOff { break }
            try await Task.sleep(for: .milliseconds(100))
        }
        #expect(status?.state == .backingOff)
        #expect(status?.reason.isEmpty == false)
        #expect(status?.reason.contains("geheim") == false)
        await bench.supervisor.stopAll()
    }

    @Test("a removed channel stops, and one with broken zones says so instead of watching")
    func removed() async throws {
        let bench = try Bench()
        try await bench.addSample("s6_quiet.mp4", id: "quiet")
        try await bench.store.removeChannel(id: "quiet", by: "test", at: Date())
        await bench.supervisor.channelChanged(id: "quiet")
        #expect(await bench.supervisor.channelStatuses().isEmpty)
        try await bench.store.addChannel(ChannelRecord(id: "odd", name: "odd", url: "/nowhere.mp4", createdAt: Date()))
        try await bench.store.setZones(channelID: "odd", document: #"{"zones":[{"id":"a"}]}"#, author: "test", at: Date())
        await bench.supervisor.channelChanged(id: "odd")
        let status = await bench.supervisor.channelStatuses().first
        #expect(status?.state == .stopped)
        #expect(status?.reason.contains("kind") == true)
        await bench.supervisor.stopAll()
    }
}
