import Foundation
import Testing

import Casework

@Suite("Days as numbers, and their moments")
struct CivilDayTests {
    @Test("numbers and dates lead to each other over four centuries, leap days and all")
    func roundTrip() {
        var day = CivilDay(year: 1899, month: 12, day: 31)
        for number in day.number...(day.number + 146_097) {
            day = CivilDay(number: number)
            let (year, month, date) = day.parts
            #expect(CivilDay(year: year, month: month, day: date) == day)
            if number % 997 == 0 { #expect(day.localDay.description.hasPrefix("\(year)-")) }
        }
        #expect(CivilDay(year: 1970, month: 1, day: 1).number == 0)
        #expect(CivilDay(year: 2026, month: 12, day: 1).weekday == .tue)
        #expect(CivilDay(year: 1969, month: 12, day: 28).weekday == .sun)
    }

    @Test(
        "a year on is the same day, and 29 February's is the 28th",
        arguments: [
            ("2028-02-29", 1, "2029-02-28"), ("2028-02-29", 2, "2030-02-28"), ("2028-02-29", 4, "2032-02-29"),
            ("2026-02-28", 2, "2028-02-28"), ("2026-12-31", 2, "2028-12-31"), ("2096-02-29", 4, "2100-02-28"),
        ])
    func years(from: String, years: Int, to: String) throws {
        let day = CivilDay(try #require(LocalDay(from)))
        #expect(day.adding(years: years).localDay.description == to)
    }

    @Test(
        "a time that the clock leaves out is the moment of the change; of one shown twice the first is meant",
        arguments: [
            // 02:00 to 03:00 is left out.
            ("Europe/Berlin", "2026-03-29", 150, "2026-03-29T01:00:00Z"), ("America/New_York", "2026-03-08", 150, "2026-03-08T07:00:00Z"),
            // 02:30 twice; 01:30 twice.
            ("Europe/Berlin", "2026-10-25", 150, "2026-10-25T00:30:00Z"), ("America/New_York", "2026-11-01", 90, "2026-11-01T05:30:00Z"),
            // Midnight is left out in Santiago; the day begins at one.
            ("America/Santiago", "2026-09-06", 0, "2026-09-06T04:00:00Z"),
            ("Asia/Shanghai", "2026-03-29", 150, "2026-03-28T18:30:00Z"),
        ])
    func moments(zone: String, day: String, minute: Int, utc: String) throws {
        let moment = CivilDay(try #require(LocalDay(day))).instant(minute: minute, in: try DutyBench.zone(zone))
        #expect(moment == (try Date(utc, strategy: .iso8601)))
    }
}
