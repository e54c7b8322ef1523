import Casework
import HTTPTypes
import Hummingbird
import Pipeline

/// `/channels/{id}`: one channel's page and its small picture.
struct ChannelPageRoutes: Sendable {
    private static let dayCount = 14
    private static let faultLimit = 8

    let desk: ChannelDesk
    let health: HealthDesk
    let listing: CaseListing
    let frame: PageDesk

    func addRoutes(to routes: RouterGroup<ConsoleContext>) {
        routes.get("channels/:id") { request, context in try await page(request, context) }
        routes.get("channels/:id/thumb.jpg") { request, context in try await thumbnail(request, context) }
    }

    private func page(_ request: Request, _ context: ConsoleContext) async throws -> Response {
        let channel = try await desk.channel(context.parameters.require("id"))
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
            faults: faults.map { FaultItem(fault: $0, channelName: channel.name, place: "", userNames: names) })
        return await PageDesk.html(frame.pages.channel(model, frame.pageContext(request, context)))
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
