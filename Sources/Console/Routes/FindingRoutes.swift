import Casework
import Foundation
import HTTPTypes
import Hummingbird
import Pipeline

/// `/runs/compare`, `/runs/{id}` and what hangs on a run's findings.
struct FindingRoutes: Sendable {
    let desk: FindingDesk
    let listing: CaseListing
    let frame: PageDesk
    let files = FileIO()

    /// To be added before any other route below `/runs`, since `compare` is no run.
    func addRoutes(to routes: RouterGroup<ConsoleContext>) {
        routes.get("runs/compare") { request, context in
            let query = request.uri.queryParameters
            return try await compare(
                Choice(query.choices), failure: nil, approved: query["approved"].map(String.init), .ok, request, context)
        }
        routes.get("runs/:id") { request, context in
            try await detail(desk.shelf.run(context.parameters.require("id")), failure: nil, .ok, request, context)
        }
        routes.get("runs/:id/findings/:finding/still.jpg") { request, context in try await still(request, context) }
    }

    /// For those who may decide.
    func addDecisionRoutes(to routes: RouterGroup<ConsoleContext>) {
        routes.post("runs/:id/findings/:finding/promote") { request, context in
            let run = try await desk.shelf.run(context.parameters.require("id"))
            do {
                let promoted = try await desk.promote(
                    Self.findingID(context), of: run, reason: context.form["reason"] ?? "", by: context.requireVisit(),
                    address: context.address)
                return Response.redirect(to: "/cases/\(promoted.caseID)")
            } catch {
                guard let refusal = Refusal(error), refusal.status != .notFound else { throw error }
                return try await detail(run, failure: refusal, refusal.status, request, context)
            }
        }
    }

    /// For those who may edit channels.
    func addEditingRoutes(to routes: RouterGroup<ConsoleContext>) {
        routes.post("runs/:id/approve") { request, context in
            let run = try await desk.shelf.run(context.parameters.require("id"))
            let form = context.form
            let choice = Choice([
                "after": run.record.id, "before": form["before"] ?? "", "decided": form["decided"] ?? "",
            ])
            do {
                let saved = try await desk.approve(
                    run, channelID: form["channel"] ?? "", comparedWith: choice.requireBefore(), reason: form["reason"] ?? "",
                    by: context.requireVisit(), address: context.address)
                return Response.redirect(
                    to: "/runs/compare" + FindingFilter().query(choice.items + [("approved", saved.channelID)]))
            } catch {
                guard let refusal = Refusal(error), refusal.status != .notFound else { throw error }
                return try await compare(choice, failure: refusal, approved: nil, refusal.status, request, context)
            }
        }
    }

    /// What is to be compared, as an address or a form says.
    struct Choice: Sendable {
        var before: FindingDesk.Before?
        var afterID: String?

        init(_ fields: [String: String]) {
            // The form's list names the decisions like a run.
            if fields["decided"]?.isEmpty == false || fields["before"] == "decided" {
                before = .decisions
            } else if let id = fields["before"], !id.isEmpty {
                before = .run(id: id)
            }
            afterID = fields["after"].flatMap { $0.isEmpty ? nil : $0 }
        }

        func requireBefore() throws(Refusal) -> FindingDesk.Before {
            guard let before else {
                throw .invalid("before", zh: "请选择与之对比的分析或人工认定。", en: "Choose what to compare with: a run, or the decisions.")
            }
            return before
        }

        var items: [(name: String, value: String)] {
            var items: [(name: String, value: String)] = []
            switch before {
            case .run(let id): items.append(("before", id))
            case .decisions: items.append(("decided", "1"))
            case nil: break
            }
            if let afterID { items.append(("after", afterID)) }
            return items
        }
    }

    // MARK: Pages

    private func detail(
        _ run: FindingShelf.Run, failure: Refusal?, _ status: HTTPResponse.Status, _ request: Request, _ context: ConsoleContext
    ) async throws -> Response {
        let visit = try context.requireVisit()
        let query = request.uri.queryParameters.choices
        let filter = FindingFilter(
            violation: query["violation"], channel: query["channel"], hour: query["hour"], page: query["page"])
        let names = try await listing.userNames()
        let model = try await RunDetailPage(
            run: run, others: desk.shelf.list().map(\.record), author: names[run.record.createdBy] ?? run.record.createdBy,
            catalogue: listing.catalogue, channels: listing.channels().mapValues(\.name), cases: desk.cases(met: run), filter: filter,
            mayPromote: visit.user.role.may(.decide) && desk.promotion != nil, failure: failure)
        try await listing.log("run-viewed", run.record.id, context)
        // Its stills are one look with the page.
        listing.looks.add((run.findings ?? []).map { Self.subject(run, $0.id) }, by: visit, at: listing.now())
        return await PageDesk.html(frame.pages.runDetail(model, frame.pageContext(request, context)), status: status)
    }

