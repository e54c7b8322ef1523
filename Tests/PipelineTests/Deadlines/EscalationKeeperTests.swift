import CaseStoreSQLite
import Casework
import Foundation
import Logging
import Pipeline
import Synchronization
import Testing

@Suite("Deadlines followed over a real store")
struct EscalationKeeperTests {
    private static func settings() throws -> DutySettings {
        let config = ShippedSettingsTests.root.path + "/Config"
        let catalogue = try ConfigFile.read(ViolationCatalogue.self, config + "/violations.yaml")
        return try DutySettings.load(folder: config, timeZone: CaseLife().timeZone, catalogue: catalogue)
    }

    /// A station as it starts: nothing is remembered but what the store holds.
    private static func keeper(_ cases: SealedCases, changed: @escaping @Sendable (String) -> Void = { _ in }) throws -> EscalationKeeper {
        var logger = Logger(label: "test")
        logger.logLevel = .critical
        let settings = try settings()
        return EscalationKeeper(
            store: cases.store, settings: settings, book: ClockBook(store: cases.store, clocks: settings.clocks, scope: .open),
            now: { cases.now }, logger: logger, caseChanged: changed)
    }

    private static func levels(_ cases: SealedCases, _ id: String) async throws -> [LoopLevel] {
        Escalation.all(in: try await cases.store.events(caseID: id)).map(\.escalation.level)
    }

