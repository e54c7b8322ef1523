import Casework
import Foundation
import FrameCore
import HTTPTypes
import Hummingbird
import Pipeline

/// `/past`: searching stored footage without a rule.
struct PastRoutes: Sendable {
    /// What the form proposes: the end of the newest footage.
    private static let usualSpan: TimeInterval = 3600
    private static let recentLimit = 6
    private static let stillBound = PixelSize(width: 1920, height: 1920)

    let desk: PastDesk
    let listing: CaseListing
    let frame: PageDesk

    private var timeZone: TimeZone { frame.configuration.timeZone }

    func addRoutes(to routes: RouterGroup<ConsoleContext>) {
        routes.get("past") { request, context in
            let channel = request.uri.queryParameters["channel"].map(String.init)
            return try await page(form: form(channel), search: nil, failure: nil, .ok, request, context)
        }
        routes.post("past") { request, context in try await begin(request, context) }
        routes.post("past/refresh") { _, _ in
            await desk.archive.refresh()
            return Response.redirect(to: "/past")
        }
        routes.get("past/still.jpg") { request, context in try await still(request, context) }
        routes.get("past/:id") { request, context in
            let search = try await desk.search(context.parameters.require("id"), context.requireVisit())
            return try await page(form: Self.form(search), search: search, failure: nil, .ok, request, context)
        }
        routes.post("past/:id/cancel") { _, context in
            let id = try context.parameters.require("id")
            try await desk.cancel(id, context.requireVisit())
            return Response.redirect(to: "/past/\(id)")
        }
        routes.get("past/:id/:entry/:picture") { request, context in try await picture(request, context) }
    }

    // MARK: Asking

    private func begin(_ request: Request, _ context: ConsoleContext) async throws -> Response {
        let fields = PastDesk.Fields(
            channelID: context.form["channel"] ?? "", from: LocalMoment.date(context.form["from"] ?? "", in: timeZone),
            to: LocalMoment.date(context.form["to"] ?? "", in: timeZone), region: RegionText.points(context.form["region"] ?? ""),
            staySeconds: Double(context.form["stay"] ?? ""))
        do {
            let search = try await desk.begin(fields, by: context.requireVisit(), address: context.address)
            return Response.redirect(to: "/past/\(search.id)")
        } catch {
            guard let refusal = Refusal(error) else { throw error }
            let form = PastPage.Form(
                channelID: fields.channelID, from: fields.from, to: fields.to, region: fields.region,
                staySeconds: fields.staySeconds ?? PastQuestion.usualStay.inSeconds)
            return try await page(
                form: form, search: nil, failure: refusal.message.text(context.language), refusal.status, request, context)
        }
    }

    /// The newest hour of a channel, or of the one with the newest footage.
    private func form(_ channelID: String?) async -> PastPage.Form {
        let timelines = await desk.archive.contents().timelines
        let newest = timelines.max { ($0.value.span?.end ?? .distantPast, $1.key) < ($1.value.span?.end ?? .distantPast, $0.key) }?.key
        let id = channelID.flatMap { timelines[$0] == nil ? nil : $0 } ?? newest ?? ""
        let span = timelines[id]?.span
        return PastPage.Form(
            channelID: id, from: span.map { max($0.start, $0.end.addingTimeInterval(-Self.usualSpan)) }, to: span?.end, region: [],
            staySeconds: PastQuestion.usualStay.inSeconds)
    }

    private static func form(_ search: PastDesk.Search) -> PastPage.Form {
        PastPage.Form(
            channelID: search.channelID, from: search.span.start, to: search.span.end, region: search.question.region.vertices,
            staySeconds: search.question.stay.inSeconds)
    }

    private func page(
        form: PastPage.Form, search: PastDesk.Search?, failure: String?, _ status: HTTPResponse.Status, _ request: Request,
        _ context: ConsoleContext
    ) async throws -> Response {
        let contents = await desk.archive.contents()
        let channels = try await listing.store.channels().map {
            PastPage.Channel(id: $0.id, name: $0.name, hasFootage: contents.timelines[$0.id] != nil)
        }
        let recent = try await desk.searches(of: context.requireVisit()).prefix(Self.recentLimit)
        if let search, search.answer != nil { try await listing.logPast(search.id, context) }
        let model = PastPage(
            contents: contents, channels: channels, form: form, search: search, recent: Array(recent), failure: failure)
        return await PageDesk.html(frame.pages.past(model, frame.pageContext(request, context)), status: status)
    }

    // MARK: Pictures

    private func still(_ request: Request, _ context: ConsoleContext) async throws -> Response {
        let query = request.uri.queryParameters
        let channel = query["channel"].map(String.init) ?? ""
        guard let date = LocalMoment.date(query["at"].map(String.init) ?? "", in: timeZone) else {
            throw Refusal.invalid("at", zh: "时间须如 2026-11-24T08:00:00。", en: "The time is such as 2026-11-24T08:00:00.")
        }
        try await listing.logPast("\(channel) \(JSONAnswer.text(of: date))", context)
        guard let jpeg = try? await desk.archive.still(channelID: channel, at: date, bound: Self.stillBound) else { throw Refusal.notFound }
        return Self.jpeg(jpeg)
    }

    private func picture(_ request: Request, _ context: ConsoleContext) async throws -> Response {
        let name = try context.parameters.require("picture").split(separator: ".", omittingEmptySubsequences: false)
        guard name.count == 2, name[1] == "jpg", let which = PastDesk.Picture(rawValue: String(name[0])),
            let entry = try Int(context.parameters.require("entry"))
        else { throw Refusal.notFound }
        let id = try context.parameters.require("id")
        let isCloseUp = request.uri.queryParameters["near"] != nil
        guard let jpeg = try await desk.picture(which, entry: entry, of: id, isCloseUp: isCloseUp, context.requireVisit()) else {
            throw Refusal.notFound
        }
        if !isCloseUp { try await listing.logPast("\(id)/\(entry)/\(which.rawValue)", context) }
        return Self.jpeg(jpeg)
    }

    static func jpeg(_ bytes: [UInt8]) -> Response {
        Response(
            status: .ok, headers: [.contentType: "image/jpeg", .cacheControl: "private, max-age=3600"],
            body: ResponseBody(byteBuffer: ByteBuffer(bytes: bytes)))
    }
}