    private func compare(
        _ choice: Choice, failure: Refusal?, approved: String?, _ status: HTTPResponse.Status, _ request: Request,
        _ context: ConsoleContext
    ) async throws -> Response {
        let visit = try context.requireVisit()
        let query = request.uri.queryParameters.choices
        var status = status
        var model = try await ComparePage(
            runs: desk.shelf.list().filter { $0.progress?.state ?? .done == .done }.map(\.record), catalogue: listing.catalogue,
            channels: listing.channels().mapValues(\.name), cases: [:],
            filter: FindingFilter(violation: query["violation"], channel: query["channel"], hour: query["hour"], page: query["page"]),
            shown: query["show"].flatMap(RunComparison.Change.init(rawValue:)),
            mayPromote: visit.user.role.may(.decide) && desk.promotion != nil,
            mayApprove: visit.user.role.may(.editChannels), failure: failure)
        model.afterID = choice.afterID
        model.isDecided = choice.before == .decisions
        if case .run(let id) = choice.before { model.beforeID = id }
        if let before = choice.before, let afterID = choice.afterID {
            do {
                try await fill(&model, before, afterID, context)
            } catch let refusal as Refusal where refusal.status != .notFound {
                model.failure = model.failure ?? refusal
                status = refusal.status
            }
        }
        if let approved { model.approved = try await desk.store.zones(channelID: approved, version: nil) }
        return await PageDesk.html(frame.pages.compare(model, frame.pageContext(request, context)), status: status)
    }

    private func fill(
        _ model: inout ComparePage, _ before: FindingDesk.Before, _ afterID: String, _ context: ConsoleContext
    ) async throws {
        let run = try await desk.shelf.run(afterID)
        let comparison = try await desk.comparison(before, run)
        model.comparison = comparison
        model.after = run.record
        model.cases = before == .decisions ? FindingDesk.cases(in: comparison) : try await desk.cases(met: run)
        model.approvable = try await desk.approvable(in: run)
        try await listing.log("runs-compared", (comparison.before.runID ?? "decided") + " " + afterID, context)
        // The pictures of the page are one look with it.
        let subjects = model.entries.flatMap { entry -> [String] in
            let after = entry.after.map { "run \(afterID)/\($0.id)" }
            let before = entry.before.map { finding in
                comparison.before.runID.map { "run \($0)/\(finding.id)" } ?? "\(finding.id)/after-dwell.jpg"
            }
            return [before, after].compactMap { $0 }
        }
        let cases = comparison.before.runID == nil ? model.entries.compactMap(\.before?.id) : []
        if !cases.isEmpty { try await listing.log("queue-viewed", cases.joined(separator: " "), context) }
        try listing.looks.add(subjects, by: context.requireVisit(), at: listing.now())
    }

    // MARK: Stills

    private func still(_ request: Request, _ context: ConsoleContext) async throws -> Response {
        let run = try await desk.shelf.run(context.parameters.require("id"))
        let finding = try desk.finding(Self.findingID(context), of: run)
        guard let still = try await desk.shelf.still(of: finding, in: run) else { throw Refusal.notFound }
        let visit = try context.requireVisit()
        let subject = Self.subject(run, finding.id)
        if !listing.looks.holds(subject, by: visit, at: listing.now()) {
            try await listing.log("file-viewed", subject, context)
            listing.looks.add([subject], by: visit, at: listing.now())
        }
        // Asked for each time, so that each look is in the log; a run that is done never changes.
        let headers: HTTPFields = [.contentType: "image/jpeg", .cacheControl: "private, no-cache"]
        return try await Response(status: .ok, headers: headers, body: files.loadFile(path: still.path, context: context))
    }

    /// A path's part may hold escapes.
    static func findingID(_ context: ConsoleContext) throws -> String {
        let text = try context.parameters.require("finding")
        return text.removingPercentEncoding ?? text
    }

    private static func subject(_ run: FindingShelf.Run, _ findingID: String) -> String { "run \(run.record.id)/\(findingID)" }
}

extension Parameters {
    /// As text, the first of equal names.
    var choices: [String: String] {
        reduce(into: [:]) { choices, item in
            if choices[String(item.key)] == nil { choices[String(item.key)] = String(item.value) }
        }
    }
}
