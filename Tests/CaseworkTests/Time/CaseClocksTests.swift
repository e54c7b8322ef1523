import Casework
import Foundation
import Testing

/// A case of Monday, 2026-03-02, 10:00 in Shanghai, with a log as the store writes it.
struct ClockedLog {
    static let start = Date(timeIntervalSince1970: 1_772_416_800)

    var record: CaseRecord
    var events: [CaseEvent] = []

    init(_ violation: String = "piled-goods") throws {
        record = CaseRecord(
            id: "k",
            incident: IncidentRecord(
                id: "i", channelID: "c1", violation: violation, zoneID: "z", zonesVersion: 1, ruleVersion: "r", phase: .confirmed,
                openedAt: Self.start - 10, confirmedAt: Self.start, box: [1, 2, 3, 4], score: 0.8),
            createdAt: Self.start, packagePath: "p", manifestSHA256: "0")
        line("sealed", 0)
    }

    /// - Parameter minutes: after the start.
    static func at(_ minutes: Double) -> Date { start + minutes * 60 }

    mutating func act(_ action: CaseAction, _ minutes: Double, by actor: String = "a") throws {
        line(action.eventKind, minutes, by: actor, try CaseLine.text(of: action))
    }

    mutating func line(_ kind: String, _ minutes: Double, by actor: String = "machine", _ detail: String = "{}") {
        events.append(
            CaseEvent(
                sequence: Int64(events.count + 1), caseID: "k", at: Self.at(minutes), actor: actor, kind: kind, detail: detail, hash: ""))
    }

    mutating func step(_ step: Referral.Step, _ body: String, _ minutes: Double, _ text: String = "") throws {
        line(step.eventKind, minutes, by: "a", try CaseLine.text(of: Referral.Line(body: body, text: text)))
    }

    static func remind(_ due: Double) -> CaseAction { CaseAction(.remind, dueAt: at(due)) }

    func clocks(_ calendar: WorkingCalendar? = nil) throws -> [CaseClock] {
        let clocks = CaseClocks(rules: try DeadlineRulesTests.shipped(), calendar: try calendar ?? WorkingCalendarTests.shipped())
        return clocks.clocks(of: record, events: events)
    }

    func clock(_ kind: CaseClock.Kind) throws -> CaseClock { try #require(try clocks().last { $0.kind == kind }) }
}

@Suite("A case's clocks")
struct CaseClocksTests {
    private typealias Line = (CaseClock.Kind, by: String, from: Double, due: String, stop: String?, at: Double)

    private static func check(_ log: ClockedLog, _ table: [Line]) throws {
        let clocks = try log.clocks()
        for line in table {
            let clock = try #require(clocks.last { $0.kind == line.0 }, "\(line.0) never ran")
            #expect(clock.startedBy == line.by, "\(line.0)")
            #expect(clock.startedAt == ClockedLog.at(line.from), "\(line.0)")
            #expect(clock.dueAt == (try WorkingCalendarTests.time(line.due)), "\(line.0): \(clock.dueAt)")
            #expect(clock.stoppedBy == line.stop, "\(line.0)")
            #expect(clock.stoppedAt == line.stop.map { _ in ClockedLog.at(line.at) }, "\(line.0)")
        }
        #expect(Set(clocks.map(\.kind)).isSubset(of: Set(table.map(\.0) + [.limitation])))
    }

