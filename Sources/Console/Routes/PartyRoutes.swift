import Casework
import Evidence
import Foundation
import HTTPTypes
import Hummingbird

/// `/q`: the page of a party, for whoever holds a notice; nobody logs in.
struct PartyRoutes: Sendable {
    let desk: PartyDesk
    let catalogue: ViolationCatalogue
    let frame: PageDesk

    func addPublicRoutes(to routes: RouterGroup<ConsoleContext>) {
        routes.get("q") { request, context in
            let query = FormFields(encoded: request.uri.query ?? "")
            guard let code = query.filled("code") else { return await page(PartyPage(), .ok, request, context) }
            return try await look(code, isDone: query["done"] != nil, .ok, request, context)
        }
        routes.get("q/picture/:name") { request, context in try await picture(request, context) }
        routes.post("q/object") { request, context in
            let typed = context.form["code"] ?? ""
            do {
                let code = try await desk.object(
                    typed, text: context.form["text"] ?? "", contact: context.form["contact"] ?? "", address: context.address)
                return Response.redirect(to: "/q?code=\(code.text)&done=1")
            } catch let refusal as Refusal where refusal.status == .unprocessableContent {
                return try await look(typed, failure: refusal.message.text(context.language), .unprocessableContent, request, context)
            } catch let refusal as CaseLife.Refusal {
                return try await look(typed, failure: refusal.text.text(context.language), .conflict, request, context)
            } catch let refusal as Refusal where refusal.code == "code-unknown" {
                return await page(PartyPage(failure: refusal.message.text(context.language)), refusal.status, request, context)
            }
        }
    }

    private func look(
        _ typed: String, isDone: Bool = false, failure: String? = nil, _ status: HTTPResponse.Status, _ request: Request,
        _ context: ConsoleContext
    ) async throws -> Response {
        do {
            let (record, code) = try await desk.record(typed, "party-looked", address: context.address)
            let masked = await desk.pictures(of: record)
            let pictures = PartyDesk.pictures.filter { masked[$0.fileName] != nil }
            let facts = PartyPage.Facts(
                record: record, code: code, entry: catalogue.entry(record.incident.violation), channel: try await desk.channel(of: record),
                pictures: pictures, mayObject: desk.mayObject(record), law: desk.hands.settings.party.law(for: record.incident.violation),
                party: desk.hands.settings.party)
            return await page(PartyPage(facts: facts, isDone: isDone, failure: failure), status, request, context)
        } catch let refusal as Refusal where refusal.code == "code-unknown" {
            return await page(PartyPage(failure: refusal.message.text(context.language)), refusal.status, request, context)
        }
    }

    private func picture(_ request: Request, _ context: ConsoleContext) async throws -> Response {
        let name = try context.parameters.require("name")
        let code = FormFields(encoded: request.uri.query ?? "").filled("code") ?? ""
        let (record, _) = try await desk.record(code, "party-saw-picture", address: context.address)
        guard let bytes = await desk.pictures(of: record)[name] else { throw Refusal.notFound }
        return Response(
            status: .ok, headers: [.contentType: "image/jpeg", .cacheControl: "private, no-store"],
            body: ResponseBody(byteBuffer: ByteBuffer(bytes: bytes)))
    }

    private func page(
        _ model: PartyPage, _ status: HTTPResponse.Status, _ request: Request, _ context: ConsoleContext
    ) async -> Response {
        var context = context
        // An officer who opens it sees what the party sees.
        context.visit = nil
        var response = await PageDesk.html(frame.pages.party(model, frame.pageContext(request, context)), status: status)
        response.headers[.robots] = "noindex, nofollow"
        return response
    }
}
