import Casework
import Foundation
import Hummingbird

/// The days that a query asks for: `day`, or `from` and `to`, as `yyyy-mm-dd`; today without any.
struct DayRange: Sendable {
    /// A year and a day: more is a report, not a page.
    static let limit = 366

    let days: ClosedRange<LocalDay>

    /// - Throws: `Refusal` for what is no day of the calendar, for days in the wrong order, and for too many.
    init(_ request: Request, today: LocalDay) throws(Refusal) {
        let query = request.uri.queryParameters
        func day(_ name: String) throws(Refusal) -> LocalDay? {
            guard let text = query[name[...]], !text.isEmpty else { return nil }
            guard let day = LocalDay(String(text)) else {
                throw .invalid(name, zh: "日期须写作 2026-11-24。", en: "A day is written as 2026-11-24.")
            }
            return day
        }
        let single = try day("day")
        let (first, last) = (try day("from"), try day("to"))
        let from = single ?? first ?? last ?? today
        let to = single ?? last ?? max(from, today)
        guard from <= to else { throw .invalid("to", zh: "结束日期早于开始日期。", en: "The last day is before the first.") }
        guard to <= from.adding(days: Self.limit - 1) else {
            throw .invalid("to", zh: "一次最多统计 \(Self.limit) 天。", en: "At most \(Self.limit) days at once.")
        }
        days = from...to
    }
}
