import Casework
import Evidence
import Foundation
import HTTPTypes
import Hummingbird
import Pipeline

/// `/queue` and `/cases/{id}`.
struct CaseRoutes: Sendable {
    private static let pageSize = 24

    let desk: CaseDesk
    let ledgers: LedgerDesk
    let listing: CaseListing
    let reasons: DecisionReasons
    let frame: PageDesk
    var duty: DutyDesk?

    func addRoutes(to routes: RouterGroup<ConsoleContext>) {
        routes.get("queue") { request, context in try await queue(request, context) }
        routes.get("queue/rows/:id") { request, context in try await row(request, context) }
        routes.get("cases/:id") { request, context in
            let record = try await desk.record(context.parameters.require("id"))
            try await listing.logCase(record, context)
            let notice = request.uri.queryParameters["notice"].flatMap { word -> CasePage.Notice? in
                word == "undone" ? .undone : CaseAction.Kind(rawValue: String(word)).map { .done($0) }
            }
            return try await casePage(record, notice: notice, .ok, request, context)
        }
    }

    /// For those who may act on cases.
    func addActionRoutes(to routes: RouterGroup<ConsoleContext>) {
        routes.post("cases/:id/act") { request, context in try await act(request, context) }
    }

    // MARK: Queue

    private func queue(_ request: Request, _ context: ConsoleContext) async throws -> Response {
        let visit = try context.requireVisit()
        let filter = QueueFilter(request)
        let after = request.uri.queryParameters["after"].map(String.init) ?? ""
        let cursor = after.isEmpty ? nil : try CursorText.cursor(after)
        let page = try await desk.store.cases(filter.caseFilter, after: cursor, limit: Self.pageSize)
        try await listing.logQueue(page.cases, context)
        let channels = try await listing.channels()
        let names = try await listing.userNames()
        let statuses = await frame.patrol.channelStatuses()
        let model = try await QueuePage(
            rows: page.cases.map {
                listing.row(BlindReview.record($0, for: visit.user), channels: channels, userNames: names, filter: filter)
            },
            filter: filter, counts: desk.store.counts(), catalogue: listing.catalogue,
            channels: channels.values.sorted { $0.id < $1.id }.map { QueuePage.Channel(id: $0.id, name: $0.name) },
            next: page.next.map(CursorText.text), isFirstPage: cursor == nil, channelCount: channels.count,
            seeingChannelCount: statuses.count { $0.state.isSeeing })
        return await PageDesk.html(frame.pages.queue(model, frame.pageContext(request, context)))
    }

    /// One row as it stands in the queue, for the page to put in; the page's filter is in the query.
    private func row(_ request: Request, _ context: ConsoleContext) async throws -> Response {
        let record = try await desk.record(context.parameters.require("id"))
        try await listing.logQueue([record], context)
        let row = try await listing.row(
            BlindReview.record(record, for: context.requireVisit().user), channels: listing.channels(), userNames: listing.userNames(),
            filter: QueueFilter(request))
        return await PageDesk.html(frame.pages.queueRow(row, frame.pageContext(request, context)))
    }

    // MARK: One case

    private func casePage(
        _ record: CaseRecord, notice: CasePage.Notice?, _ status: HTTPResponse.Status, _ request: Request,
        _ context: ConsoleContext
    ) async throws -> Response {
        let visit = try context.requireVisit()
        let filter = QueueFilter(request)
        let manifest = try await desk.evidence.manifest(of: record)
        // The check may add to the log, which is read after it.
        let seal = try await desk.seal(of: record)
        let channel = try await desk.store.channel(id: record.incident.channelID)
        var model = try await CasePage(
            record: BlindReview.record(record, for: visit.user), catalogue: listing.catalogue, reasons: reasons,
            channelName: channel?.name ?? manifest?.channel.name ?? record.incident.channelID,
            place: channel?.place ?? "", manifest: manifest, seal: seal,
            events: desk.events(of: record, for: visit), userNames: listing.userNames(),
            previousID: desk.previousID(before: record, filter), nextID: desk.nextID(after: record, filter),
            filter: filter, possible: desk.possible(for: visit, on: record), refusalToReview: desk.refusalToReview(for: visit, on: record),
            isBlind: BlindReview.applies(to: record, for: visit.user),
            recheckMinutes: desk.notices?.recheckMinutes(for: record.incident.violation) ?? 30,
            undoUntil: desk.undoUntil(of: record, for: visit), notice: notice, notices: desk.notices?.page(of: record, for: visit),
            duty: duty?.clocks(of: record), dutySettings: duty?.settings)
        model.party = try await ledgers.finding(on: model.record, at: manifest.flatMap { IncidentPlace(record, $0) })
        model.firstOffenceYears = ledgers.settings.firstOffenceYears
        return await PageDesk.html(frame.pages.casePage(model, frame.pageContext(request, context)), status: status)
    }

    private func act(_ request: Request, _ context: ConsoleContext) async throws -> Response {
        let id = try context.parameters.require("id")
        do {
            let action = try ActionForm(context.form, now: desk.now()).action
            let record = try await desk.act(id, action, by: context.requireVisit())
            return try await afterwards(action.kind, record, request, context)
        } catch {
            guard let refusal = Refusal(error), refusal.status != .notFound else { throw error }
            let notice: CasePage.Notice =
                refusal.code == "decided-already" ? .conflict : .refused(refusal.message.text(context.language))
            return try await casePage(desk.record(id), notice: notice, refusal.status, request, context)
        }
    }

    /// After a review the next case, after anything else the case as it stands now.
    private func afterwards(
        _ kind: CaseAction.Kind, _ record: CaseRecord, _ request: Request, _ context: ConsoleContext
    ) async throws -> Response {
        let filter = QueueFilter(request)
        if kind == .undo { return Response.redirect(to: "/cases/\(record.id)?notice=undone") }
        guard Decision.Verdict(rawValue: kind.rawValue) != nil || kind == .screen else {
            return Response.redirect(to: "/cases/\(record.id)?notice=\(kind.rawValue)")
        }
        if let next = context.form["next"], ConsoleCookies.isOwnPath(next) { return Response.redirect(to: next) }
        let next = try await desk.idAfterDecision(on: record, filter)
        return Response.redirect(to: next.map { "/cases/\($0)" + filter.query() } ?? "/queue" + filter.query())
    }
}