    @Test("the whole way to the decision and its service: what starts each, when it is over, what stops it")
    func wholeWay() throws {
        var log = try ClockedLog()
        try log.act(CasePeople.full(.confirm), 10)
        try log.act(ClockedLog.remind(60), 30)
        try log.act(CaseAction(.look, look: CasePeople.look), 61, by: "machine")
        try log.act(CaseAction(.notCorrected), 80)
        try log.act(CaseAction(.disagree, note: "n"), 90, by: "b")
        try log.act(CaseAction(.handOver, note: "n"), 100, by: "c")
        log.line("exchange-decided", 110)
        log.line("exchange-served", 120)
        try Self.check(
            log,
            [
                (.review, "sealed", 0, "2026-03-02T10:30", "decided", 10),
                (.handling, "decided", 10, "2026-03-02T13:40", "remind", 30),
                (.correction, "remind", 30, "2026-03-02T11:00", "look", 61),
                (.recheck, "remind", 60, "2026-03-02T14:30", "not-corrected", 80),
                (.secondReview, "not-corrected", 80, "2026-03-04T00:00", "disagree", 90),
                (.settlement, "disagree", 90, "2026-03-05T00:00", "hand-over", 100),
                (.decision, "hand-over", 100, "2026-06-01T00:00", "exchange-decided", 110),
                (.service, "exchange-decided", 110, "2026-03-12T00:00", "exchange-served", 120),
                (.limitation, "act", -1.0 / 6, "2028-03-03T00:00", "hand-over", 100),
            ])
        #expect(try log.clocks().allSatisfy { $0.status(at: ClockedLog.at(9_999_999)) == .met })
    }

    @Test("a deadline that is missed is breached until somebody acts, then late; the party's time is over, not breached")
    func statuses() throws {
        var log = try ClockedLog()
        #expect(try log.clock(.review).status(at: ClockedLog.at(30)) == .running)
        #expect(try log.clock(.review).status(at: ClockedLog.at(30.1)) == .breached)
        try log.act(CasePeople.full(.confirm), 31)
        #expect(try log.clock(.review).status(at: ClockedLog.at(31)) == .late)
        try log.act(ClockedLog.remind(60), 40)
        #expect(try log.clock(.correction).status(at: ClockedLog.at(61)) == .over)
        try log.act(CaseAction(.look, look: CasePeople.look), 70, by: "machine")
        #expect(try log.clock(.correction).status(at: ClockedLog.at(71)) == .met)
    }

    @Test(
        "the classes have their own times to handle",
        arguments: [
            ("roadside-vending", "2026-03-02T13:40"), ("bin-overflow", "2026-03-02T15:40"), ("shared-bike-heap", "2026-03-02T13:40"),
        ])
    func classes(violation: String, due: String) throws {
        var log = try ClockedLog(violation)
        try log.act(CasePeople.full(.confirm), 10)
        try Self.check(
            log,
            [
                (.review, "sealed", 0, "2026-03-02T10:30", "decided", 10), (.handling, "decided", 10, due, nil, 0),
                (.limitation, "act", -1.0 / 6, "2028-03-03T00:00", nil, 0),
            ])
    }

    @Test("a shared bikes' operator has two hours by the clock from the notice, once, and no other violation has that clock")
    func clearance() throws {
        var log = try ClockedLog("shared-bike-heap")
        try log.act(CasePeople.full(.confirm), 10)
        try log.act(ClockedLog.remind(60), 30)
        try log.act(CaseAction(.look, look: CasePeople.look), 61, by: "machine")
        try log.act(CaseAction(.cannotSee, dueAt: ClockedLog.at(200)), 70)
        let clocks = try log.clocks()
        #expect(clocks.filter { $0.kind == .clearance }.allSatisfy { $0.dueAt == ClockedLog.at(150) && $0.startedBy == "remind" })
        #expect(try log.clock(.clearance).isRunning)
        var other = try ClockedLog()
        other.events = log.events
        #expect(try !other.clocks().contains { $0.kind == .clearance })
    }

    @Test("another time to correct ends the first one's clock and begins the next one's")
    func cannotSee() throws {
        var log = try ClockedLog()
        try log.act(CasePeople.full(.confirm), 10)
        try log.act(ClockedLog.remind(60), 30)
        try log.act(CaseAction(.look, look: CasePeople.look), 61, by: "machine")
        try log.act(CaseAction(.cannotSee, dueAt: ClockedLog.at(200)), 70)
        let clocks = try log.clocks()
        #expect(clocks.filter { $0.kind == .correction }.map(\.dueAt) == [ClockedLog.at(60), ClockedLog.at(200)])
        #expect(clocks.filter { $0.kind == .recheck }.map(\.stoppedBy) == ["cannot-see", nil])
        #expect(clocks.last { $0.kind == .recheck }?.startedAt == ClockedLog.at(200))
    }

