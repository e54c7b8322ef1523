import Casework
import Foundation
import Testing

@Suite("Who is on duty")
struct DutyRosterTests {
    private static let tree = GridTree(
        counts: [:],
        nodes: [("s", GridTree.Level.street, nil), ("s-a", .subCentre, "s"), ("s-a-1", .residential, "s-a")].map {
            GridTree.Node(code: $0, level: $1, name: BilingualText(zh: $0, en: $0), parent: $2)
        })

    private static func roster(_ zone: String = "Asia/Shanghai") throws -> DutyRoster {
        func person(_ grid: String, _ name: String, _ shifts: [([Weekday], String)], _ exceptions: [(String, String?)] = []) throws
            -> RosterDocument
        {
            RosterDocument(
                grid: grid, name: name, telephone: "021-5782 0000",
                weekly: try shifts.map { RosterDocument.Shift(days: $0, hours: try #require(ClockSpan($1))) },
                exceptions: try exceptions.map {
                    RosterDocument.Exception(day: try #require(LocalDay($0)), hours: $1.flatMap { ClockSpan($0) })
                })
        }
        return DutyRoster(
            [
                "1": try person(
                    "s-a-1", "周", [([.mon, .tue, .wed, .thu, .fri], "08:30-17:30")],
                    [("2026-11-25", nil), ("2026-11-28", "10:00-11:00")]),
                "2": try person("s-a", "吴", [([.fri], "20:00-06:00")]), "3": try person("s", "郑", [(Weekday.allCases, "00:00-24:00")]),
            ], tree: tree, timeZone: try DutyBench.zone(zone))
    }

    @Test(
        "by week, day off, extra day and night, else the nearest grid above",
        arguments: [
            ("2026-11-24 08:30", "周"), ("2026-11-24 08:29", "郑"), ("2026-11-24 17:30", "郑"), ("2026-11-25 10:00", "郑"),
            ("2026-11-28 10:30", "周"), ("2026-11-28 11:00", "郑"),
            // Friday night goes on into Saturday morning.
            ("2026-11-27 19:59", "郑"), ("2026-11-27 20:00", "吴"), ("2026-11-28 05:59", "吴"), ("2026-11-28 06:00", "郑"),
        ])
    func table(at: String, name: String) throws {
        #expect(try Self.roster().onDuty(grid: "s-a-1", at: DutyBench.at(at))?.people.map(\.name) == [name])
    }

    @Test("shifts go by the wall clock on the day of a change of clocks too")
    func daylight() throws {
        let roster = try Self.roster("Europe/Berlin")
        // Friday's night shift does not know Sunday's change; Monday's day shift begins at half past eight after it as before.
        #expect(try roster.onDuty(grid: "s-a-1", at: DutyBench.at("2026-03-30 08:30", "Europe/Berlin"))?.people.first?.name == "周")
        #expect(try roster.onDuty(grid: "s-a-1", at: DutyBench.at("2026-03-30 08:29", "Europe/Berlin"))?.people.first?.name == "郑")
    }

    @Test("nobody answers for a grid that is not there")
    func unknown() throws { #expect(try Self.roster().onDuty(grid: "x", at: DutyBench.start) == nil) }

    @Test("an entry says which field is wrong")
    func problems() throws {
        var document = RosterDocument(grid: "s", name: "郑", telephone: "13800000000", weekly: [])
        #expect(document.problems.map(\.field) == ["weekly"])
        document.weekly = [RosterDocument.Shift(days: [.mon], hours: try #require(ClockSpan("08:00-09:00")))]
        #expect(document.problems == [])
        document.telephone = "=1+1"
        document.name = " "
        #expect(document.problems.map(\.field) == ["name", "telephone"])
    }
}
