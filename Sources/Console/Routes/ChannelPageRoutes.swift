import Casework
import HTTPTypes
import Hummingbird
import Pipeline

/// `/channels/{id}`: one channel's page, its small picture, and changes of its record.
struct ChannelPageRoutes: Sendable {
    private static let dayCount = 14
    private static let faultLimit = 8

    let desk: ChannelDesk
    let health: HealthDesk
    let listing: CaseListing
    let frame: PageDesk

    func addRoutes(to routes: RouterGroup<ConsoleContext>) {
        routes.get("channels/:id") { request, context in
            let channel = try await desk.channel(context.parameters.require("id"))
            let isSaved = request.uri.queryParameters["saved"] != nil
            return try await page(channel, failure: nil, isSaved: isSaved, .ok, request, context)
        }
        routes.get("channels/:id/thumb.jpg") { request, context in try await thumbnail(request, context) }
    }

    /// For those who may edit channels.
    func addEditingRoutes(to routes: RouterGroup<ConsoleContext>) {
        routes.post("channels/:id/edit") { request, context in
            let channel = try await desk.channel(context.parameters.require("id"))
            let form = context.form
            let fields = ChannelDesk.Fields(
                name: form["name"], place: form["place"], url: form.filled("url"), transport: form["transport"])
            do {
                _ = try await desk.update(channel.id, fields, by: context.requireVisit(), address: context.address)
                return Response.redirect(to: "/channels/\(channel.id)?saved=1")
            } catch {
                guard let refusal = Refusal(error) else { throw error }
                return try await page(
                    channel, failure: refusal.message.text(context.language), isSaved: false, refusal.status, request, context)
            }
        }
    }

    private func page(
        _ channel: ChannelRecord, failure: String?, isSaved: Bool, _ status: HTTPResponse.Status, _ request: Request,
        _ context: ConsoleContext
    ) async throws -> Response {
        let state = await desk.patrol.channelStatuses().first { $0.id == channel.id }
        let today = health.today
        let first = today.adding(days: 1 - Self.dayCount)
        let records = Dictionary(
            try await health.days(first...today, channelID: channel.id).map { ($0.day, $0) }, uniquingKeysWith: { $1 })
        let days = (0..<Self.dayCount).map { first.adding(days: $0) }
        let faults = try await health.store.faults(FaultFilter(channelID: channel.id), before: nil, limit: Self.faultLimit)
        let names = try await listing.userNames()
        let model = ChannelPage(
            tile: ChannelTile(record: channel, status: state, today: records[today], faults: faults.filter(\.isOpen)),
            source: SourceAddress.redacted(channel.url), days: days.map { ($0, records[$0]) },
            faults: faults.map { FaultItem(fault: $0, channelName: channel.name, place: "", userNames: names) }, failure: failure,
            isSaved: isSaved)
        return await PageDesk.html(frame.pages.channel(model, frame.pageContext(request, context)), status: status)
    }

    private func thumbnail(_ request: Request, _ context: ConsoleContext) async throws -> Response {
        let id = try context.parameters.require("id")
        guard let thumbnail = await desk.patrol.thumbnail(channelID: id) else { throw Refusal.notFound }
        let tag = "\"\(thumbnail.tag)\""
        // Kept by the browser, but asked for each time: nobody's camera may be a picture of an hour ago.
        let headers: HTTPFields = [.eTag: tag, .cacheControl: "private, no-cache"]
        if request.headers[.ifNoneMatch]?.contains(tag) == true { return Response(status: .notModified, headers: headers) }
        var response = Response(
            status: .ok, headers: headers, body: ResponseBody(byteBuffer: ByteBuffer(bytes: thumbnail.jpeg)))
        response.headers[.contentType] = "image/jpeg"
        return response
    }
}
