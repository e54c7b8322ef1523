public import Foundation

/// The site's working time: which hours of which days count.
///
/// A value without a clock. All arithmetic is on moments and on days of the site's time zone, never on formatted text, so it stands
/// over changes of the clock, leap days and a changed time zone. In a year without a published calendar every Monday to Friday (or
/// whatever has hours) is worked.
public struct WorkingCalendar: Sendable, Hashable {
    public let timeZone: TimeZone
    private let hours: [Weekday: [ClockSpan]]
    private let makeUpHours: [ClockSpan]
    private let holidays: Set<CivilDay>
    private let madeUp: Set<CivilDay>
    /// Years whose holidays are known.
    public let years: Set<Int>

    /// - Parameter settings: without problems.
    public init(_ settings: CalendarSettings, timeZone: TimeZone) {
        self.timeZone = timeZone
        hours = settings.hours.reduce(into: [:]) { hours, item in
            if let day = Weekday(rawValue: item.key) { hours[day] = item.value }
        }
        makeUpHours = settings.makeUpHours
        holidays = settings.years.reduce(into: []) { days, year in
            for holiday in year.holidays where holiday.from <= holiday.to {
                for number in CivilDay(holiday.from).number...CivilDay(holiday.to).number { days.insert(CivilDay(number: number)) }
            }
        }
        madeUp = Set(settings.years.flatMap(\.working).map(CivilDay.init))
        years = Set(settings.years.map(\.year))
    }

    // MARK: What is missing

    /// What to tell the administrator; nil while this year's holidays are known, and next year's too from December on.
    public func warning(at now: Date) -> BilingualText? {
        let (year, month, _) = CivilDay(now, in: timeZone).parts
        let missing = (month == 12 ? [year, year + 1] : [year]).filter { !years.contains($0) }
        guard !missing.isEmpty else { return nil }
        let list = missing.map(String.init).joined(separator: ", ")
        return BilingualText(
            zh: "calendar.yaml 中没有 \(list) 年的节假日安排，暂按周末休息计算期限；请按国务院办公厅通知补充。",
            en: "calendar.yaml has no public holidays for \(list): only weekends count as days off there; add the State Council's notice")
    }

    // MARK: Days

    public func isWorking(_ day: LocalDay) -> Bool { !spans(CivilDay(day)).isEmpty }

    private func spans(_ day: CivilDay) -> [ClockSpan] {
        if madeUp.contains(day) { return makeUpHours }
        return holidays.contains(day) ? [] : hours[day.weekday] ?? []
    }

    /// The day's working time as moments; a part that a clock put forward leaves out is not there.
    private func moments(_ day: CivilDay) -> [ClosedRange<Date>] {
        spans(day).compactMap { span in
            let start = day.instant(minute: span.start, in: timeZone)
            let end = day.instant(minute: span.end, in: timeZone)
            return start < end ? start...end : nil
        }
    }

    // MARK: Deadlines

    /// When so much working time is over; time outside working hours does not count.
    public func adding(workingHours: Double, to start: Date) -> Date {
        var left = max(0, workingHours) * 3_600
        var day = CivilDay(start, in: timeZone)
        guard hours.values.contains(where: { !$0.isEmpty }), left > 0 else { return start }
        while true {
            for moments in moments(day) where moments.upperBound > start {
                let begin = max(moments.lowerBound, start)
                let length = moments.upperBound.timeIntervalSince(begin)
                if length >= left { return begin.addingTimeInterval(left) }
                left -= length
            }
            day = day.adding(days: 1)
        }
    }

    /// The end of the last of so many working days; the day of `start` does not count (civil code art. 201).
    public func adding(workingDays: Int, to start: Date) -> Date {
        var day = CivilDay(start, in: timeZone)
        guard hours.values.contains(where: { !$0.isEmpty }) else { return start }
        var left = max(0, workingDays)
        while left > 0 {
            day = day.adding(days: 1)
            if !spans(day).isEmpty { left -= 1 }
        }
        return end(of: day)
    }

    /// The end of the last of so many days; the day of `start` does not count (civil code art. 201).
    public func adding(days: Int, to start: Date) -> Date {
        end(of: CivilDay(start, in: timeZone).adding(days: days))
    }

    /// The end of the same day so many years on, or of the month's last day (civil code art. 202).
    public func adding(years: Int, to start: Date) -> Date {
        end(of: CivilDay(start, in: timeZone).adding(years: years))
    }

    private func end(of day: CivilDay) -> Date { day.instant(minute: 1_440, in: timeZone) }

    /// Working time between two moments, seconds; negative if `end` is before `start`.
    ///
    /// Cost: a few operations a day between them.
    public func workingTime(from start: Date, to end: Date) -> TimeInterval {
        guard start <= end else { return -workingTime(from: end, to: start) }
        var total: TimeInterval = 0
        var day = CivilDay(start, in: timeZone)
        let last = CivilDay(end, in: timeZone)
        while day <= last {
            for moments in moments(day) {
                total += max(0, min(moments.upperBound, end).timeIntervalSince(max(moments.lowerBound, start)))
            }
            day = day.adding(days: 1)
        }
        return total
    }
}
