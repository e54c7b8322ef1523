import CaseStoreSQLite
import Casework
import Foundation
import Logging
import Pipeline
import Testing

@Suite("Cases on their way to other bodies")
struct ReferralClerkTests {
    private static let routing = RoutingTable(routes: [
        .init(
            violation: "piled-goods", primary: .init(body: "police", article: "art. 1"),
            copies: [
                .init(body: "community", article: "art. 2", on: [.confirm, .transfer]),
                .init(body: "greening", article: "art. 3", on: [.transfer]),
            ],
            punishedBy: ["police"])
    ])

    private static func review(_ kind: CaseAction.Kind, reason: String? = nil) -> CaseAction {
        CaseAction(kind, reason: reason, ticks: Set(CaseAction.Tick.allCases), declaresNoConflict: true)
    }

    @Test("copies are made once for each review, and taken back with it")
    func copies() async throws {
        let cases = try await SealedCases()
        let clerk = ReferralClerk(store: cases.store, routing: Self.routing)
        let record = try await cases.add()
        #expect(try await clerk.copy(record, at: cases.now) == 0)
        let confirmed = try await cases.store.act(caseID: record.id, Self.review(.confirm), by: "wang", at: cases.now + 60)
        #expect(try await clerk.copy(confirmed, at: cases.now + 61) == 1)
        #expect(try await clerk.copy(confirmed, at: cases.now + 62) == 0)
        _ = try await cases.store.act(caseID: record.id, CaseAction(.undo), by: "wang", at: cases.now + 63)
        let transferred = try await cases.store.act(
            caseID: record.id, Self.review(.transfer, reason: "police"), by: "wang", at: cases.now + 64)
        #expect(try await clerk.copy(transferred, at: cases.now + 65) == 2)
        let referrals = Referral.all(in: try await cases.store.events(caseID: record.id))
        #expect(referrals.map(\.body) == ["community", "police", "community", "greening"])
        #expect(referrals.map(\.status) == [.withdrawn, .waiting, .waiting, .waiting])
        // A body that the case itself went to gets no copy of it.
        let other = try await cases.store.act(
            caseID: cases.add(1).id, Self.review(.transfer, reason: "greening"), by: "wang", at: cases.now + 90)
        #expect(try await clerk.copy(other, at: cases.now + 91) == 1)
        #expect(try await cases.store.firstBrokenEvent() == nil)
    }

    @Test("what became of it is said in turn, with words where the other body spoke")
    func marks() async throws {
        let cases = try await SealedCases()
        let clerk = ReferralClerk(store: cases.store, routing: Self.routing)
        let record = try await cases.add()
        func mark(_ step: Referral.Step, _ text: String = "", body: String = "police", at seconds: Double) async throws -> Referral.Status?
        {
            try await clerk.mark(step, caseID: record.id, body: body, text: text, by: "wang", at: cases.now + seconds).first?.status
        }
        await #expect(throws: ReferralClerk.Failure.noReferral(body: "police")) { try await mark(.sent, at: 1) }
        _ = try await cases.store.act(caseID: record.id, Self.review(.transfer, reason: "police"), by: "wang", at: cases.now + 2)
        await #expect(throws: ReferralClerk.Failure.notNow(.acknowledged, .waiting)) { try await mark(.acknowledged, at: 3) }
        #expect(try await mark(.sent, at: 4) == .sent)
        await #expect(throws: ReferralClerk.Failure.textMissing(.returned)) { try await mark(.returned, " ", at: 5) }
        let long = String(repeating: "字", count: Referral.textLimit + 1)
        await #expect(throws: ReferralClerk.Failure.textTooLong(characters: long.count)) { try await mark(.answered, long, at: 5) }
        // The machine's clock goes back an hour in between.
        #expect(try await mark(.returned, "证据不足", at: -3_600) == .returned)
        #expect(try await cases.store.firstBrokenEvent() == nil)
        #expect(try await cases.store.problems() == [])
    }

    @Test("a book reads a log again only after a step of the case, or when told; and says when it holds not all")
    func book() async throws {
        let cases = try await SealedCases()
        let settings = try ClockBookSettings.shipped()
        let book = ClockBook(store: cases.store, clocks: settings, scope: .open, limit: 2)
        let first = try await cases.add()
        #expect(try await book.read().cases.map(\.record.id) == [first.id])
        let line = try CaseLine.text(of: Escalation(level: .middle, clock: .review, dueAt: nil, grid: nil, to: []))
        try await cases.store.appendEvent(caseID: first.id, at: cases.now, actor: "machine", kind: "escalated", detail: line)
        #expect(try await book.read().cases.first?.level == .small)
        await book.forget(first.id)
        #expect(try await book.read().cases.first?.level == .middle)
        _ = try await cases.store.act(caseID: first.id, Self.review(.confirm), by: "wang", at: cases.now + 60)
        #expect(try await book.read().cases.first?.nearest?.kind == .handling)
        _ = try await cases.add(1)
        #expect(try await book.read().isComplete)
        _ = try await cases.add(2)
        let full = try await book.read()
        #expect(full.cases.count == 2 && !full.isComplete)
        _ = try await cases.store.act(caseID: first.id, CaseAction(.undo), by: "wang", at: cases.now + 61)
        _ = try await cases.store.act(caseID: first.id, Self.review(.falseAlarm, reason: "delivery"), by: "wang", at: cases.now + 62)
        let rest = try await book.read()
        #expect(rest.isComplete && !rest.cases.contains { $0.record.id == first.id })
    }
}

/// The shipped clocks.
enum ClockBookSettings {
    static func shipped() throws -> CaseClocks {
        let config =
            URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().path + "/Config"
        return try DutySettings.load(
            folder: config, timeZone: #require(TimeZone(identifier: "Asia/Shanghai")),
            catalogue: ConfigFile.read(ViolationCatalogue.self, config + "/violations.yaml")
        ).clocks
    }
}
