import Casework
import Foundation

struct SummaryView: Sendable {
    struct Tile: Sendable {
        let amount: String
        let label: String
        let about: String
    }

    /// One day of the trend, in units of its drawing.
    struct Column: Sendable {
        let href: String
        let title: String
        let x: Int
        let middle: Int
        let foundY: Int
        let foundHeight: Int
        let trueY: Int
        let trueHeight: Int
        let label: String
        let showsLabel: Bool
        let isCurrent: Bool
    }

    static let trendDays = 30
    /// The page shows the cameras with most cases; the API has all.
    private static let channelLimit = 20
    private static let columnWidth = 24
    private static let columnHeight = 100

    let t: Wording
    let frame: PageFrame
    let range: String
    let from: String
    let to: String
    let previousHref: String
    let nextHref: String?
    let todayHref: String
    let tiles: [Tile]
    let types: [TallyBar]
    let channels: [TallyBar]
    let channelsLeft: String?
    let legend: [TallyBar.Kind]
    let columns: [Column]
    let trendWidth: Int
    let hasCases: Bool

    init(_ model: SummaryPage, _ context: PageContext) {
        let t = Wording(language: context.language)
        let summary = model.summary
        self.t = t
        frame = PageFrame(context, page: "summary", title: t[.summaryTitle])
        (from, to) = (summary.from.description, summary.to.description)
        range = summary.from == summary.to ? from : "\(from) – \(to)"
        previousHref = Self.href(summary.from.adding(days: -1))
        let next = summary.to.adding(days: 1)
        nextHref = next <= model.today ? Self.href(next) : nil
        todayHref = Self.href(model.today)
        tiles = Self.tiles(summary, t)
        func bars(_ tallies: [String: CaseTally], _ label: (String) -> String, _ href: (String) -> String) -> [TallyBar] {
            let most = tallies.values.map(\.found).max() ?? 1
            return tallies.sorted { ($1.value.found, $0.key) < ($0.value.found, $1.key) }.map { id, tally in
                TallyBar(tally, label: label(id), href: href(id), most: most, t)
            }
        }
        types = bars(summary.byViolation, { model.catalogue.entry($0)?.name.text(t.language) ?? $0 }) { id in
            "/queue" + QueueFilter(state: nil, violation: id).query()
        }
        let all = bars(summary.byChannel, { model.channelNames[$0] ?? $0 }) { "/queue" + QueueFilter(state: nil, channel: $0).query() }
        channels = Array(all.prefix(Self.channelLimit))
        channelsLeft = all.count > Self.channelLimit ? t.text(.andMore, ["n": String(all.count - Self.channelLimit)]) : nil
        legend = TallyBar.legend(summary.total, t)
        columns = Self.columns(model, t)
        trendWidth = columns.count * Self.columnWidth
        hasCases = summary.total.found > 0
    }

    private static func href(_ day: LocalDay) -> String { "/summary?day=\(day)" }

    private static func tiles(_ summary: CaseSummary, _ t: Wording) -> [Tile] {
        let total = summary.total
        func part(_ value: Double?) -> String { value.map { t.percent($0) } ?? "–" }
        return [
            Tile(amount: String(total.found), label: t[.summaryFound], about: ""),
            Tile(
                amount: String(total.reviewed), label: t[.summaryReviewed],
                about: t.text(.summaryStillWaiting, ["n": String(total.waiting)])),
            Tile(amount: String(total.falseAlarms), label: t[.summaryFalseAlarms], about: ""),
            Tile(amount: String(total.corrected), label: t[.summaryCorrected], about: ""),
            Tile(amount: String(total.handedOver), label: t[.summaryHandedOver], about: ""),
            Tile(amount: part(total.precision), label: t[.summaryPrecision], about: t[.summaryPrecisionAbout]),
            Tile(amount: part(total.selfCorrection), label: t[.summarySelfCorrection], about: t[.summarySelfCorrectionAbout]),
            Tile(
                amount: summary.reviews.medianMinutes.map { "\($0) \(t[.minutes])" } ?? "–", label: t[.summaryReviewTime],
                about: t[.summaryReviewTimeAbout]),
            Tile(
                amount: part(summary.reviews.withinPromisePart),
                label: t.text(.summaryInTime, ["n": String(ReviewTimes.promisedMinutes)]), about: ""),
        ]
    }

    private static func columns(_ model: SummaryPage, _ t: Wording) -> [Column] {
        let most = max(1, model.trend.byDay.values.map(\.found).max() ?? 1)
        var columns: [Column] = []
        var day = model.trend.from
        while day <= model.trend.to, columns.count < trendDays {
            let tally = model.trend.byDay[day.description] ?? CaseTally()
            let real = tally.reviewed - tally.falseAlarms
            let (found, genuine) = (tally.found * columnHeight / most, real * columnHeight / most)
            let x = columns.count * columnWidth
            columns.append(
                Column(
                    href: href(day),
                    title: "\(day) · \(t[.summaryFound]) \(tally.found) · \(t[.summaryGenuine]) \(real)", x: x + 3,
                    middle: x + columnWidth / 2, foundY: columnHeight - found, foundHeight: found, trueY: columnHeight - genuine,
                    trueHeight: genuine, label: String(day.description.suffix(5)), showsLabel: columns.count % 5 == 4,
                    isCurrent: model.summary.from <= day && day <= model.summary.to))
            day = day.adding(days: 1)
        }
        return columns
    }
}
