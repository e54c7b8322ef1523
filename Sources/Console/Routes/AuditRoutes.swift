import Casework
import Foundation
import HTTPTypes
import Hummingbird

/// `/audit`: the log of looks, for auditor, head and administrator.
struct AuditRoutes: Sendable {
    let desk: AuditDesk
    let frame: PageDesk

    func addRoutes(to routes: RouterGroup<ConsoleContext>) {
        routes.get("audit") { request, context in try await page(request, context) }
        routes.get("audit/log.csv") { request, context in
            let file = try await desk.csv(desk.filter(FormFields(encoded: request.uri.query ?? "")), context)
            return Response(
                status: .ok,
                headers: [
                    .contentType: "text/csv; charset=utf-8", .cacheControl: "private, no-store",
                    .contentDisposition: "attachment; filename=\"\(file.name)\"",
                ],
                body: ResponseBody(byteBuffer: ByteBuffer(string: file.text)))
        }
    }

    private func page(_ request: Request, _ context: ConsoleContext) async throws -> Response {
        let query = FormFields(encoded: request.uri.query ?? "")
        var model = AuditPage(query: query, users: try await desk.users())
        do {
            let page = try await desk.page(
                desk.filter(query), before: query.filled("before").flatMap { Int64($0) }, limit: AuditDesk.pageSize, context)
            (model.lines, model.next) = (page.lines, page.next)
        } catch let refusal as Refusal where refusal.status == .unprocessableContent {
            model.failure = refusal.message.text(context.language)
        }
        if query["check"] != nil { model.chain = try await desk.store.accessChain() }
        model.reasonName = { desk.access.name(of: $0, context.language) }
        return await PageDesk.html(
            frame.pages.audit(model, frame.pageContext(request, context)), status: model.failure == nil ? .ok : .unprocessableContent)
    }
}
