import Casework
import Evidence
import Foundation
import HTTPTypes
import Hummingbird

/// `/cases/{id}/export` and what is taken from there; `/api/v1/cases/{id}/export/{file}` is the same for programs.
struct ExportRoutes: Sendable {
    let desk: ExportDesk
    let cases: CaseDesk
    let frame: PageDesk
    let files = FileIO()

    func addRoutes(to routes: RouterGroup<ConsoleContext>) {
        routes.get("cases/:id/export") { request, context in try await page(request, context) }
        routes.get("cases/:id/export/:file") { request, context in try await file(request, context) }
    }

    func addAPI(to api: RouterGroup<ConsoleContext>) {
        api.get("cases/:id/export/:file") { request, context in try await file(request, context) }
    }

    private func page(_ request: Request, _ context: ConsoleContext) async throws -> Response {
        let record = try await cases.record(context.parameters.require("id"))
        let manifest = try await cases.evidence.manifest(of: record)
        let role = try context.requireVisit().user.role
        let model = ExportPage(
            caseID: record.id, files: manifest?.files.filter(\.original) ?? [], mayUnmask: role.may(.unmask),
            reason: desk.access.name(of: RequestAccess.current.reason, context.language))
        return await PageDesk.html(frame.pages.export(model, frame.pageContext(request, context)))
    }

    private func file(_ request: Request, _ context: ConsoleContext) async throws -> Response {
        let record = try await cases.record(context.parameters.require("id"))
        let name = try context.parameters.require("file")
        let isMasked = request.uri.queryParameters["unmasked"] != "1"
        let hidden = try HiddenAreas(FormFields(encoded: request.uri.query ?? "")["hide"])
        if name == ExportDesk.sheetName {
            let sheet = try await desk.sheet(of: record, isMasked: isMasked, hidden: hidden, context)
            return Response(
                status: .ok, headers: Self.headers("text/html; charset=utf-8", sheet.name),
                body: ResponseBody(byteBuffer: ByteBuffer(string: sheet.html)))
        }
        guard name.hasSuffix(".mp4") else {
            let picture = try await desk.picture(name, of: record, isMasked: isMasked, hidden: hidden, context)
            return Response(
                status: .ok, headers: Self.headers("image/jpeg", picture.name),
                body: ResponseBody(byteBuffer: ByteBuffer(bytes: picture.jpeg)))
        }
        guard !isMasked else {
            throw Refusal(
                .unprocessableContent, "clip-unmasked-only", zh: "录像不能脱敏：只能凭权限和事由导出原件（unmasked=1），或导出脱敏截图。",
                en: "A clip cannot be masked: it leaves only as it was sealed (unmasked=1), for who may; otherwise take masked stills.")
        }
        let original = try await desk.original(name, of: record, context)
        return try await Response(
            status: .ok, headers: Self.headers("video/mp4", original.name), body: files.loadFile(path: original.path, context: context))
    }

    private static func headers(_ type: String, _ name: String) -> HTTPFields {
        [.contentType: type, .cacheControl: "private, no-store", .contentDisposition: "attachment; filename=\"\(name)\""]
    }
}
