import Casework
import Foundation
import HTTPTypes
import Hummingbird
import Pipeline

/// `/channels/import`: a list is handed in, looked at while its addresses are tried, and applied; for those who may edit channels.
struct ChannelImportRoutes: Sendable {
    let imports: ImportDesk
    let frame: PageDesk

    func addRoutes(to routes: RouterGroup<ConsoleContext>) {
        routes.get("channels/import") { request, context in await form(ChannelImportPage(), .ok, request, context) }
        routes.get("channels/import/template.csv") { _, _ in
            Response(
                status: .ok,
                headers: [
                    .contentType: "text/csv; charset=utf-8", .contentDisposition: "attachment; filename=\"channels.csv\"",
                ],
                body: ResponseBody(byteBuffer: ByteBuffer(string: ChannelList.emptyCSV)))
        }
        routes.post("channels/import") { request, context in await begin(request, context) }
        routes.get("channels/import/:import") { request, context in
            let session = try await imports.session(context.parameters.require("import"), context.requireVisit())
            return await plan(session, failure: nil, .ok, request, context)
        }
        routes.get("channels/import/:import/:row/:still") { _, context in try await still(context) }
        routes.post("channels/import/:import/apply") { request, context in try await apply(request, context) }
        routes.post("channels/import/:import/drop") { _, context in
            try await imports.drop(context.parameters.require("import"), context.requireVisit())
            return Response.redirect(to: "/channels/import")
        }
    }

    private func form(
        _ model: ChannelImportPage, _ status: HTTPResponse.Status, _ request: Request, _ context: ConsoleContext
    ) async -> Response {
        await PageDesk.html(frame.pages.channelImport(model, frame.pageContext(request, context)), status: status)
    }

    private func plan(
        _ session: ImportDesk.Session, failure: String?, _ status: HTTPResponse.Status, _ request: Request,
        _ context: ConsoleContext
    ) async -> Response {
        await PageDesk.html(
            frame.pages.channelImportPlan(session, failure: failure, frame.pageContext(request, context)), status: status)
    }

    /// What was pasted into the form; a file comes over the API.
    private func begin(_ request: Request, _ context: ConsoleContext) async -> Response {
        do {
            let session = try await imports.begin(
                Array((context.form["text"] ?? "").utf8), name: "",
                template: (context.form["template"] ?? "", context.form["subTemplate"] ?? ""),
                skipsTrial: context.form["skipsTrial"] != nil, by: context.requireVisit())
            return Response.redirect(to: "/channels/import/\(session.id)")
        } catch {
            let refusal = Refusal(error) ?? .internalFailure
            return await form(
                ChannelImportPage(failure: refusal.message.text(context.language)), refusal.status, request, context)
        }
    }

    private func apply(_ request: Request, _ context: ConsoleContext) async throws -> Response {
        let id = try context.parameters.require("import")
        do {
            _ = try await imports.apply(
                id, onlyGood: context.form["onlyGood"] != nil, by: context.requireVisit(), address: context.address)
            return Response.redirect(to: "/channels/import/\(id)")
        } catch {
            let refusal = Refusal(error) ?? .internalFailure
            let session = try await imports.session(id, context.requireVisit())
            return await plan(session, failure: refusal.message.text(context.language), refusal.status, request, context)
        }
    }

    /// `main.jpg` or `sub.jpg` of a row, counted from 0.
    private func still(_ context: ConsoleContext) async throws -> Response {
        let session = try await imports.session(context.parameters.require("import"), context.requireVisit())
        guard let index = Int(try context.parameters.require("row")), session.plan.rows.indices.contains(index) else {
            throw Refusal.notFound
        }
        let row = session.plan.rows[index]
        let probe = try context.parameters.require("still") == "main.jpg" ? row.main : row.sub
        guard let probe, !probe.still.isEmpty else { throw Refusal.notFound }
        return Response(
            status: .ok, headers: [.contentType: "image/jpeg", .cacheControl: "private, max-age=3600"],
            body: ResponseBody(byteBuffer: ByteBuffer(bytes: probe.still)))
    }
}
