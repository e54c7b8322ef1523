/// When the street's offices work: `Config/calendar.yaml`.
public struct CalendarSettings: CheckedConfig, Hashable {
    /// Days off in a row, both ends with them.
    public struct Holiday: Codable, Sendable, Hashable {
        public var name: BilingualText
        public var from: LocalDay
        public var to: LocalDay

        public init(name: BilingualText, from: LocalDay, to: LocalDay) {
            self.name = name
            self.from = from
            self.to = to
        }
    }

    /// What the State Council published for one year.
    public struct Year: Codable, Sendable, Hashable {
        public var year: Int
        /// The notice.
        public var source: String
        public var holidays: [Holiday]
        /// Saturdays and Sundays that are worked to make up for them.
        public var working: [LocalDay]

        public init(year: Int, source: String, holidays: [Holiday], working: [LocalDay]) {
            self.year = year
            self.source = source
            self.holidays = holidays
            self.working = working
        }
    }

    /// Working hours by `mon` to `sun`; a day without any is off.
    public var hours: [String: [ClockSpan]]
    /// Hours of a Saturday or Sunday that is worked.
    public var makeUpHours: [ClockSpan]
    public var years: [Year]

    public init(hours: [String: [ClockSpan]], makeUpHours: [ClockSpan], years: [Year]) {
        self.hours = hours
        self.makeUpHours = makeUpHours
        self.years = years
    }

    private enum CodingKeys: String, CodingKey {
        case hours, years
        case makeUpHours = "make_up_hours"
    }

    public var problems: [ConfigProblem] {
        var found: [ConfigProblem] = []
        for name in hours.keys.sorted() {
            if Weekday(rawValue: name) == nil {
                found.append(ConfigProblem(["hours", .key(name)], "“\(name)” is no day of the week; write mon to sun"))
            }
            Self.check(hours[name] ?? [], ["hours", .key(name)], &found)
        }
        if hours.values.allSatisfy(\.isEmpty) {
            found.append(ConfigProblem(["hours"], "no day has working hours; deadlines in working time would never end"))
        }
        Self.check(makeUpHours, ["make_up_hours"], &found)
        for (index, year) in years.enumerated() {
            let place: [ConfigProblem.Step] = ["years", .item(index)]
            if !(1970...9998).contains(year.year) { found.append(ConfigProblem(place, "\(year.year) is no year")) }
            if years[..<index].contains(where: { $0.year == year.year }) {
                found.append(ConfigProblem(place, "the year \(year.year) stands twice"))
            }
            if year.source.isBlank { found.append(ConfigProblem(place, "the source of \(year.year) is empty; name the notice")) }
            for (number, holiday) in year.holidays.enumerated() {
                let days = CivilDay(holiday.from)...max(CivilDay(holiday.from), CivilDay(holiday.to))
                let isRight = holiday.from <= holiday.to && days.upperBound.number - days.lowerBound.number < 31
                if !isRight || [days.lowerBound, days.upperBound].contains(where: { $0.parts.year != year.year }) {
                    found.append(
                        ConfigProblem(
                            place + ["holidays", .item(number)],
                            "\(holiday.from) to \(holiday.to) is no holiday within \(year.year)"))
                }
                for day in year.working where days.contains(CivilDay(day)) {
                    found.append(ConfigProblem(place + ["working"], "\(day) is both a holiday and a working day"))
                }
            }
            for day in year.working where CivilDay(day).parts.year != year.year {
                found.append(ConfigProblem(place + ["working"], "\(day) is not in \(year.year)"))
            }
        }
        return found
    }

    private static func check(_ spans: [ClockSpan], _ place: [ConfigProblem.Step], _ found: inout [ConfigProblem]) {
        for (index, span) in spans.enumerated() {
            if span.crossesMidnight {
                found.append(ConfigProblem(place, "\(span) ends before it begins; split it at midnight"))
            }
            if index > 0, span.start < spans[index - 1].end {
                found.append(ConfigProblem(place, "\(span) begins before \(spans[index - 1]) is over"))
            }
        }
    }
}
