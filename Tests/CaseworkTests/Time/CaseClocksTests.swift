import Casework
import Foundation
import Testing
import Yams

@Suite("A case's clocks")
struct CaseClocksTests {
    private static func clocks(_ zone: String = "Asia/Shanghai") throws -> CaseClocks {
        CaseClocks(
            rules: try YAMLDecoder().decode(DeadlineRules.self, from: CatalogueTests.config("deadlines.yaml")),
            calendar: try WorkingCalendarTests.calendar(zone))
    }

    /// A log of these actions; minutes after `start`.
    private static func read(
        _ actions: [(CaseAction, Double)], violation: String = "piled-goods", start: String = "2026-11-24 09:30",
        zone: String = "Asia/Shanghai"
    ) throws -> [CaseClock] {
        let begin = try WorkingCalendarTests.moment(start)
        let incident = IncidentRecord(
            id: "i", channelID: "c1", violation: violation, zoneID: "z", zonesVersion: 1, ruleVersion: "r", phase: .confirmed,
            openedAt: begin - 600, confirmedAt: begin, box: [0, 0, 1, 1], score: 1)
        let record = CaseRecord(id: "k", incident: incident, createdAt: begin, packagePath: "p", manifestSHA256: "")
        let encoder = JSONEncoder()
        encoder.dateEncodingStrategy = .custom { date, encoder in
            var container = encoder.singleValueContainer()
            try container.encode(Int64((date.timeIntervalSince1970 * 1_000).rounded()))
        }
        var events = [CaseEvent(sequence: 1, caseID: "k", at: begin, actor: "machine", kind: "sealed", detail: "{}", hash: "")]
        for (action, minutes) in actions {
            events.append(
                CaseEvent(
                    sequence: Int64(events.count + 1), caseID: "k", at: begin + minutes * 60, actor: "a", kind: action.eventKind,
                    detail: String(decoding: try encoder.encode(action), as: UTF8.self), hash: ""))
        }
        return try clocks(zone).clocks(of: record, events: events)
    }

    private static func one(_ kind: CaseClock.Kind, _ clocks: [CaseClock]) throws -> CaseClock {
        try #require(clocks.last { $0.kind == kind }, "\(kind)")
    }

    @Test("thirty minutes to review, stopped by the officer's word, late if it came late")
    func review() throws {
        let start = try WorkingCalendarTests.moment("2026-11-24 09:30")
        let open = try Self.one(.review, Self.read([]))
        #expect(open.isRunning && open.dueAt == start + 1_800)
        let met = try Self.one(.review, Self.read([(CaseAction(.confirm), 29)]))
        #expect(met.stoppedAt == start + 29 * 60 && !met.isRunning)
    }

    @Test(
        "handling by the class: street order two working hours, environment four",
        arguments: [("piled-goods", "2026-11-24 11:40"), ("hung-goods", "2026-11-24 15:10")])
    func handling(violation: String, due: String) throws {
        let clock = try Self.one(.handling, Self.read([(CaseAction(.confirm), 10)], violation: violation))
        #expect(try clock.isRunning && clock.dueAt == WorkingCalendarTests.moment(due))
    }

    @Test("shared bikes have two hours from the notice by the clock, noon or not")
    func bikes() throws {
        let start = try WorkingCalendarTests.moment("2026-11-24 09:30")
        let clocks = try Self.read(
            [(CaseAction(.confirm), 10), (CaseAction(.remind, dueAt: start + 7_800), 60)], violation: "shared-bike-heap")
        #expect(try Self.one(.clearance, clocks).dueAt == start + 3_600 + 7_200)
    }

    @Test("after the hand-over ninety days; two years from the act until then")
    func handover() throws {
        let start = try WorkingCalendarTests.moment("2026-11-24 09:30")
        let way: [(CaseAction, Double)] = [
            (CaseAction(.confirm), 1), (CaseAction(.remind, dueAt: start + 1_800), 2),
            (CaseAction(.look, look: CasePeople.look), 31), (CaseAction(.notCorrected), 40),
        ]
        let before = try Self.read(way)
        #expect(try Self.one(.secondReview, before).isRunning)
        #expect(try Self.one(.limitation, before).dueAt == (try WorkingCalendarTests.moment("2028-11-25 00:00")))
        let after = try Self.read(way + [(CaseAction(.agree), 50)])
        #expect(try !Self.one(.limitation, after).isRunning && !Self.one(.secondReview, after).isRunning)
        #expect(try Self.one(.decision, after).dueAt == (try WorkingCalendarTests.moment("2027-02-23 00:00")))
    }

    @Test("a clock set back an hour, and another zone for the site, leave what runs by the clock where it was")
    func clockSetBack() throws {
        let start = try WorkingCalendarTests.moment("2026-11-24 09:30")
        // The officer confirms, then the machine's clock goes back an hour before the reminder.
        let clocks = try Self.read([(CaseAction(.confirm), 20), (CaseAction(.remind, dueAt: start + 1_800), -40)])
        #expect(try Self.one(.review, clocks).dueAt == start + 1_800)
        #expect(try Self.one(.correction, clocks).dueAt == start + 1_800)
        #expect(try !Self.one(.handling, clocks).isRunning)
        let elsewhere = try Self.read([], zone: "America/New_York")
        #expect(try Self.one(.review, elsewhere).dueAt == start + 1_800)
    }
}
