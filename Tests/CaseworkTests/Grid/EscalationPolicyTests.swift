import Foundation
import Testing

import Casework

@Suite("When a case goes to the next loop")
struct EscalationPolicyTests {
    private static func need(_ events: [CaseEvent], _ minutes: Double, _ standing: CaseStanding = CaseStanding()) throws -> LoopLevel? {
        let clocks = try DutyBench.clocks()
        return clocks.rules.escalation.need(
            of: clocks.clocks(of: DutyBench.record(), events: events), needsEnforcement: EscalationPolicy.needsEnforcement(standing),
            at: DutyBench.start + minutes * 60, in: clocks.calendar)?.level
    }

    @Test(
        "a review that nobody does: middle at once, large after four working hours, district at the end of the third working day",
        arguments: [
            (30.0, nil), (30.1, LoopLevel.middle),
            // 10:00 + 2 h, noon, 2 h: half past three in the afternoon is 360 minutes after half past nine.
            (359, .middle), (360, .large),
            // The end of Friday.
            (5_189, .large), (5_190, .district),
        ] as [(Double, LoopLevel?)])
    func review(minutes: Double, level: LoopLevel?) throws {
        #expect(try Self.need([DutyBench.sealed], minutes) == level)
    }

    @Test("what was done, even late, and the party's own time lead nowhere")
    func nothing() throws {
        let reminded = try Array(DutyBench.toSecondReview(due: 600).prefix(3))
        #expect(try Self.need(reminded, 599) == nil)
        #expect(try Self.need(reminded, 601) == nil)
    }

    @Test("an order, and a case that was not corrected, need the street; a reminder does not")
    func power() throws {
        func standing(_ state: CaseState, _ kind: CaseAction.Kind) -> CaseStanding {
            var standing = CaseStanding()
            standing.state = state
            standing.correction = CaseStanding.Correction(kind: kind, userID: "a", at: DutyBench.start, dueAt: DutyBench.start, notice: nil)
            return standing
        }
        #expect(try Self.need([], 0, standing(.awaitingCorrection, .remind)) == nil)
        #expect(try Self.need([], 0, standing(.awaitingCorrection, .order)) == .large)
        #expect(try Self.need([], 0, standing(.secondReview, .remind)) == .large)
        #expect(try Self.need([], 0, standing(.closed, .order)) == nil)
    }

    @Test("the loop is read out of the log: the highest that a line names")
    func level() throws {
        func line(_ level: LoopLevel) throws -> CaseEvent {
            DutyBench.line(
                "escalated", 1,
                try CaseLine.text(of: Escalation(level: level, clock: .review, dueAt: DutyBench.start, grid: "zs", to: ["周"])))
        }
        #expect(Escalation.level(in: [DutyBench.sealed]) == .small)
        #expect(try Escalation.level(in: [line(.large), line(.middle)]) == .large)
        #expect(try Escalation.all(in: [line(.large)]).first?.escalation.dueAt == DutyBench.start)
    }
}
