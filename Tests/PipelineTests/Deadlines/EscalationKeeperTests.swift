import CaseStoreSQLite
import Casework
import Foundation
import Logging
import Pipeline
import Synchronization
import Testing

@Suite("Cases whose time is over go to the next loop")
struct EscalationKeeperTests {
    @Test("each level once, not again after a restart or a clock that was set back; the log stands")
    func levels() async throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("xunjie-duty-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: folder) }
        let store = try SQLiteCaseStore.open(directory: folder)
        let config = PromotionBench.root + "/Config"
        let catalogue = try ConfigFile.read(ViolationCatalogue.self, config + "/violations.yaml")
        let settings = try DutySettings.load(
            folder: config, timeZone: try #require(TimeZone(identifier: "Asia/Shanghai")), catalogue: catalogue)
        // Tuesday, 09:30 in Shanghai.
        let start = Date(timeIntervalSince1970: 1_795_483_800)
        let clock = Mutex(start)
        try await store.addChannel(ChannelRecord(id: "c1", name: "一", url: "rtsp://127.0.0.1:9/1", createdAt: start))
        let incident = IncidentRecord(
            id: "i1", channelID: "c1", violation: "piled-goods", zoneID: "z", zonesVersion: 0, ruleVersion: "r", phase: .confirmed,
            openedAt: start - 600, confirmedAt: start, box: [0, 0, 10, 10], score: 1)
        try await store.addCase(
            CaseRecord(id: "k1", incident: incident, createdAt: start, packagePath: "p/k1", manifestSHA256: "m"), actor: "machine")
        func look() async throws -> Int {
            let keeper = EscalationKeeper(
                store: store, settings: settings, book: ClockBook(store: store, clocks: settings.clocks, scope: .open),
                now: { clock.withLock { $0 } }, logger: Logger(label: "test"), caseChanged: { _ in })
            await keeper.look()
            return try await store.events(caseID: "k1").count { $0.kind == "escalated" }
        }
        #expect(try await look() == 0)
        clock.withLock { $0 = start + 1_900 }
        #expect(try await look() == 1)
        #expect(try await look() == 1)
        clock.withLock { $0 = start - 3_600 }
        #expect(try await look() == 1)
        clock.withLock { $0 = start + 86_400 }
        #expect(try await look() == 2)
        #expect(try await look() == 2)
        #expect(try await store.firstBrokenEvent() == nil)
        #expect(try await store.problems() == [])
        try store.close()
    }
}
