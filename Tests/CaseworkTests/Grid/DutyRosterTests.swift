import Casework
import Foundation
import Testing

@Suite("Who is on duty")
struct DutyRosterTests {
    private static func document(
        _ grid: String, _ name: String, _ days: [Weekday], _ hours: String, _ exceptions: [(String, String?)] = []
    ) throws -> RosterDocument {
        RosterDocument(
            grid: grid, name: name, telephone: "021-5782 0000",
            weekly: [RosterDocument.Shift(days: days, hours: try #require(ClockSpan(hours)))],
            exceptions: try exceptions.map {
                RosterDocument.Exception(day: try #require(LocalDay($0.0)), hours: $0.1.flatMap { ClockSpan($0) })
            })
    }

    private static func roster() throws -> DutyRoster {
        DutyRoster(
            [
                "1": try document(
                    "m1", "day", [.mon, .tue, .wed, .thu, .fri], "08:00-18:00", [("2026-03-03", nil), ("2026-03-07", "10:00-12:00")]),
                "2": try document("m1", "night", [.mon, .sat], "22:00-06:00"),
                "3": try document("p", "centre", [.mon, .sun], "00:00-24:00"),
                "4": try document("zz", "nobody's", Weekday.allCases, "00:00-24:00"),
            ], tree: GridTreeTests.small(), timeZone: CaseLife().timeZone)
    }

    @Test(
        "shifts, nights, days off and walking up",
        arguments: [
            ("2026-03-02T08:00", "m1", ["day"], "m1"), ("2026-03-02T17:59", "m1", ["day"], "m1"),
            // The shift is over: the sub-centre answers.
            ("2026-03-02T18:00", "m1", ["centre"], "p"), ("2026-03-02T22:00", "m1", ["night"], "m1"),
            // Monday's night goes on on Tuesday, which is the day person's day off.
            ("2026-03-03T05:59", "m1", ["night"], "m1"), ("2026-03-03T09:00", "m1", [], ""), ("2026-03-03T06:00", "m1", [], ""),
            ("2026-03-04T09:00", "m1", ["day"], "m1"),
            // A Saturday that is not as the week has it.
            ("2026-03-07T10:00", "m1", ["day"], "m1"), ("2026-03-07T12:00", "m1", [], ""),
            // Saturday's night on Sunday, over the month's end and the week's.
            ("2026-03-01T05:00", "m1", ["night"], "m1"), ("2026-03-01T06:00", "m1", ["centre"], "p"),
            // The neighbour has nobody of its own.
            ("2026-03-02T09:00", "m2", ["centre"], "p"), ("2026-03-02T09:00", "unheard-of", [], ""),
        ])
    func onDuty(time: String, grid: String, names: [String], at place: String) throws {
        let duty = try Self.roster().onDuty(grid: grid, at: WorkingCalendarTests.time(time))
        #expect(duty?.people.map(\.name) ?? [] == names)
        #expect(duty?.grid.code ?? "" == place)
    }

    @Test("what cannot be a roster's entry is named by its field")
    func problems() throws {
        func fields(_ change: (inout RosterDocument) -> Void) throws -> [String] {
            var document = try Self.document("m1", "day", [.mon], "08:00-18:00")
            change(&document)
            return document.problems.map(\.field)
        }
        #expect(try fields { _ in } == [])
        #expect(try fields { $0.grid = "" } == ["grid"])
        #expect(try fields { $0.name = " " } == ["name"])
        #expect(try fields { $0.telephone = "call me" } == ["telephone"])
        #expect(try fields { $0.weekly[0].days = [] } == ["weekly"])
        #expect(try fields { $0.weekly = [] } == ["weekly"])
        #expect(
            try fields { document in
                let day = RosterDocument.Exception(day: LocalDay(CasePeople.start, in: .gmt), hours: nil)
                document.exceptions = [day, day]
            } == ["exceptions"])
    }
}
