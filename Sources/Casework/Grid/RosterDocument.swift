import Foundation

/// One person's duty for one grid, an entry of the roster ledger.
public struct RosterDocument: LedgerDocument {
    public static let ledger = LedgerKind.roster

    /// The same hours on the same days of every week.
    public struct Shift: Codable, Sendable, Hashable {
        public var days: [Weekday]
        /// One that ends before it begins ends on the next day.
        public var hours: ClockSpan

        public init(days: [Weekday], hours: ClockSpan) {
            self.days = days
            self.hours = hours
        }
    }

    /// A day that is not as the week has it.
    public struct Exception: Codable, Sendable, Hashable {
        public var day: LocalDay
        /// nil for a day off.
        public var hours: ClockSpan?

        public init(day: LocalDay, hours: ClockSpan?) {
            self.day = day
            self.hours = hours
        }
    }

    /// Code of the grid tree.
    public var grid: String
    public var name: String
    /// Police, sanitation, market supervision …: whose person it is. May be empty.
    public var unit: String
    public var telephone: String
    public var weekly: [Shift]
    public var exceptions: [Exception]

    public init(
        grid: String, name: String, unit: String = "", telephone: String, weekly: [Shift], exceptions: [Exception] = []
    ) {
        self.grid = grid
        self.name = name
        self.unit = unit
        self.telephone = telephone
        self.weekly = weekly
        self.exceptions = exceptions
    }

    public var problems: [LedgerProblem] {
        var found: [LedgerProblem] = []
        func check(_ isRight: Bool, _ field: String, zh: String, en: String) {
            if !isRight { found.append(LedgerProblem(field: field, text: BilingualText(zh: zh, en: en))) }
        }
        check(!grid.isEmpty && grid.utf8.count <= 40, "grid", zh: "请选择网格。", en: "Choose a grid.")
        check(!name.isBlank && name.count <= 40, "name", zh: "请填写姓名，最多 40 字。", en: "Give a name of at most 40 characters.")
        check(unit.count <= 100, "unit", zh: "单位最多 100 字。", en: "The unit has at most 100 characters.")
        check(
            telephone.wholeMatch(of: /[+]?[0-9][0-9 \-]{4,19}/) != nil, "telephone", zh: "电话须为 5–20 位数字，可含空格和 -。",
            en: "A telephone number has 5 to 20 digits, blanks and - between them.")
        check(
            weekly.count <= 20 && weekly.allSatisfy { !$0.days.isEmpty }, "weekly", zh: "每个班次须选择星期，最多 20 个班次。",
            en: "Each shift needs days of the week; at most 20 shifts.")
        check(!(weekly.isEmpty && exceptions.isEmpty), "weekly", zh: "请填写值班时间。", en: "Give the hours of duty.")
        check(
            exceptions.count <= 400 && Set(exceptions.map(\.day)).count == exceptions.count, "exceptions",
            zh: "同一天只能写一次，最多 400 天。", en: "Each day stands once; at most 400 days.")
        return found
    }

    /// Whether the person is on duty on that day, at that minute of it or still from the evening before.
    func isOnDuty(_ day: CivilDay, minute: Int) -> Bool {
        hours(on: day).contains { minute >= $0.start && (minute < $0.end || $0.crossesMidnight) }
            || hours(on: day.adding(days: -1)).contains { $0.crossesMidnight && minute < $0.end }
    }

    private func hours(on day: CivilDay) -> [ClockSpan] {
        let local = day.localDay
        if let exception = exceptions.first(where: { $0.day == local }) { return exception.hours.map { [$0] } ?? [] }
        return weekly.filter { $0.days.contains(day.weekday) }.map(\.hours)
    }
}
