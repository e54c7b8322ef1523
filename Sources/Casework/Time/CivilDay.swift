package import Foundation

/// A day of the proleptic Gregorian calendar as a number, for arithmetic that touches neither text nor a clock.
package struct CivilDay: Sendable, Hashable, Comparable {
    /// Days since 1970-01-01.
    package var number: Int

    package init(number: Int) {
        self.number = number
    }

    /// The day that holds the moment, where the clock shows it in `timeZone`.
    package init(_ date: Date, in timeZone: TimeZone) {
        number = Int(((date.timeIntervalSince1970 + Double(timeZone.secondsFromGMT(for: date))) / 86_400).rounded(.down))
    }

    package init(_ day: LocalDay) {
        number = Int((day.start(in: .gmt).timeIntervalSince1970 / 86_400).rounded(.down))
    }

    /// Howard Hinnant, “chrono-compatible low-level date algorithms”, days_from_civil.
    package init(year: Int, month: Int, day: Int) {
        let shifted = month <= 2 ? year - 1 : year
        let era = (shifted >= 0 ? shifted : shifted - 399) / 400
        let yearOfEra = shifted - era * 400
        let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
        number = era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
    }

    /// Howard Hinnant, civil_from_days.
    package var parts: (year: Int, month: Int, day: Int) {
        let shifted = number + 719_468
        let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
        let dayOfEra = shifted - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let month = (5 * dayOfYear + 2) / 153
        return (
            yearOfEra + era * 400 + (month >= 10 ? 1 : 0), month < 10 ? month + 3 : month - 9, dayOfYear - (153 * month + 2) / 5 + 1
        )
    }

    package var localDay: LocalDay { LocalDay(Date(timeIntervalSince1970: Double(number) * 86_400 + 43_200), in: .gmt) }

    /// 1970-01-01 was a Thursday.
    package var weekday: Weekday { Weekday.allCases[(((number + 3) % 7) + 7) % 7] }

    package func adding(days: Int) -> CivilDay { CivilDay(number: number + days) }

    /// The same day of the month, or the month's last where there is none (civil code art. 202): 29 February and one year are
    /// 28 February.
    package func adding(years: Int) -> CivilDay {
        let (year, month, day) = parts
        let same = CivilDay(year: year + years, month: month, day: day)
        return same.parts.month == month ? same : CivilDay(year: year + years, month: month + 1, day: 1).adding(days: -1)
    }

    /// The moment at which the wall clock shows this day and minute. For a time that a clock put forward leaves out it is the moment of
    /// the change; of one that a clock put back shows twice, the first.
    /// - Parameter minute: from midnight; 1440 is the next day's midnight.
    package func instant(minute: Int, in timeZone: TimeZone) -> Date {
        let local = Double(number) * 86_400 + Double(minute) * 60
        // A day away on either side no offset can confuse the two.
        let before = Double(timeZone.secondsFromGMT(for: Date(timeIntervalSince1970: local - 86_400)))
        let after = Double(timeZone.secondsFromGMT(for: Date(timeIntervalSince1970: local + 86_400)))
        let first = Date(timeIntervalSince1970: local - before)
        if before == after || Double(timeZone.secondsFromGMT(for: first)) == before { return first }
        let second = Date(timeIntervalSince1970: local - after)
        if Double(timeZone.secondsFromGMT(for: second)) == after { return second }
        // Left out: the change lies between the two, on a whole second.
        var (early, late) = (second.timeIntervalSince1970, first.timeIntervalSince1970)
        while late - early > 1 {
            let middle = ((early + late) / 2).rounded(.down)
            if Double(timeZone.secondsFromGMT(for: Date(timeIntervalSince1970: middle))) == after { late = middle } else { early = middle }
        }
        return Date(timeIntervalSince1970: late)
    }

    package static func < (left: CivilDay, right: CivilDay) -> Bool { left.number < right.number }
}

/// A day of the week, as files write it.
public enum Weekday: String, Codable, Sendable, CaseIterable {
    case mon, tue, wed, thu, fri, sat, sun

    public var name: BilingualText {
        switch self {
        case .mon: BilingualText(zh: "周一", en: "Mon")
        case .tue: BilingualText(zh: "周二", en: "Tue")
        case .wed: BilingualText(zh: "周三", en: "Wed")
        case .thu: BilingualText(zh: "周四", en: "Thu")
        case .fri: BilingualText(zh: "周五", en: "Fri")
        case .sat: BilingualText(zh: "周六", en: "Sat")
        case .sun: BilingualText(zh: "周日", en: "Sun")
        }
    }
}
