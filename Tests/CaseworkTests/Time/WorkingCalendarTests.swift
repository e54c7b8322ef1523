import Casework
import Foundation
import Testing
import Yams

@Suite("Working time")
struct WorkingCalendarTests {
    static func calendar(_ zone: String = "Asia/Shanghai") throws -> WorkingCalendar {
        let settings = try YAMLDecoder().decode(CalendarSettings.self, from: CatalogueTests.config("calendar.yaml"))
        #expect(settings.problems.isEmpty)
        return WorkingCalendar(settings, timeZone: try #require(TimeZone(identifier: zone)))
    }

    /// A moment of the zone's wall clock, such as `2026-02-13 16:30`.
    static func moment(_ text: String, _ zone: String = "Asia/Shanghai") throws -> Date {
        let formatter = DateFormatter()
        formatter.locale = Locale(identifier: "en_US_POSIX")
        formatter.timeZone = TimeZone(identifier: zone)
        formatter.dateFormat = "yyyy-MM-dd HH:mm"
        return try #require(formatter.date(from: text))
    }

    @Test(
        "working hours go over nights, noon, weekends, holidays and days that make up for them",
        arguments: [
            ("2026-11-24 09:30", 2, "2026-11-24 11:30"), ("2026-11-24 11:30", 1, "2026-11-24 14:00"),
            ("2026-11-24 12:10", 0.5, "2026-11-24 14:00"), ("2026-11-24 16:30", 2, "2026-11-25 10:00"),
            ("2026-11-27 17:00", 1, "2026-11-30 09:30"), ("2026-11-28 03:00", 4, "2026-11-30 14:30"),
            // Friday before the Spring Festival: Saturday the 14th is worked, then nine days are off.
            ("2026-02-13 17:00", 1, "2026-02-14 09:30"), ("2026-02-14 17:00", 1, "2026-02-24 09:30"),
            // National Day.
            ("2026-09-30 17:00", 2, "2026-10-08 10:30"),
            // A year whose holidays are not known: weekends only.
            ("2027-02-05 17:00", 1, "2027-02-08 09:30"),
            // A leap day is a Tuesday like others.
            ("2028-02-28 17:00", 2, "2028-02-29 10:30"),
        ] as [(String, Double, String)])
    func hours(start: String, hours: Double, end: String) throws {
        let calendar = try Self.calendar()
        let due = calendar.adding(workingHours: hours, to: try Self.moment(start))
        #expect(try due == Self.moment(end))
        #expect(abs(calendar.workingTime(from: try Self.moment(start), to: due) - hours * 3_600) < 1)
    }

    @Test("days end at midnight of the last; years on a leap day end on the last of February")
    func days() throws {
        let calendar = try Self.calendar()
        #expect(try calendar.adding(days: 90, to: try Self.moment("2026-11-24 10:00")) == Self.moment("2027-02-23 00:00"))
        #expect(try calendar.adding(workingDays: 5, to: try Self.moment("2026-11-24 10:00")) == Self.moment("2026-12-02 00:00"))
        #expect(try calendar.adding(years: 2, to: try Self.moment("2028-02-29 10:00")) == Self.moment("2030-03-01 00:00"))
    }

    @Test(
        "where clocks are put forward or back, working hours stay working hours",
        arguments: [
            ("Europe/Berlin", "2026-03-27 17:00", "2026-03-30 09:30"), ("Europe/Berlin", "2026-10-23 17:00", "2026-10-26 09:30"),
            ("America/New_York", "2026-03-06 17:00", "2026-03-09 09:30"), ("America/New_York", "2026-10-30 17:00", "2026-11-02 09:30"),
        ])
    func summerTime(zone: String, start: String, end: String) throws {
        let calendar = try Self.calendar(zone)
        #expect(try calendar.adding(workingHours: 1, to: try Self.moment(start, zone)) == Self.moment(end, zone))
    }

    @Test("a year without holidays is told of, from December on for the next one")
    func warning() throws {
        let calendar = try Self.calendar()
        #expect(calendar.warning(at: try Self.moment("2026-11-30 12:00")) == nil)
        #expect(calendar.warning(at: try Self.moment("2026-12-01 12:00"))?.en.contains("2027") == true)
    }
}