    /// A channel in a grid, and somebody on duty for its sub-centre.
    private static func staff(_ cases: SealedCases) async throws {
        var channel = try #require(try await cases.store.channel(id: "c1"))
        channel.grid = "zs-fc-01-01"
        try await cases.store.updateChannel(channel, at: cases.now)
        let document = RosterDocument(
            grid: "zs-fc", name: "片区值班", telephone: "021-57820001",
            weekly: [RosterDocument.Shift(days: Weekday.allCases, hours: try #require(ClockSpan("00:00-24:00")))])
        _ = try await cases.store.putLedger(
            .roster, id: "r1", document: try CaseLine.text(of: document), isRetired: false, expecting: 0, author: "wang", at: cases.now)
    }

    @Test("the shipped files are read together, and the log is told what they lack")
    func shipped() throws {
        let settings = try Self.settings()
        #expect(settings.grid.nodes.count == 165)
        #expect(settings.routing.route("parked-bikes")?.primary.body == "police")
        var channel = ChannelRecord(id: "c1", name: "一号", url: "rtsp://10.0.0.1/1", createdAt: SealedCases.start)
        channel.grid = "zz"
        let warnings = settings.warnings(channels: [channel], now: Date(timeIntervalSince1970: 1_798_000_000))
        #expect(warnings.count == 2)
        #expect(warnings.contains { $0.contains("2027") } && warnings.contains { $0.contains("“zz”") })
    }

    @Test("a settings file that does not fit is refused with file, line and reason")
    func refused() throws {
        let source = ShippedSettingsTests.root.path + "/Config/routing.yaml"
        let text = try String(contentsOfFile: source, encoding: .utf8).replacingOccurrences(
            of: "violation: hung-goods", with: "violation: dancing")
        let catalogue = try ConfigFile.read(ViolationCatalogue.self, ShippedSettingsTests.root.path + "/Config/violations.yaml")
        let error = #expect(throws: SettingsError.self) {
            try ConfigFile.parseChecked(RoutingTable.self, text, file: "routing.yaml") { $0.problems(with: catalogue) }
        }
        #expect(error?.file == "routing.yaml" && error?.reason.contains("dancing") == true)
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        #expect(error?.line == lines.firstIndex { $0.contains("dancing") }.map { $0 + 1 })
    }

    @Test("a case nobody reviews goes to each loop once, with who is on duty there; the chain stands")
    func oncePerLevel() async throws {
        let cases = try await SealedCases()
        try await Self.staff(cases)
        let record = try await cases.add()
        let changed = Mutex<[String]>([])
        let keeper = try Self.keeper(cases) { id in changed.withLock { $0.append(id) } }
        let moments: [(Double, [LoopLevel])] = [
            (29 * 60, []), (31 * 60, [.middle]), (32 * 60, [.middle]), (2 * 86_400, [.middle, .large]),
            (2 * 86_400 + 60, [.middle, .large]), (14 * 86_400, [.middle, .large, .district]),
            (15 * 86_400, [.middle, .large, .district]),
        ]
        for (seconds, levels) in moments {
            cases.now = SealedCases.start + seconds
            await keeper.look()
            #expect(try await Self.levels(cases, record.id) == levels, "after \(seconds) s")
        }
        #expect(changed.withLock { $0 } == [record.id, record.id, record.id])
        let first = try #require(Escalation.all(in: try await cases.store.events(caseID: record.id)).first?.escalation)
        #expect(first.clock == .review && first.grid == "zs-fc" && first.to == ["片区值班"])
        #expect(first.dueAt == SealedCases.start + 30 * 60)
        #expect(try await cases.store.caseRecord(id: record.id)?.standing == CaseStanding())
        #expect(try await cases.store.firstBrokenEvent() == nil)
        #expect(try await cases.store.problems() == [])
    }

    @Test("neither a start anew nor a clock that was set back makes it go again")
    func again() async throws {
        let cases = try await SealedCases()
        let record = try await cases.add()
        cases.now = SealedCases.start + 31 * 60
        try await Self.keeper(cases).look()
        for minutes in [31.0, 0, -60, 31, 33] {
            cases.now = SealedCases.start + minutes * 60
            let keeper = try Self.keeper(cases)
            await keeper.look()
            await keeper.look()
            #expect(try await Self.levels(cases, record.id) == [.middle], "at \(minutes) min")
        }
        #expect(try await cases.store.firstBrokenEvent() == nil)
        #expect(try await cases.store.problems() == [])
    }

    @Test("what is long over goes straight to its loop, and what was acted on goes nowhere")
    func straight() async throws {
        let cases = try await SealedCases()
        let (late, done) = (try await cases.add(0), try await cases.add(1))
        try await cases.act(done.id, SealedCases.review(.falseAlarm), after: 100)
        cases.now = SealedCases.start + 20 * 86_400
        try await Self.keeper(cases).look()
        #expect(try await Self.levels(cases, late.id) == [.district])
        #expect(try await Self.levels(cases, done.id) == [])
    }

    @Test("an order goes to the street's loop at once, a reminder does not")
    func enforcement() async throws {
        let cases = try await SealedCases()
        let (ordered, reminded) = (try await cases.add(0), try await cases.add(1))
        for (id, kind) in [(ordered.id, CaseAction.Kind.order), (reminded.id, .remind)] {
            try await cases.act(id, SealedCases.review(.confirm), after: 100)
            try await cases.act(id, CaseAction(kind, dueAt: SealedCases.start + 3_600), after: 110)
        }
        cases.now = SealedCases.start + 120
        let keeper = try Self.keeper(cases)
        await keeper.look()
        await keeper.look()
        #expect(try await Self.levels(cases, ordered.id) == [.large])
        #expect(try await Self.levels(cases, reminded.id) == [])
    }

    @Test("two books read the same clocks, a line that moves no case is read once it is forgotten, and a full book says so")
    func book() async throws {
        let cases = try await SealedCases()
        let record = try await cases.add(0)
        _ = try await cases.add(1)
        let settings = try Self.settings()
        let book = ClockBook(store: cases.store, clocks: settings.clocks, scope: .open)
        let first = try await book.read()
        #expect(first.isComplete && first.cases.count == 2)
        #expect(
            try await ClockBook(store: cases.store, clocks: settings.clocks, scope: .open).read().cases.map(\.clocks)
                == first.cases.map(\.clocks))
        let line = Escalation(level: .large, clock: nil, dueAt: nil, grid: nil, to: [])
        try await cases.store.appendEvent(
            caseID: record.id, at: cases.now, actor: "machine", kind: Escalation.lineKind, detail: CaseLine.text(of: line))
        await book.forget(record.id)
        #expect(try await book.read().cases.first { $0.record.id == record.id }?.level == .large)
        let small = try await ClockBook(store: cases.store, clocks: settings.clocks, scope: .open, limit: 1).read()
        #expect(!small.isComplete && small.cases.count == 1)
    }

    @Test("referrals are marked in turn, and what cannot be said of one is refused by its reason")
    func clerk() async throws {
        let cases = try await SealedCases()
        let record = try await cases.add()
        var transfer = SealedCases.review(.transfer)
        transfer.reason = "police"
        try await cases.act(record.id, transfer, after: 100)
        let clerk = ReferralClerk(store: cases.store, routing: try Self.settings().routing)
        func mark(_ step: Referral.Step, _ body: String, _ text: String) async throws -> Referral.Status? {
            try await clerk.mark(step, caseID: record.id, body: body, text: text, by: "wang", at: cases.now + 200).last?.status
        }
        await #expect(throws: ReferralClerk.Failure.noReferral(body: "sanitation")) { try await mark(.sent, "sanitation", "") }
        await #expect(throws: ReferralClerk.Failure.notNow(.answered, .waiting)) { try await mark(.answered, "police", "x") }
        #expect(try await mark(.sent, "police", "") == .sent)
        await #expect(throws: ReferralClerk.Failure.textMissing(.returned)) { try await mark(.returned, "police", " \n") }
        await #expect(throws: ReferralClerk.Failure.textTooLong(characters: 2_001)) {
            try await mark(.answered, "police", String(repeating: "长", count: 2_001))
        }
        #expect(try await mark(.returned, "police", "不属我单位") == .returned)
        let reopened = try await cases.act(record.id, CaseAction(.reopen, note: "退回"), after: 300)
        #expect(reopened.state == .candidate)
        #expect(try await cases.store.problems() == [])
    }
}
