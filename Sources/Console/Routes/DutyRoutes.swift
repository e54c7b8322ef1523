import Casework
import Foundation
import HTTPTypes
import Hummingbird
import Pipeline

/// `/deadlines`, `/grid` with its roster, `/referrals`.
struct DutyRoutes: Sendable {
    let desk: DutyDesk
    let listing: CaseListing
    let frame: PageDesk

    func addRoutes(to routes: RouterGroup<ConsoleContext>) {
        routes.get("deadlines") { request, context in
            let filter = try DeadlineFilter(request, desk)
            let model = try await DeadlinesPage(
                listing: desk.deadlines(filter), filter: filter, settings: desk.settings, catalogue: desk.catalogue)
            return await PageDesk.html(frame.pages.deadlines(model, frame.pageContext(request, context)))
        }
        routes.get("grid") { request, context in
            let model = try await GridPage(listing: desk.grid(), mayEdit: context.requireVisit().user.role.may(.editLedgers))
            return await PageDesk.html(frame.pages.grid(model, frame.pageContext(request, context)))
        }
        routes.get("referrals") { request, context in try await referrals(failure: nil, .ok, request, context) }
    }

    /// For those who may decide.
    func addReferralRoutes(to routes: RouterGroup<ConsoleContext>) {
        routes.post("referrals/:id/:body") { request, context in
            do {
                guard let step = context.form["step"].flatMap(Referral.Step.init(rawValue:)) else {
                    throw Refusal.invalid("step", zh: "请选择办理结果。", en: "Say what became of it.")
                }
                _ = try await desk.mark(
                    step, context.parameters.require("id"), body: context.parameters.require("body"), text: context.form["text"] ?? "",
                    by: context.requireVisit())
                let back = context.form["back"] ?? ""
                return Response.redirect(to: ConsoleCookies.isOwnPath(back) ? back : "/referrals")
            } catch {
                guard let refusal = Refusal(error), refusal.status != .notFound else { throw error }
                return try await referrals(failure: refusal.message.text(context.language), refusal.status, request, context)
            }
        }
    }

    /// For those who may decide: what the city's case system answered.
    func addAnswerRoutes(to routes: RouterGroup<ConsoleContext>) {
        routes.post("cases/:id/city-answers") { _, context in
            guard let step = context.form["step"].flatMap(CityAnswer.Step.init(rawValue:)) else {
                throw Refusal.invalid("step", zh: "请选择办理结果。", en: "Say what became of it.")
            }
            guard let day = LocalDay(context.form["day"] ?? "") else {
                throw Refusal.invalid("day", zh: "请选择日期。", en: "Choose a day.")
            }
            let id = try context.parameters.require("id")
            _ = try await desk.enter(
                step, on: day, note: context.form["note"] ?? "", id, by: context.requireVisit())
            return Response.redirect(to: "/cases/\(id)")
        }
    }

    /// For those who may edit ledgers.
    func addRosterRoutes(to routes: RouterGroup<ConsoleContext>) {
        routes.get("grid/roster/new") { request, context in
            let grid = request.uri.queryParameters["grid"].map(String.init) ?? ""
            return try await form(nil, version: 0, RosterFields(grid: grid), failure: nil, .ok, request, context)
        }
        routes.get("grid/roster/:id") { request, context in
            let entry = try await entry(context)
            return try await form(
                entry.id, version: entry.version, RosterFields(entry.decoded(RosterDocument.self)), failure: nil, .ok, request, context)
        }
        routes.post("grid/roster") { request, context in try await save(nil, request, context) }
        routes.post("grid/roster/:id") { request, context in try await save(entry(context).id, request, context) }
    }

    private func entry(_ context: ConsoleContext) async throws -> LedgerEntry {
        guard let entry = try await desk.store.ledgerEntry(.roster, id: context.parameters.require("id")), !entry.isRetired else {
            throw Refusal.notFound
        }
        return entry
    }

    private func save(_ id: String?, _ request: Request, _ context: ConsoleContext) async throws -> Response {
        let fields = RosterFields(context.form)
        let version = context.form["version"].flatMap { Int($0) } ?? 0
        do {
            _ = try await desk.put(
                fields.document(), id: id, version: version, isRetired: context.form["retire"] == "1", by: context.requireVisit(),
                address: context.address)
            return Response.redirect(to: "/grid")
        } catch {
            guard let refusal = Refusal(error), refusal.status != .notFound else { throw error }
            return try await form(
                id, version: version, fields, failure: refusal.message.text(context.language), refusal.status, request, context)
        }
    }

    private func form(
        _ id: String?, version: Int, _ fields: RosterFields, failure: String?, _ status: HTTPResponse.Status, _ request: Request,
        _ context: ConsoleContext
    ) async throws -> Response {
        let model = RosterFormPage(id: id, version: version, fields: fields, grids: desk.settings.grid.nodes, failure: failure)
        return await PageDesk.html(frame.pages.rosterForm(model, frame.pageContext(request, context)), status: status)
    }

    private func referrals(
        failure: String?, _ status: HTTPResponse.Status, _ request: Request, _ context: ConsoleContext
    ) async throws -> Response {
        let filter = try ReferralFilter(request, desk)
        let model = try await ReferralsPage(
            listing: desk.referrals(body: filter.body, status: filter.status), filter: filter, settings: desk.settings,
            catalogue: desk.catalogue, failure: failure)
        return await PageDesk.html(frame.pages.referrals(model, frame.pageContext(request, context)), status: status)
    }
}

extension DeadlineFilter {
    /// - Throws: `Refusal` for a clock, grid or body that there is not.
    init(_ request: Request, _ desk: DutyDesk) throws(Refusal) {
        let query = FormFields(encoded: request.uri.query ?? "")
        if let text = query.filled("clock") {
            guard let kind = CaseClock.Kind(rawValue: text) else {
                throw .invalid("clock", zh: "没有这个时限。", en: "There is no such clock.")
            }
            clock = kind
        }
        grid = query.filled("grid")
        if let grid, desk.settings.grid.node(grid) == nil {
            throw .invalid("grid", zh: "没有这个网格。", en: "There is no such grid.")
        }
        body = try query.body(desk)
        isBreached = query["breached"] == "1"
        page = query.filled("page").flatMap { Int($0) } ?? 1
    }
}

extension ReferralFilter {
    /// - Throws: `Refusal` for a body or a status that there is not.
    init(_ request: Request, _ desk: DutyDesk) throws(Refusal) {
        let query = FormFields(encoded: request.uri.query ?? "")
        body = try query.body(desk)
        guard let text = query.filled("status") else { return }
        guard let status = Status(rawValue: text) else {
            throw .invalid("status", zh: "没有这个进展。", en: "There is no such status.")
        }
        self.status = status
    }
}

extension FormFields {
    fileprivate func body(_ desk: DutyDesk) throws(Refusal) -> String? {
        guard let body = filled("body") else { return nil }
        guard desk.catalogue.body(body) != nil else { throw .invalid("body", zh: "没有这个单位。", en: "There is no such body.") }
        return body
    }
}
