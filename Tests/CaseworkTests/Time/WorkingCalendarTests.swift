import Casework
import Foundation
import Testing
import Yams

@Suite("Working time")
struct WorkingCalendarTests {
    static func shipped() throws -> WorkingCalendar {
        let settings = try YAMLDecoder().decode(CalendarSettings.self, from: CatalogueTests.config("calendar.yaml"))
        #expect(settings.problems == [])
        return WorkingCalendar(settings, timeZone: CaseLife().timeZone)
    }

    /// A moment such as 2026-02-03T04:05 in Shanghai, or 2026-02-03T04:05:06Z.
    static func time(_ text: String) throws -> Date {
        if text.hasSuffix("Z") { return try Date(text, strategy: .iso8601) }
        return try Date(text + ":00Z", strategy: .iso8601) - 8 * 3_600
    }

    /// Every hour of every day is worked, so that only the clock itself is looked at.
    private static func allDay(_ zone: String, _ spans: [String] = ["00:00-24:00"]) throws -> WorkingCalendar {
        let hours = Dictionary(uniqueKeysWithValues: Weekday.allCases.map { ($0.rawValue, spans.compactMap(ClockSpan.init)) })
        return WorkingCalendar(
            CalendarSettings(hours: hours, makeUpHours: [], years: []), timeZone: try #require(TimeZone(identifier: zone)))
    }

    @Test(
        "working hours skip noon, nights, weekends and holidays, and count the days that make up for them",
        arguments: [
            // Within the morning; over noon; from noon.
            ("2026-03-02T09:00", 2.0, "2026-03-02T11:00"), ("2026-03-02T11:00", 2, "2026-03-02T14:30"),
            ("2026-03-02T12:30", 1, "2026-03-02T14:30"),
            // Exactly to the end of a part, and a minute beyond.
            ("2026-03-02T10:00", 2, "2026-03-02T12:00"), ("2026-03-02T15:30", 2, "2026-03-02T17:30"),
            // Over night and over a weekend.
            ("2026-03-02T17:00", 2, "2026-03-03T10:30"), ("2026-03-06T16:30", 4, "2026-03-09T12:00"),
            ("2026-03-07T12:00", 1, "2026-03-09T10:00"),
            // Spring Festival ends on a Monday; the Saturday before and the one after are worked.
            ("2026-02-14T16:30", 2, "2026-02-24T10:00"), ("2026-02-27T17:00", 1, "2026-02-28T09:30"),
            // The working Sunday of the New Year; the end of the year before is a year that is not known.
            ("2026-01-03T08:00", 7, "2026-01-04T17:30"), ("2025-12-31T17:00", 1, "2026-01-04T09:30"),
            ("2026-12-31T17:00", 1, "2027-01-01T09:30"),
            // Nothing to add.
            ("2026-03-07T12:00", 0, "2026-03-07T12:00"),
        ])
    func hours(start: String, hours: Double, end: String) throws {
        let calendar = try Self.shipped()
        #expect(try calendar.adding(workingHours: hours, to: Self.time(start)) == Self.time(end))
        #expect(try calendar.workingTime(from: Self.time(start), to: Self.time(end)) == hours * 3_600)
        #expect(try calendar.workingTime(from: Self.time(end), to: Self.time(start)) == -hours * 3_600)
    }

    @Test(
        "working days end with the last one's midnight, and the first does not count",
        arguments: [
            ("2026-03-02T09:00", 1, "2026-03-04T00:00"), ("2026-03-06T23:59", 1, "2026-03-10T00:00"),
            ("2026-02-13T09:00", 2, "2026-02-25T00:00"), ("2026-02-24T09:00", 5, "2026-03-03T00:00"),
            ("2026-09-30T09:00", 2, "2026-10-10T00:00"), ("2026-09-30T09:00", 3, "2026-10-11T00:00"),
            ("2026-12-30T09:00", 2, "2027-01-02T00:00"),
        ])
    func days(start: String, days: Int, end: String) throws {
        #expect(try Self.shipped().adding(workingDays: days, to: Self.time(start)) == Self.time(end))
    }

    @Test("calendar days and years end at midnight; 29 February and a year are 28 February")
    func calendarDays() throws {
        let calendar = try Self.shipped()
        #expect(try calendar.adding(days: 90, to: Self.time("2026-01-01T10:00")) == Self.time("2026-04-02T00:00"))
        #expect(try calendar.adding(days: 1, to: Self.time("2028-02-28T10:00")) == Self.time("2028-03-01T00:00"))
        #expect(try calendar.adding(days: 1, to: Self.time("2027-02-28T10:00")) == Self.time("2027-03-02T00:00"))
        #expect(try calendar.adding(years: 1, to: Self.time("2028-02-29T10:00")) == Self.time("2029-03-01T00:00"))
        #expect(try calendar.adding(years: 2, to: Self.time("2028-02-29T10:00")) == Self.time("2030-03-01T00:00"))
        #expect(try calendar.adding(years: 4, to: Self.time("2028-02-29T10:00")) == Self.time("2032-03-01T00:00"))
        #expect(try calendar.adding(years: 2, to: Self.time("2026-12-31T23:59")) == Self.time("2029-01-01T00:00"))
    }

    @Test(
        "days on which the clock jumps have the hours that they really have",
        arguments: [
            ("Europe/Berlin", "2026-03-28T23:00:00Z", 23.0), ("Europe/Berlin", "2026-10-24T22:00:00Z", 25),
            ("America/New_York", "2026-03-08T05:00:00Z", 23), ("America/New_York", "2026-11-01T04:00:00Z", 25),
            ("Europe/Berlin", "2026-06-01T22:00:00Z", 24),
        ])
    func jumps(zone: String, midnight: String, hours: Double) throws {
        let calendar = try Self.allDay(zone)
        let start = try Self.time(midnight)
        let next = start + hours * 3_600
        // The end of a day is the wall clock's midnight.
        #expect(calendar.adding(days: 0, to: start + 60) == next)
        #expect(calendar.workingTime(from: start, to: next) == hours * 3_600)
        #expect(calendar.adding(workingHours: hours, to: start) == next)
        #expect(calendar.adding(workingHours: hours + 1, to: start) == next + 3_600)
        // Office hours at noon are as long as ever.
        let office = try Self.allDay(zone, ["09:00-12:00"])
        #expect(office.workingTime(from: start, to: next) == 3 * 3_600)
        let noon = office.adding(workingHours: 3, to: start)
        #expect(noon == next - 12 * 3_600)
    }

    @Test("working hours within the hour that a clock leaves out or shows twice do not get lost or stand still")
    func withinJump() throws {
        let spring = try Self.allDay("Europe/Berlin", ["01:00-04:00"])
        // 02:00 becomes 03:00 on 29 March: two hours are there.
        let before = try Self.time("2026-03-28T23:00:00Z")
        #expect(spring.workingTime(from: before, to: before + 10 * 3_600) == 2 * 3_600)
        // 03:00 becomes 02:00 on 25 October: four are.
        let autumn = try Self.time("2026-10-24T22:00:00Z")
        #expect(spring.workingTime(from: autumn, to: autumn + 10 * 3_600) == 4 * 3_600)
        #expect(spring.adding(workingHours: 4, to: autumn) == autumn + 5 * 3_600)
    }

    @Test("a year without holidays is told of, the next one from December on")
    func missingYear() throws {
        let calendar = try Self.shipped()
        #expect(try calendar.warning(at: Self.time("2026-11-30T23:59")) == nil)
        #expect(try calendar.warning(at: Self.time("2026-12-01T00:00"))?.en.contains("2027") == true)
        #expect(try calendar.warning(at: Self.time("2027-01-01T00:00"))?.zh.contains("2027") == true)
        #expect(try calendar.isWorking(#require(LocalDay("2027-10-01"))))
        #expect(try !calendar.isWorking(#require(LocalDay("2026-10-01"))))
        #expect(try calendar.isWorking(#require(LocalDay("2026-10-10"))))
    }

    @Test(
        "what is wrong with a calendar is named",
        arguments: [
            ("mon: [\"09:00-12:00\"]", "moon: [\"09:00-12:00\"]", "moon"), ("\"09:00-12:00\"", "\"22:00-02:00\"", "midnight"),
            ("\"13:30-17:30\"", "\"11:30-17:30\"", "is over"), ("to: \"2026-02-23\"", "to: \"2026-02-03\"", "2026-02-03"),
            ("\"2026-02-14\"", "\"2027-02-14\"", "2027-02-14"), ("\"2026-02-14\"", "\"2026-02-16\"", "2026-02-16"),
        ])
    func problems(old: String, new: String, word: String) throws {
        var text = """
            hours: {mon: ["09:00-12:00"], tue: ["09:00-12:00", "13:30-17:30"]}
            make_up_hours: []
            years: [{year: 2026, source: s, holidays: [{name: {zh: 春节, en: SF}, from: "2026-02-15", to: "2026-02-23"}], working: ["2026-02-14"]}]
            """
        #expect(try YAMLDecoder().decode(CalendarSettings.self, from: text).problems == [])
        text = text.replacingOccurrences(of: old, with: new)
        let found = try YAMLDecoder().decode(CalendarSettings.self, from: text).problems
        #expect(found.contains { $0.reason.contains(word) }, "\(found)")
    }

    @Test("parts of a day are read strictly", arguments: ["9:00-12:00", "09:00-09:00", "09:60-10:00", "24:00-25:00", "", "09:00"])
    func spans(text: String) {
        #expect(ClockSpan(text) == nil)
    }
}
