import Casework
import Foundation
import Hummingbird

/// `/api/v1/summary` and `/api/v1/search`.
struct SummaryAPI: Sendable {
    /// A tally with the parts that it comes to.
    private struct Tally: Encodable {
        var counts: CaseTally
        var reviewed: Int
        var precision: Double?
        var selfCorrection: Double?

        init(_ tally: CaseTally) {
            counts = tally
            reviewed = tally.reviewed
            precision = tally.precision
            selfCorrection = tally.selfCorrection
        }
    }

    private struct Summary: Encodable {
        var from: LocalDay
        var to: LocalDay
        var total: Tally
        var byViolation: [String: Tally]
        var byChannel: [String: Tally]
        var byDay: [String: Tally]
        var reviewMedianMinutes: Int?
        var reviewedWithin30MinutesPart: Double?

        init(_ summary: CaseSummary) {
            from = summary.from
            to = summary.to
            total = Tally(summary.total)
            byViolation = summary.byViolation.mapValues(Tally.init)
            byChannel = summary.byChannel.mapValues(Tally.init)
            byDay = summary.byDay.mapValues(Tally.init)
            reviewMedianMinutes = summary.reviews.medianMinutes
            reviewedWithin30MinutesPart = summary.reviews.withinPromisePart
        }
    }

    private struct Found: Encodable {
        var cases: [CaseAnswer]
        var channels: [String]
        var shops: [String]
    }

    private static let caseLimit = 50

    let listing: CaseListing
    let timeZone: TimeZone

    func addRoutes(to api: RouterGroup<ConsoleContext>) {
        api.get("summary") { request, _ in
            let days = try DayRange(request, today: LocalDay(listing.now(), in: timeZone)).days
            return try await JSONAnswer.response(Summary(listing.store.summary(days, channels: nil)))
        }
        api.get("search") { request, context in
            let user = try context.requireVisit().user
            let found = try await listing.store.search(SearchText.of(request), limit: Self.caseLimit)
            let channels = try await listing.channels()
            return try JSONAnswer.response(
                Found(
                    cases: found.cases.map { record in
                        let channel = channels[record.incident.channelID]
                        return CaseAnswer(
                            record: BlindReview.record(record, for: user),
                            violationName: listing.catalogue.entry(record.incident.violation)?.name,
                            channelName: channel?.name ?? record.incident.channelID, place: channel?.place ?? "")
                    }, channels: found.channelIDs, shops: found.shopIDs))
        }
    }
}