    @Test("an objection is answered in five working days")
    func objection() throws {
        var log = try ClockedLog()
        try log.act(CasePeople.full(.confirm), 10)
        try log.act(ClockedLog.remind(60), 30)
        try log.act(CaseAction(.object, note: "n"), 40, by: "party")
        #expect(try log.clock(.objection).dueAt == WorkingCalendarTests.time("2026-03-10T00:00"))
        #expect(try !log.clock(.correction).isRunning)
        try log.act(CaseAction(.uphold, note: "n"), 50, by: "c")
        #expect(try log.clock(.objection).stoppedBy == "uphold")
        #expect(try log.clock(.correction).isRunning)
    }

    @Test("a review taken back at once gives no new time; a case opened again has a new one")
    func undone() throws {
        var log = try ClockedLog()
        try log.act(CasePeople.full(.falseAlarm), 10)
        #expect(try log.clock(.limitation).stoppedBy == "decided")
        try log.act(CaseAction(.undo), 10.5)
        #expect(try log.clocks().filter { $0.kind == .review }.map(\.dueAt) == [ClockedLog.at(30)])
        #expect(try log.clock(.review).isRunning && log.clock(.limitation).isRunning)
        try log.act(CasePeople.full(.falseAlarm), 12)
        try log.act(CaseAction(.reopen, note: "n"), 100)
        #expect(try log.clocks().filter { $0.kind == .review }.map(\.dueAt) == [ClockedLog.at(30), ClockedLog.at(130)])
    }

    @Test("a clock that was set back an hour leaves every deadline where its line put it, and makes nothing late")
    func setBack() throws {
        var log = try ClockedLog()
        try log.act(CasePeople.full(.confirm), 20)
        let before = try log.clocks()
        try log.act(ClockedLog.remind(60), -30)
        let after = try log.clocks()
        #expect(after.first { $0.kind == .review } == before.first { $0.kind == .review })
        #expect(after.first { $0.kind == .handling }?.dueAt == before.first { $0.kind == .handling }?.dueAt)
        #expect(try log.clock(.handling).status(at: ClockedLog.at(-20)) == .met)
        #expect(try log.clock(.correction).dueAt == ClockedLog.at(60))
        #expect(try log.clock(.correction).status(at: ClockedLog.at(-90)) == .running)
    }

    @Test("a changed zone of the site moves no deadline by the clock and none that an officer gave")
    func zone() throws {
        var log = try ClockedLog("shared-bike-heap")
        try log.act(CasePeople.full(.confirm), 10)
        try log.act(ClockedLog.remind(60), 30)
        let here = try log.clocks()
        let settings = CalendarSettings(
            hours: ["mon": [ClockSpan("09:00-17:00")].compactMap { $0 }], makeUpHours: [], years: [])
        let there = try log.clocks(WorkingCalendar(settings, timeZone: #require(TimeZone(identifier: "America/New_York"))))
        #expect(here.map(\.kind) == there.map(\.kind))
        for (left, right) in zip(here, there) where left.unit == .minutes {
            #expect(left == right)
        }
        #expect(here.count { $0.unit == .minutes } == 3)
    }

    @Test("a referral's clocks run until it is sent and until it is answered; taken back they stop")
    func referrals() throws {
        var log = try ClockedLog()
        var transfer = CasePeople.full(.transfer)
        transfer.reason = "police"
        try log.act(transfer, 10)
        #expect(try log.clock(.referralSending).dueAt == WorkingCalendarTests.time("2026-03-06T00:00"))
        #expect(try log.clock(.referralSending).startedBy == "decided")
        try log.step(.sent, "police", 20)
        #expect(try log.clock(.referralSending).stoppedBy == "referral-sent")
        #expect(try log.clock(.referralAnswer).dueAt == WorkingCalendarTests.time("2026-03-10T00:00"))
        var answered = log
        try answered.step(.answered, "police", 30, "沪公 1")
        #expect(try answered.clock(.referralAnswer).stoppedBy == "referral-answered")
        try log.act(CaseAction(.reopen, note: "n"), 40)
        #expect(try log.clock(.referralAnswer).stoppedBy == "withdrawn")
    }
}
