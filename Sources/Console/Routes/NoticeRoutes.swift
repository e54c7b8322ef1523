import Casework
import Evidence
import Foundation
import HTTPTypes
import Hummingbird
import NIOPosix

/// `/notices`, what officers say of messages, and the pictures of second looks.
struct NoticeRoutes: Sendable {
    let desk: NoticeDesk
    let cases: CaseDesk
    let listing: CaseListing
    let frame: PageDesk

    func addRoutes(to routes: RouterGroup<ConsoleContext>) {
        routes.get("notices") { request, context in try await list(failure: nil, .ok, request, context) }
        routes.get("looks/:case/:file") { request, context in try await picture(request, context) }
    }

    /// For those who decide.
    func addDecisionRoutes(to routes: RouterGroup<ConsoleContext>) {
        routes.post("notices/:id/status") { request, context in
            do {
                guard let kind = context.form["status"].flatMap(NoticeReport.Kind.init(rawValue:)), kind != .sent else {
                    throw Refusal.invalid(
                        "status", zh: "请选择：重试、已送达、失败或已回复。", en: "Choose: try again, delivered, failed or answered.")
                }
                _ = try await desk.report(
                    NoticeAPI.id(context), NoticeReport(kind, text: context.form.filled("text") ?? ""),
                    by: context.requireVisit().user.id)
                let back = context.form["back"] ?? ""
                return Response.redirect(to: ConsoleCookies.isOwnPath(back) ? back : "/notices")
            } catch {
                guard let refusal = Refusal(error), refusal.status != .notFound else { throw error }
                return try await list(failure: refusal.message.text(context.language), refusal.status, request, context)
            }
        }
    }

    private func list(
        failure: String?, _ status: HTTPResponse.Status, _ request: Request, _ context: ConsoleContext
    ) async throws -> Response {
        let query = request.uri.queryParameters
        let statuses = try NoticeDesk.statuses(query["status"].map(String.init))
        var notices = try await desk.store.notices(
            statuses, before: query["before"].flatMap { Int64($0) }, limit: NoticeDesk.pageSize + 1)
        let hasMore = notices.count > NoticeDesk.pageSize
        if hasMore { notices.removeLast() }
        let model = try await NoticesPage(
            notices: notices, status: statuses.first, userNames: listing.userNames(),
            mayReport: context.requireVisit().user.role.may(.decide), hasMore: hasMore, failure: failure)
        return await PageDesk.html(frame.pages.notices(model, frame.pageContext(request, context)), status: status)
    }

    /// A picture of the look that stands, if its bytes are those that were sealed and the case's log knows the addendum.
    private func picture(_ request: Request, _ context: ConsoleContext) async throws -> Response {
        let record = try await cases.record(context.parameters.require("case"))
        let name = try context.parameters.require("file")
        guard let file = try await cases.evidence.lookFile(name, of: record) else { throw Refusal.notFound }
        try await listing.logFile(file.subject, of: record, context)
        return Response(
            status: .ok, headers: [.contentType: "image/jpeg", .cacheControl: "private, no-cache", .eTag: "\"\(file.sha256)\""],
            body: ResponseBody(byteBuffer: ByteBuffer(bytes: file.bytes)))
    }
}

extension EvidenceFolder {
    struct LookFile: Sendable {
        var bytes: [UInt8]
        var sha256: String
        /// Below the package.
        var subject: String
    }

    /// A file of the addendum that the standing look names; nil for any other, and for what was changed.
    func lookFile(_ name: String, of record: CaseRecord) async throws -> LookFile? {
        guard let look = record.standing.look?.findings, let place = look.addendum else { return nil }
        let folder = root + "/" + record.packagePath
        return try await NIOThreadPool.singleton.runIfActive {
            guard let addendum = try SealedAddendum.all(inPackage: folder).first(where: { $0.folder == place }),
                addendum.sha256.hex == look.addendumSHA256, let file = addendum.addendum.files.first(where: { $0.name == name }),
                let bytes = try? [UInt8](Data(contentsOf: URL(fileURLWithPath: "\(folder)/\(place)/\(file.name)"))),
                ContentHash(of: bytes) == file.sha256
            else { return nil }
            return LookFile(bytes: bytes, sha256: file.sha256.hex, subject: "\(place)/\(file.name)")
        }
    }
}
