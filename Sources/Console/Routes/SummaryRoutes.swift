import Casework
import Foundation
import Hummingbird

/// `/summary` and `/search`.
struct SummaryRoutes: Sendable {
    private static let pageSize = 24

    let listing: CaseListing
    let frame: PageDesk

    func addRoutes(to routes: RouterGroup<ConsoleContext>) {
        routes.get("summary") { request, context in try await summary(request, context) }
        routes.get("search") { request, context in try await search(request, context) }
    }

    private func summary(_ request: Request, _ context: ConsoleContext) async throws -> Response {
        let today = LocalDay(listing.now(), in: frame.configuration.timeZone)
        let days = try DayRange(request, today: today).days
        let trendStart = days.upperBound.adding(days: 1 - SummaryView.trendDays)
        let names = try await listing.store.channels().reduce(into: [:]) { $0[$1.id] = $1.name.isEmpty ? $1.id : $1.name }
        let model = try await SummaryPage(
            summary: listing.store.summary(days, channels: nil),
            trend: listing.store.summary(trendStart...days.upperBound, channels: nil), today: today, catalogue: listing.catalogue,
            channelNames: names)
        return await PageDesk.html(frame.pages.summary(model, frame.pageContext(request, context)))
    }

    private func search(_ request: Request, _ context: ConsoleContext) async throws -> Response {
        let visit = try context.requireVisit()
        let text = SearchText.of(request)
        let found = try await listing.store.search(text, limit: Self.pageSize)
        try await listing.logQueue(found.cases, context)
        let channels = try await listing.channels()
        let names = try await listing.userNames()
        let model = SearchPage(
            text: text,
            rows: found.cases.map {
                listing.row(
                    BlindReview.record($0, for: visit.user), channels: channels, userNames: names, filter: QueueFilter(state: nil))
            },
            channels: found.channelIDs.map { SearchPage.Channel(id: $0, name: channels[$0]?.name ?? $0) },
            isFull: found.cases.count == Self.pageSize)
        return await PageDesk.html(frame.pages.search(model, frame.pageContext(request, context)))
    }
}

/// What a query looks for.
enum SearchText {
    private static let limit = 200

    static func of(_ request: Request) -> String {
        String((request.uri.queryParameters["q"].map(String.init) ?? "").prefix(limit))
    }
}
