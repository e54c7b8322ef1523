import Casework
import Foundation
import HTTPTypes
import Hummingbird

/// `/exports`: exports, receivers of the log and what other patrols told.
struct ExchangeRoutes: Sendable {
    private static let pageSize = 50

    let desk: ExchangeDesk
    let frame: PageDesk

    func addRoutes(to routes: RouterGroup<ConsoleContext>) {
        routes.get("exports") { request, context in
            let before = request.uri.queryParameters["before"].flatMap { Int64($0) }
            let externals = try await desk.store.externals(before: before, limit: Self.pageSize)
            let model = try await ExportsPage(
                webhooks: desk.hands.settings.webhooks, cursors: desk.store.deliveryCursors(),
                lastSequence: desk.store.lastEventSequence(), externals: externals,
                nextExternal: externals.count == Self.pageSize ? externals.last?.sequence : nil, catalogue: desk.catalogue,
                mayExport: context.requireVisit().user.role.may(.casework))
            return await PageDesk.html(frame.pages.exports(model, frame.pageContext(request, context)))
        }
        routes.get("exports/pictures/:hash") { _, context in
            let hash = try context.parameters.require("hash")
            let bytes = try await desk.picture(hash)
            try await desk.log("external-picture-viewed", hash, context.requireVisit(), context.address)
            return Response(
                status: .ok, headers: [.contentType: "image/jpeg", .cacheControl: "private, no-store"],
                body: ResponseBody(byteBuffer: ByteBuffer(bytes: bytes)))
        }
    }

    /// For those who work on cases.
    func addExportRoutes(to routes: RouterGroup<ConsoleContext>) {
        routes.get("exports/bundle") { request, context in
            let query = FormFields(encoded: request.uri.query ?? "")
            return try await desk.bundle(
                query.filled("case") ?? "", reason: query["reason"], by: context.requireVisit(), address: context.address)
        }
    }
}
