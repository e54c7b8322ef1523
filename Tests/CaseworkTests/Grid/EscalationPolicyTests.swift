import Casework
import Foundation
import Testing

@Suite("When a case goes to the next loop")
struct EscalationPolicyTests {
    /// A clock that is over on Monday at 10:30.
    private static func clock(_ kind: CaseClock.Kind = .review, stopped: Bool = false) -> CaseClock {
        CaseClock(
            kind: kind, unit: .minutes, startedAt: ClockedLog.start, startedBy: "sealed", dueAt: ClockedLog.at(30),
            stoppedAt: stopped ? ClockedLog.at(40) : nil)
    }

    @Test(
        "the longer a clock is over, the higher the loop",
        arguments: [
            // At the deadline itself there is still time.
            ("2026-03-02T10:30", nil), ("2026-03-02T10:31", LoopLevel.middle), ("2026-03-02T15:59", .middle),
            // Four working hours on, noon not counted.
            ("2026-03-02T16:00", .large), ("2026-03-05T23:59", .large),
            // Three working days on.
            ("2026-03-06T00:00", .district), ("2027-03-06T00:00", .district),
        ] as [(String, LoopLevel?)])
    func table(time: String, level: LoopLevel?) throws {
        let (policy, calendar) = (try DeadlineRulesTests.shipped().escalation, try WorkingCalendarTests.shipped())
        let now = try WorkingCalendarTests.time(time)
        func need(_ clocks: [CaseClock], _ enforcement: Bool = false) -> LoopLevel? {
            policy.need(of: clocks, needsEnforcement: enforcement, at: now, in: calendar)?.level
        }
        #expect(need([Self.clock()]) == level)
        #expect(need([Self.clock(stopped: true)]) == nil)
        // The party's time leads nowhere by itself.
        #expect(need([Self.clock(.correction)]) == nil)
        #expect(need([Self.clock(.limitation)]) == nil)
        // Who may enforce is in the street's loop, at once.
        #expect(need([], true) == .large)
        #expect(need([Self.clock()], true) == max(level ?? .large, .large))
    }

    @Test("an order, and what a second officer or the head has to say, need somebody who may enforce; a reminder does not")
    func enforcement() {
        let states: [CaseState: Bool] = [
            .candidate: false, .awaitingCorrection: false, .secondReview: true, .disputed: true, .closed: false,
        ]
        for (state, expected) in states {
            #expect(EscalationPolicy.needsEnforcement(CasePeople.standing(state).0) == expected, "\(state)")
        }
        var ordered = CasePeople.standing(.awaitingCorrection).0
        ordered.correction?.kind = .order
        #expect(EscalationPolicy.needsEnforcement(ordered))
    }

    @Test("the level that a log tells of is its highest, whatever the lines' times and order")
    func level() throws {
        var log = try ClockedLog()
        #expect(Escalation.level(in: log.events) == .small)
        for (level, minutes) in [(LoopLevel.large, 60.0), (.middle, -120)] {
            let line = Escalation(level: level, clock: .review, dueAt: ClockedLog.at(30), grid: "s", to: ["王"])
            log.line(Escalation.lineKind, minutes, try CaseLine.text(of: line))
        }
        log.line(Escalation.lineKind, 90, "no JSON")
        #expect(Escalation.level(in: log.events) == .large)
        #expect(Escalation.all(in: log.events).map(\.escalation.level) == [.large, .middle])
        #expect(Escalation.all(in: log.events).first?.escalation.dueAt == ClockedLog.at(30))
    }

    @Test("each loop's duty is the grid's own, its sub-centre's, the street's, nobody's in the tree")
    func grids() {
        let tree = GridTreeTests.small()
        #expect(LoopLevel.allCases.map { $0.grid(of: "m1", in: tree)?.code } == ["m1", "p", "s", nil])
        // A channel without a grid is the street's.
        #expect(LoopLevel.allCases.map { $0.grid(of: "", in: tree)?.code } == [nil, "s", "s", nil])
    }

    @Test("the next change is the nearest moment at which a clock or a step comes")
    func nextChange() throws {
        let (policy, calendar) = (try DeadlineRulesTests.shipped().escalation, try WorkingCalendarTests.shipped())
        #expect(policy.nextChange(of: [Self.clock()], after: ClockedLog.start, in: calendar) == ClockedLog.at(30))
        let next = try WorkingCalendarTests.time("2026-03-02T16:00")
        #expect(policy.nextChange(of: [Self.clock()], after: ClockedLog.at(31), in: calendar) == next)
        #expect(policy.nextChange(of: [Self.clock(stopped: true)], after: ClockedLog.start, in: calendar) == nil)
    }
}
