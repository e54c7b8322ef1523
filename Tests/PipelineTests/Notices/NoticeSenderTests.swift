import CaseStoreSQLite
import Casework
import Foundation
import Logging
import Pipeline
import Synchronization
import Testing

@Suite("Messages are sent, tried again, and neither lost nor doubled")
struct NoticeSenderTests {
    /// Answers as it is told, and remembers what came.
    private final class ScriptedGateway: NoticeGateway {
        private let script: Mutex<[NoticeGatewayError?]>
        private let ids = Mutex<[Int64]>([])

        init(_ script: [NoticeGatewayError?] = []) { self.script = Mutex(script) }

        var sent: [Int64] { ids.withLock { $0 } }

        func send(_ notice: NoticeText, id: Int64) async throws(NoticeGatewayError) -> String {
            ids.withLock { $0.append(id) }
            let error = script.withLock { $0.isEmpty ? nil : $0.removeFirst() }
            if let error { throw error }
            return "ref-\(id)"
        }
    }

    /// Time that only the test moves.
    private final class Clock: Sendable {
        private let time = Mutex(Date(timeIntervalSince1970: 1_764_000_000))
        var now: Date { time.withLock { $0 } }
        func pass(_ seconds: Double) { time.withLock { $0 += seconds } }
    }

    private static let certificate = OfficerCertificate(
        number: "1", validFrom: LocalDay(Date(timeIntervalSince1970: 1_700_000_000), in: .gmt),
        validUntil: LocalDay(Date(timeIntervalSince1970: 1_800_000_000), in: .gmt))

    private static func with(
        media: [String] = ["sms"], _ body: (SQLiteCaseStore, Clock, Int64) async throws -> Void
    ) async throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("sender-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: folder) }
        let clock = Clock()
        let store = try SQLiteCaseStore.open(directory: folder, now: { clock.now })
        defer { try? store.close() }
        try await store.addChannel(ChannelRecord(id: "c1", name: "c", url: "/x.mp4", createdAt: clock.now))
        try await store.addUser(
            UserRecord(
                id: "wang", login: "wang", displayName: "w", role: .officer, passwordHash: "x", createdAt: clock.now,
                certificate: certificate))
        for (index, medium) in media.enumerated() {
            let incident = IncidentRecord(
                id: "i\(index)", channelID: "c1", violation: "piled-goods", zoneID: "z", zonesVersion: 1, ruleVersion: "r",
                phase: .confirmed, openedAt: clock.now, box: [1, 2, 3, 4], score: 1)
            try await store.addCase(
                CaseRecord(
                    id: "case\(index)", incident: incident, createdAt: clock.now, packagePath: "p\(index)",
                    manifestSHA256: String(repeating: "a", count: 64)), actor: "machine")
            _ = try await store.act(
                caseID: "case\(index)", CaseAction(.confirm, ticks: Set(CaseAction.Tick.allCases), declaresNoConflict: true), by: "wang",
                at: clock.now)
            let recipient = medium == "paper" ? "老王" : "1381234567\(index)"
            _ = try await store.act(
                caseID: "case\(index)",
                CaseAction(
                    .remind, dueAt: clock.now + 1_800,
                    notice: NoticeText(template: "t", medium: medium, recipient: recipient, text: "请整改")), by: "wang", at: clock.now)
        }
        let id = try #require(try await store.notices(caseID: "case0").first).id
        try await body(store, clock, id)
    }

    private static func sender(_ store: SQLiteCaseStore, _ gateway: some NoticeGateway, _ clock: Clock) -> NoticeSender {
        var logger = Logger(label: "test")
        logger.logLevel = .critical
        return NoticeSender(
            store: store, gateway: gateway, media: [.sms, .voice], retry: .init(firstSeconds: 30, longestSeconds: 3_600, tries: 3),
            code: { _ in "ABCDE23456" }, now: { clock.now }, logger: logger, caseChanged: { _ in })
    }

