import Casework
import Foundation

/// The last days of one channel as bars, and as a table for those who cannot see them.
struct DayChart: Sendable {
    struct Day: Sendable {
        let day: String
        /// Day of the month, under the bar.
        let label: String
        let title: String
        let openText: String
        let watchedText: String
        let reasons: String
        let x: Int
        let middle: Int
        let openY: Int
        let openHeight: Int
        let blindY: Int
        let blindHeight: Int
    }

    /// Pixels of a whole day.
    private static let height = 100
    private static let top = 6
    private static let step = 40
    private static let barWidth = 26

    let days: [Day]
    let width: Int
    let barWidth = DayChart.barWidth
    let top = DayChart.top
    let height = DayChart.height
    let base = DayChart.top + DayChart.height
    let labelY = DayChart.top + DayChart.height + 16
    let viewHeight = DayChart.top + DayChart.height + 22

    init(_ days: [(day: LocalDay, record: HealthDayRecord?)], _ t: Wording, _ context: PageContext) {
        self.days = days.enumerated().map { place, entry in Self.day(place, entry.day, entry.record, t) }
        width = days.count * Self.step
    }

    private static func day(_ place: Int, _ day: LocalDay, _ record: HealthDayRecord?, _ t: Wording) -> Day {
        let open = record?.eyesOpen.count ?? 0
        let watched = record?.watched.count ?? 0
        func pixels(_ minutes: Int) -> Int { min(height, (minutes * height + 719) / 1440) }
        let openHeight = pixels(open)
        let blindHeight = min(height - openHeight, pixels(watched - open))
        let x = place * step + (step - barWidth) / 2
        let reasons = (record?.blindMinutes ?? [:]).sorted { ($1.value, $0.key) < ($0.value, $1.key) }
        return Day(
            day: day.description, label: String(day.description.suffix(2)),
            title: t.text(.dayTitle, ["day": day.description, "open": String(open), "watched": String(watched)]),
            openText: String(open), watchedText: String(watched),
            reasons: reasons.map { t.text(.minutesOf, ["reason": t.reason($0.key), "n": String($0.value)]) }
                .joined(separator: t.language == .zh ? "；" : "; "),
            x: x, middle: x + barWidth / 2, openY: top + height - openHeight, openHeight: openHeight,
            blindY: top + height - openHeight - blindHeight, blindHeight: blindHeight)
    }
}
