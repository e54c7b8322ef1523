import CaseStoreSQLite
import Casework
import Evidence
import Foundation
import FrameCore
import Logging
import Pipeline
import Synchronization
import Testing

/// The keeper over a real store, with a clock that is set and channels that say what a test puts in.
@Suite("Health is counted, stored and told")
struct HealthKeeperTests {
    /// Channels and a clock, as they stand at a look.
    private final class Street: PatrolControl {
        private struct State {
            var now = Date(timeIntervalSince1970: 1_795_485_600)
            var statuses: [ChannelStatus] = []
            var evidence = EvidenceReading()
        }

        private let state = Mutex(State())

        var now: Date { state.withLock { $0.now } }
        var evidence: EvidenceReading { state.withLock { $0.evidence } }

        func set(_ statuses: [ChannelStatus], evidence: EvidenceReading = EvidenceReading(), after seconds: Double) {
            state.withLock {
                $0.now += seconds
                $0.statuses = statuses
                $0.evidence = evidence
            }
        }

        func channelStatuses() async -> [ChannelStatus] { state.withLock { $0.statuses } }
        func latestStill(channelID: String) async -> [UInt8]? { try? JPEGEncoder.encode(Frame(size: PixelSize(width: 64, height: 36))) }
        func thumbnail(channelID: String) async -> Thumbnail? { nil }
        func probe(url: String, transport: String) async throws -> SourceProbe { throw CancellationError() }
        func checkZones(document: String) throws {}
        func channelChanged(id: String) async {}
        func watch(channelID: String, for duration: Duration) async {}
    }

    private final class Bench {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("health-\(UUID().uuidString)").path
        let store: SQLiteCaseStore
        let street = Street()
        let told = Told()
        private(set) var keeper: HealthKeeper

        init() async throws {
            store = try SQLiteCaseStore.open(directory: URL(fileURLWithPath: folder))
            try await store.addChannel(
                ChannelRecord(id: "c1", name: "一号", url: "rtsp://user:geheim@10.0.0.1/1", place: "路口", createdAt: street.now))
            try await store.addChannel(
                ChannelRecord(id: "c2", name: "二号", url: "rtsp://10.0.0.1/2", enabled: false, createdAt: street.now))
            keeper = try await Self.keeper(store, street, folder, told)
        }

        deinit {
            try? store.close()
            try? FileManager.default.removeItem(atPath: folder)
        }

        func restart() async throws { keeper = try await Self.keeper(store, street, folder, told) }

        /// Looks every ten seconds.
        func look(
            _ count: Int, _ state: ChannelStatus.State = .patrolling, _ reason: String = "", evidence: EvidenceReading = EvidenceReading()
        ) async {
            for _ in 0..<count {
                let now = street.now + 10
                var status = ChannelStatus(id: "c1", state: state, reason: reason, since: now, lastFrameAt: now)
                status.canRecord = true
                street.set([status], evidence: evidence, after: 10)
                await keeper.look()
            }
        }

        private static func keeper(_ store: SQLiteCaseStore, _ street: Street, _ folder: String, _ told: Told) async throws -> HealthKeeper
        {
            var logger = Logger(label: "test")
            logger.logLevel = .critical
            return try await HealthKeeper(
                store: store, patrol: street,
                settings: HealthSettings.read(path: ShippedSettingsTests.root.path + "/Config/health.yaml"), folder: folder,
                timeZone: .gmt, program: "test 1", evidence: { street.evidence }, now: { street.now }, logger: logger,
                faultChanged: { told.add($0) })
        }
    }

    private final class Told: Sendable {
        private let ids = Mutex<[String]>([])

        var all: [String] { ids.withLock { $0 } }
        func add(_ id: String) { ids.withLock { $0.append(id) } }
    }