    @Test("a released message goes once, with the gateway's reference in the log")
    func sends() async throws {
        try await Self.with { (store, clock, id) async throws in
            let gateway = ScriptedGateway()
            let sender = Self.sender(store, gateway, clock)
            await sender.sendDue()
            await sender.sendDue()
            #expect(gateway.sent == [id])
            #expect(try await store.notice(id: id)?.reference == "ref-\(id)")
            #expect(try await store.events(caseID: "case0").last?.kind == "notice-sent")
        }
    }

    @Test("paper is no matter of the gateway")
    func paper() async throws {
        try await Self.with(media: ["paper"]) { (store, clock, id) async throws in
            let gateway = ScriptedGateway()
            await Self.sender(store, gateway, clock).sendDue()
            #expect(gateway.sent.isEmpty)
            #expect(try await store.notice(id: id)?.status == .waiting)
        }
    }

    @Test("a passing trouble is tried again after longer and longer waits, and then given up; an officer can begin anew")
    func retries() async throws {
        try await Self.with { (store, clock, id) async throws in
            let busy = NoticeGatewayError("busy")
            let gateway = ScriptedGateway([busy, busy, busy])
            let sender = Self.sender(store, gateway, clock)
            await sender.sendDue()
            clock.pass(29)
            await sender.sendDue()
            #expect(gateway.sent.count == 1)
            clock.pass(1)
            await sender.sendDue()
            clock.pass(59)
            await sender.sendDue()
            #expect(gateway.sent.count == 2)
            clock.pass(1)
            await sender.sendDue()
            let failed = try #require(try await store.notice(id: id))
            #expect(failed.status == .failed)
            #expect(failed.lastError == "busy")
            clock.pass(9_999)
            await sender.sendDue()
            #expect(gateway.sent.count == 3)
            try await store.reportNotice(id: id, NoticeReport(.retried), by: "wang", at: clock.now)
            await sender.sendDue()
            #expect(try await store.notice(id: id)?.status == .sent)
            #expect(gateway.sent == [id, id, id, id])
            #expect(try await store.problems().isEmpty)
        }
    }

    @Test("a refusal is final at once, and does not hold the others up")
    func refusal() async throws {
        try await Self.with(media: ["sms", "voice"]) { (store, clock, id) async throws in
            let gateway = ScriptedGateway([NoticeGatewayError("unknown number", isPassing: false)])
            await Self.sender(store, gateway, clock).sendDue()
            #expect(try await store.notice(id: id)?.status == .failed)
            #expect(try await store.notices([.sent], before: nil, limit: 9).count == 1)
        }
    }

    @Test("a gateway that is down is asked three times a round, not once for every message")
    func gatewayDown() async throws {
        try await Self.with(media: Array(repeating: "sms", count: 6)) { (store, clock, _) async throws in
            let gateway = ScriptedGateway(Array(repeating: NoticeGatewayError("down"), count: 6))
            await Self.sender(store, gateway, clock).sendDue()
            #expect(gateway.sent.count == 3)
        }
    }

    @Test("killed between the handing over and the record, the same message goes again under the same id, and the outbox has one")
    func killed() async throws {
        try await Self.with { (store, clock, id) async throws in
            let folder = FileManager.default.temporaryDirectory.path + "/outbox-\(UUID().uuidString)"
            defer { try? FileManager.default.removeItem(atPath: folder) }
            let outbox = FileOutboxGateway(folder: folder)
            // What the dead process had done: the file stands, the row says nothing of it.
            let waiting = try #require(try await store.notice(id: id))
            _ = try await outbox.send(waiting.notice, id: id)
            await Self.sender(store, outbox, clock).sendDue()
            #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == ["notice-\(id).json"])
            #expect(try await store.notice(id: id)?.status == .sent)
            #expect(try await store.events(caseID: "case0").count { $0.kind == "notice-sent" } == 1)
        }
    }
}
