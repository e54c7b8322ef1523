import Casework
import Foundation
import Testing

@Suite("What a log says of referrals")
struct ReferralTests {
    private static func transferred() throws -> ClockedLog {
        var log = try ClockedLog()
        try log.act(CaseAction(.transfer, reason: "police", note: "请处理"), 10)
        return log
    }

    private static func status(_ log: ClockedLog) -> Referral.Status? { Referral.all(in: log.events).last?.status }

    @Test("a transfer waits, is sent, acknowledged and answered; each step has its time and the last words stand")
    func way() throws {
        var log = try Self.transferred()
        let first = try #require(Referral.all(in: log.events).first)
        #expect(first.body == "police" && first.kind == .transfer && first.status == .waiting && first.text == "请处理")
        #expect(first.nextSteps == [.sent] && first.isOpen)
        for (step, minutes, words) in [(Referral.Step.sent, 20.0, ""), (.acknowledged, 30, "收"), (.answered, 40, "沪公 1")] {
            try log.step(step, "police", minutes, words)
        }
        let last = try #require(Referral.all(in: log.events).first)
        #expect(last.status == .answered && last.text == "沪公 1" && !last.isOpen && last.nextSteps == [])
        #expect([last.sentAt, last.acknowledgedAt, last.endedAt] == [20, 30, 40].map { ClockedLog.at($0) })
    }

    @Test("a step out of turn, said twice, or for another body changes nothing")
    func outOfTurn() throws {
        var log = try Self.transferred()
        try log.step(.answered, "police", 15)
        try log.step(.sent, "sanitation", 16)
        #expect(Self.status(log) == .waiting)
        try log.step(.sent, "police", 20)
        try log.step(.sent, "police", 25)
        #expect(Referral.all(in: log.events).first?.sentAt == ClockedLog.at(20))
        log.line("referral-answered", 30, "no JSON")
        #expect(Self.status(log) == .sent)
    }

    @Test("a returned referral is open until an officer takes the case up again, and that is possible")
    func returned() throws {
        var log = try Self.transferred()
        try log.step(.sent, "police", 20)
        try log.step(.returned, "police", 30, "不属我单位")
        let referral = try #require(Referral.all(in: log.events).last)
        #expect(referral.status == .returned && referral.isOpen && referral.nextSteps == [])
        let standing = try CaseLog.standing(after: log.events)
        #expect(standing.state == .transferred)
        let officer = CasePeople.user(
            "b", .officer,
            OfficerCertificate(
                number: "1", validFrom: LocalDay(ClockedLog.start, in: .gmt).adding(days: -9),
                validUntil: LocalDay(ClockedLog.start, in: .gmt).adding(days: 9)))
        #expect(CaseLife().possible(for: officer, at: ClockedLog.at(40), from: standing).contains(.reopen))
        try log.act(CaseAction(.reopen, note: "退回"), 40)
        #expect(try CaseLog.standing(after: log.events).state == .candidate)
        #expect(Self.status(log) == .withdrawn)
        // The same body may get it again.
        try log.act(CaseAction(.transfer, reason: "police"), 50)
        #expect(Referral.all(in: log.events).map(\.status) == [.withdrawn, .waiting])
    }

    @Test("a copy is done once it was sent, may be acknowledged, and stands once for a body")
    func copies() throws {
        var log = try ClockedLog()
        try log.act(CasePeople.full(.confirm), 10)
        let line = try CaseLine.text(of: Referral.CopyLine(body: "community", article: "art. 1"))
        log.line(Referral.copiedLine, 11, line)
        log.line(Referral.copiedLine, 12, line)
        #expect(Referral.all(in: log.events).count == 1)
        try log.step(.sent, "community", 20)
        let copy = try #require(Referral.all(in: log.events).first)
        #expect(copy.kind == .copy && !copy.isOpen && copy.nextSteps == [.acknowledged] && copy.text == "art. 1")
        try log.act(CaseAction(.undo), 10.5)
        #expect(Self.status(log) == .withdrawn)
        log.line(Referral.copiedLine, 30, line)
        #expect(Referral.all(in: log.events).map(\.status) == [.withdrawn, .waiting])
    }
}
