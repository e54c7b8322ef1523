import Casework
import Foundation
import Testing
import Yams

@Suite("Working time over a change of clocks")
struct DaylightTests {
    @Test(
        "a night shift over the change is as long as it really was",
        arguments: [
            // Forward: 01:00 to 04:00 are two hours; back: four.
            ("Europe/Berlin", "2026-03-29", 2.0), ("Europe/Berlin", "2026-10-25", 4), ("America/New_York", "2026-03-08", 2),
            ("America/New_York", "2026-11-01", 4), ("Asia/Shanghai", "2026-03-29", 3),
        ])
    func length(zone: String, day: String, hours: Double) throws {
        let calendar = try DutyBench.calendar(["sun": ["01:00-04:00"]], zone)
        let start = try DutyBench.at("\(day) 01:00", zone)
        let end = try DutyBench.at("\(day) 04:00", zone)
        #expect(calendar.workingTime(from: start - 86_400, to: end + 86_400) == hours * 3_600)
        #expect(calendar.adding(workingHours: hours, to: start) == end)
        #expect(calendar.workingTime(from: end, to: start) == -hours * 3_600)
    }

    @Test("a part of the day that the clock leaves out altogether is no working time")
    func leftOut() throws {
        let calendar = try DutyBench.calendar(["sun": ["02:00-02:45", "04:00-05:00"]], "Europe/Berlin")
        let start = try DutyBench.at("2026-03-29 00:30", "Europe/Berlin")
        #expect(try calendar.adding(workingHours: 0.5, to: start) == DutyBench.at("2026-03-29 04:30", "Europe/Berlin"))
    }

    @Test("seven working days and ninety days end at the day's end, whatever the clocks did in between")
    func days() throws {
        for zone in ["Europe/Berlin", "America/New_York", "Asia/Shanghai"] {
            let settings = try YAMLDecoder().decode(CalendarSettings.self, from: CatalogueTests.config("calendar.yaml"))
            let calendar = WorkingCalendar(settings, timeZone: try DutyBench.zone(zone))
            let start = try DutyBench.at("2026-10-20 23:59", zone)
            #expect(try calendar.adding(workingDays: 7, to: start) == DutyBench.at("2026-10-30 00:00", zone))
            #expect(try calendar.adding(days: 90, to: start) == DutyBench.at("2027-01-19 00:00", zone))
        }
    }

    @Test("a site that moves to another time zone has its deadlines by the new wall clock, out of the same moments")
    func moved() throws {
        let events = [DutyBench.sealed, try DutyBench.act(CaseAction(.confirm), 10)]
        func handling(_ zone: String) throws -> CaseClock {
            try #require(
                DutyBench.clocks(zone).clocks(of: DutyBench.record(), events: events).first { $0.kind == .handling })
        }
        #expect(try handling("Asia/Shanghai").dueAt == DutyBench.at("2026-11-24 11:40"))
        // 20:40 the evening before in New York: nobody works until the morning.
        #expect(try handling("America/New_York").dueAt == DutyBench.at("2026-11-24 11:00", "America/New_York"))
        #expect(try handling("Asia/Shanghai").startedAt == handling("America/New_York").startedAt)
    }

    @Test("what is wrong with a calendar is said at its place")
    func problems() throws {
        func problems(_ text: String) throws -> [ConfigProblem] { try YAMLDecoder().decode(CalendarSettings.self, from: text).problems }
        let tail = "\nmake_up_hours: [\"09:00-12:00\"]\nyears: []"
        #expect(try problems("hours: {moon: [\"09:00-12:00\"]}" + tail).first?.path == ["hours", "moon"])
        #expect(try problems("hours: {mon: []}" + tail).first?.reason.contains("no day has working hours") == true)
        #expect(try problems("hours: {mon: [\"22:00-06:00\"]}" + tail).first?.reason.contains("midnight") == true)
        #expect(try problems("hours: {mon: [\"09:00-12:00\", \"11:00-13:00\"]}" + tail).count == 1)
        let year =
            "hours: {mon: [\"09:00-12:00\"]}\nmake_up_hours: []\nyears:\n- {year: 2026, source: s, working: [\"2026-01-02\"], holidays: ["
        let name = "name: {zh: 元旦, en: New Year}"
        #expect(try problems(year + "{\(name), from: \"2026-01-01\", to: \"2026-01-03\"}]}").first?.reason.contains("both") == true)
        #expect(try problems(year + "{\(name), from: \"2026-12-31\", to: \"2027-01-02\"}]}").first?.path.last == 0)
        #expect(throws: DecodingError.self) { try problems("hours: {mon: [\"9 to 5\"]}" + tail) }
    }
}