    @Test("each minute is stored as it ends, and a restart goes on without counting anything twice")
    func minutes() async throws {
        let bench = try await Bench()
        await bench.look(13)
        let day = LocalDay(bench.street.now, in: .gmt)
        let stored = try #require(try await bench.store.health(day...day, channelID: "c1").first)
        #expect(stored.eyesOpen.count == 2)
        try await bench.restart()
        await bench.look(12)
        let later = try #require(try await bench.store.health(day...day, channelID: "c1").first)
        #expect(later.eyesOpen.count == 4 && later.watched.count == 4)
        #expect(await bench.keeper.snapshot().today["c1"]?.eyesOpen.count == 4)
        #expect(await bench.keeper.snapshot().openMinutes["c1"] == 2)
    }

    @Test("a view that stays black becomes an order with a picture, goes on over a restart, and ends")
    func fault() async throws {
        let bench = try await Bench()
        await bench.look(7, .patrolling, "view-black")
        let opened = try #require(try await bench.store.faults(FaultFilter(standing: .open), before: nil, limit: 9).first)
        #expect(opened.kind == .view && opened.reason == "view-black" && opened.channelID == "c1" && opened.hasStill)
        let still = try #require(await bench.keeper.faultStill(id: opened.id))
        #expect(still.starts(with: [0xFF, 0xD8]))
        #expect(await bench.keeper.faultStill(id: "../status") == nil)
        let mode = try FileManager.default.attributesOfItem(atPath: bench.folder + "/faults/\(opened.id).jpg")[.posixPermissions]
        #expect((mode as? NSNumber)?.intValue == 0o600)

        try await bench.restart()
        await bench.look(3, .patrolling, "view-frozen")
        #expect(try await bench.store.openFaultCount() == 1)
        await bench.look(8)
        let closed = try #require(try await bench.store.fault(id: opened.id))
        #expect(closed.endedAt != nil && closed.reason == "view-frozen" && closed.hasStill)
        #expect(try await bench.store.openFaultCount() == 0)
        #expect(Set(bench.told.all) == [opened.id])
    }

    @Test("evidence that cannot be stored is the machine's own fault")
    func disk() async throws {
        let bench = try await Bench()
        await bench.look(3, evidence: EvidenceReading(waiting: 4, problem: "no space left"))
        let fault = try #require(try await bench.store.faults(FaultFilter(kind: .disk), before: nil, limit: 9).first)
        #expect(fault.channelID == nil && fault.reason == "evidence-not-stored" && fault.isOpen && !fault.hasStill)
    }

    @Test("the status file says how all are, worst first, without an address or a password, for its owner alone")
    func statusFile() async throws {
        let bench = try await Bench()
        await bench.look(2, .backingOff, "source-unauthorized")
        let status = try StationStatus.read(folder: bench.folder)
        #expect(status.channels.map(\.id) == ["c1", "c2"] && status.channels.map(\.health) == [.bad, .off])
        #expect(status.isSomethingBlind && status.program == "test 1" && status.processID == getpid())
        #expect(status.usage.residentBytes > 0)
        let path = bench.folder + "/" + StationStatus.fileName
        let text = try String(contentsOfFile: path, encoding: .utf8)
        #expect(!text.contains("geheim") && !text.contains("rtsp:"))
        #expect((try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? NSNumber)?.intValue == 0o600)
    }

    @Test("what the store refuses is kept, and stored once it can be")
    func unwilling() async throws {
        let bench = try await Bench()
        let blocker = ChannelStatus(id: "nobody", state: .patrolling, since: bench.street.now, lastFrameAt: bench.street.now)
        // A row of a channel that the store does not know makes the whole batch fail.
        bench.street.set([blocker], after: 10)
        await bench.keeper.look()
        await bench.look(14)
        let day = LocalDay(bench.street.now, in: .gmt)
        #expect(try await bench.store.health(day...day, channelID: nil).isEmpty)
        try await bench.store.addChannel(ChannelRecord(id: "nobody", name: "nobody", url: "rtsp://10.0.0.1/3", createdAt: bench.street.now))
        await bench.look(6)
        let stored = try await bench.store.health(day...day, channelID: "c1")
        #expect(stored.first?.eyesOpen.count == 3)
    }
}
