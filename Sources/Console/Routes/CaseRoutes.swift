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
    let listing: CaseListing
    let reasons: DecisionReasons
    let frame: PageDesk

    func addRoutes(to routes: RouterGroup<ConsoleContext>) {
        routes.get("queue") { request, context in try await queue(request, context) }
        routes.get("queue/rows/:id") { request, context in try await row(request, context) }
        routes.get("cases/:id") { request, context in
            let record = try await desk.record(context.parameters.require("id"))
            try await listing.logCase(record, context)
            let notice: CasePage.Notice? = request.uri.queryParameters["notice"] == "undone" ? .undone : nil
            return try await casePage(record, notice: notice, .ok, request, context)
        }
    }

    /// For those who may decide.
    func addDecisionRoutes(to routes: RouterGroup<ConsoleContext>) {
        routes.post("cases/:id/decide") { request, context in try await decide(request, context) }
        routes.post("cases/:id/undo") { request, context in
            let id = try context.parameters.require("id")
            do {
                _ = try await desk.undo(id, by: context.requireVisit())
                return Response.redirect(to: "/cases/\(id)?notice=undone")
            } catch let refusal as Refusal where refusal.status != .notFound {
                return try await casePage(
                    desk.record(id), notice: .refused(refusal.message.text(context.language)), refusal.status, request,
                    context)
            }
        }
    }

    // MARK: Queue

    private func queue(_ request: Request, _ context: ConsoleContext) async throws -> Response {
        let filter = QueueFilter(request)
        let after = request.uri.queryParameters["after"].map(String.init) ?? ""
        let cursor = after.isEmpty ? nil : try CursorText.cursor(after)
        let page = try await desk.store.cases(filter.caseFilter, after: cursor, limit: Self.pageSize)
        try await listing.logQueue(page.cases, context)
        let channels = try await listing.channels()
        let names = try await listing.userNames()
        let statuses = await frame.patrol.channelStatuses()
        let model = try await QueuePage(
            rows: page.cases.map { listing.row($0, channels: channels, userNames: names, filter: filter) },
            filter: filter, counts: desk.store.counts(), catalogue: listing.catalogue,
            channels: channels.values.sorted { $0.id < $1.id }.map { QueuePage.Channel(id: $0.id, name: $0.name) },
            next: page.next.map(CursorText.text), isFirstPage: cursor == nil, channelCount: channels.count,
            seeingChannelCount: statuses.count { $0.state.isSeeing })
        return await PageDesk.html(frame.pages.queue(model, frame.pageContext(request, context)))
    }

    /// One row as it stands in the queue, for the page to put in; the page's filter is in the query.
    private func row(_ request: Request, _ context: ConsoleContext) async throws -> Response {
        let record = try await desk.record(context.parameters.require("id"))
        let row = try await listing.row(
            record, channels: listing.channels(), userNames: listing.userNames(), filter: QueueFilter(request))
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
        let model = try await CasePage(
            record: record, catalogue: listing.catalogue, reasons: reasons,
            channelName: channel?.name ?? manifest?.channel.name ?? record.incident.channelID,
            place: channel?.place ?? "", manifest: manifest, seal: seal,
            events: desk.store.events(caseID: record.id), userNames: listing.userNames(),
            previousID: desk.previousID(before: record, filter), nextID: desk.nextID(after: record, filter),
            filter: filter, undoUntil: desk.undoUntil(of: record, for: visit), notice: notice)
        return await PageDesk.html(frame.pages.casePage(model, frame.pageContext(request, context)), status: status)
    }

    private func decide(_ request: Request, _ context: ConsoleContext) async throws -> Response {
        let id = try context.parameters.require("id")
        guard let verdict = context.form["verdict"].flatMap(Decision.Verdict.init(rawValue:)) else {
            throw Refusal.invalid("verdict", zh: "请选择处理结果。", en: "A verdict is needed.")
        }
        do {
            let record = try await desk.decide(
                id, verdict: verdict, reason: context.form.filled("reason"), note: context.form["note"] ?? "",
                by: context.requireVisit())
            if let next = context.form["next"], ConsoleCookies.isOwnPath(next) { return Response.redirect(to: next) }
            let filter = QueueFilter(request)
            let next = try await desk.idAfterDecision(on: record, filter)
            return Response.redirect(to: next.map { "/cases/\($0)" + filter.query() } ?? "/queue" + filter.query())
        } catch let refusal as Refusal where refusal.status != .notFound {
            let notice: CasePage.Notice =
                refusal.code == "decided-already" ? .conflict : .refused(refusal.message.text(context.language))
            return try await casePage(desk.record(id), notice: notice, refusal.status, request, context)
        }
    }
}
