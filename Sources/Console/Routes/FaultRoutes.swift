import Casework
import HTTPTypes
import Hummingbird
import Pipeline

/// `/faults` and what hangs on them.
struct FaultRoutes: Sendable {
    private static let pageSize = 50

    let desk: HealthDesk
    let channels: ChannelDesk
    let listing: CaseListing
    let frame: PageDesk

    func addRoutes(to routes: RouterGroup<ConsoleContext>) {
        routes.get("faults") { request, context in try await list(failure: nil, .ok, request, context) }
        routes.get("faults/:id/still.jpg") { _, context in
            let id = try context.parameters.require("id")
            guard let still = await desk.health.faultStill(id: id) else { throw Refusal.notFound }
            return Response(
                status: .ok, headers: [.contentType: "image/jpeg", .cacheControl: "private, max-age=86400, immutable"],
                body: ResponseBody(byteBuffer: ByteBuffer(bytes: still)))
        }
    }

    /// For those who may edit channels.
    func addEditingRoutes(to routes: RouterGroup<ConsoleContext>) {
        routes.post("faults/:id/note") { request, context in
            let id = try context.parameters.require("id")
            do {
                _ = try await desk.note(
                    id, text: context.form["text"] ?? "", by: context.requireVisit(), address: context.address)
                let back = context.form["back"] ?? ""
                return Response.redirect(to: (ConsoleCookies.isOwnPath(back) ? back : "/faults") + "#fault-\(id)")
            } catch {
                guard let refusal = Refusal(error) else { throw error }
                return try await list(failure: refusal.message.text(context.language), refusal.status, request, context)
            }
        }
    }

    private func list(
        failure: String?, _ status: HTTPResponse.Status, _ request: Request, _ context: ConsoleContext
    ) async throws -> Response {
        let query = request.uri.queryParameters
        let filter = try HealthDesk.filter(
            state: query["state"].map(String.init), kind: query["kind"].map(String.init), channel: query["channel"].map(String.init))
        let before = query["before"].flatMap { JSONAnswer.date(String($0)) }
        var faults = try await desk.store.faults(filter, before: before, limit: Self.pageSize + 1)
        let hasMore = faults.count > Self.pageSize
        if hasMore { faults.removeLast() }
        let records = try await channels.store.channels()
        let names = try await listing.userNames()
        let byID = Dictionary(records.map { ($0.id, $0) }, uniquingKeysWith: { $1 })
        let items = faults.map { fault in
            let channel = fault.channelID.flatMap { byID[$0] }
            return FaultItem(
                fault: fault, channelName: channel?.name ?? fault.channelID, place: channel?.place ?? "", userNames: names)
        }
        let model = FaultsPage(
            faults: items, filter: filter, openCount: try await desk.store.openFaultCount(),
            channels: records.map { QueuePage.Channel(id: $0.id, name: $0.name) }, hasMore: hasMore, failure: failure)
        return await PageDesk.html(frame.pages.faults(model, frame.pageContext(request, context)), status: status)
    }
}
