import Casework
import Foundation
import HTTPTypes
import Hummingbird
import Pipeline

/// `/channels` and what hangs on them.
struct ChannelRoutes: Sendable {
    /// Earlier versions of the zones that the page names.
    private static let versionLimit = 20

    let desk: ChannelDesk
    let health: HealthDesk
    let listing: CaseListing
    let frame: PageDesk

    func addRoutes(to routes: RouterGroup<ConsoleContext>) {
        routes.get("channels") { request, context in try await list(failure: nil, .ok, request, context) }
        routes.get("channels/:id/still.jpg") { _, context in
            let channel = try await desk.channel(context.parameters.require("id"))
            guard let still = await desk.patrol.latestStill(channelID: channel.id) else { throw Refusal.notFound }
            return Response(
                status: .ok, headers: [.contentType: "image/jpeg", .cacheControl: "private, no-store"],
                body: ResponseBody(byteBuffer: ByteBuffer(bytes: still)))
        }
        routes.get("channels/:id/zones") { request, context in
            let channel = try await desk.channel(context.parameters.require("id"))
            let isSaved = request.uri.queryParameters["saved"] != nil
            return try await zones(channel, document: nil, failure: nil, isSaved: isSaved, .ok, request, context)
        }
    }

    /// For those who may edit channels.
    func addEditingRoutes(to routes: RouterGroup<ConsoleContext>) {
        routes.post("channels/:id/watch") { _, context in
            let id = try context.parameters.require("id")
            try await desk.watch(id, by: context.requireVisit(), address: context.address)
            return Response.redirect(to: "/channels/\(id)")
        }
        routes.post("channels/:id/pause") { request, context in try await setEnabled(false, request, context) }
        routes.post("channels/:id/resume") { request, context in try await setEnabled(true, request, context) }
        routes.post("channels/:id/remove") { request, context in
            do {
                try await desk.remove(
                    context.parameters.require("id"), by: context.requireVisit(), address: context.address)
                return Response.redirect(to: "/channels")
            } catch {
                return try await refused(error, request, context)
            }
        }
        routes.post("channels/:id/zones") { request, context in try await saveZones(request, context) }
    }

    // MARK: List

    private func list(
        failure: String?, _ status: HTTPResponse.Status, _ request: Request, _ context: ConsoleContext
    ) async throws -> Response {
        let statuses = await desk.patrol.channelStatuses().reduce(into: [:]) { $0[$1.id] = $1 }
        let snapshot = await health.health.snapshot()
        let faults = Dictionary(grouping: snapshot.openFaults) { $0.channelID }
        let tiles = try await desk.store.channels().map { channel in
            ChannelTile(
                record: channel, status: statuses[channel.id], today: snapshot.today[channel.id], faults: faults[channel.id] ?? [])
        }
        let query = request.uri.queryParameters
        let filter = BoardFilter(show: query["show"].map(String.init), sort: query["sort"].map(String.init))
        let model = ChannelsPage(tiles: tiles, filter: filter, failure: failure, fileProblem: desk.fileProblem())
        return await PageDesk.html(frame.pages.channels(model, frame.pageContext(request, context)), status: status)
    }

    private func setEnabled(_ enabled: Bool, _ request: Request, _ context: ConsoleContext) async throws -> Response {
        do {
            let channel = try await desk.update(
                context.parameters.require("id"), [.enabled: String(enabled)], by: context.requireVisit(),
                address: context.address)
            return Response.redirect(to: "/channels/\(channel.id)")
        } catch {
            return try await refused(error, request, context)
        }
    }

    private func refused(_ error: any Error, _ request: Request, _ context: ConsoleContext) async throws -> Response {
        guard let refusal = Refusal(error) else { throw error }
        return try await list(failure: refusal.message.text(context.language), refusal.status, request, context)
    }

    // MARK: Zones

    private func saveZones(_ request: Request, _ context: ConsoleContext) async throws -> Response {
        let channel = try await desk.channel(context.parameters.require("id"))
        let document = context.form["document"] ?? ""
        do {
            _ = try await desk.saveZones(
                channel.id, document: document, base: nil, by: context.requireVisit(), address: context.address)
            return Response.redirect(to: "/channels/\(channel.id)/zones?saved=1")
        } catch {
            guard let refusal = Refusal(error) else { throw error }
            return try await zones(
                channel, document: document, failure: refusal.message.text(context.language), isSaved: false,
                refusal.status, request, context)
        }
    }

    private func zones(
        _ channel: ChannelRecord, document: String?, failure: String?, isSaved: Bool, _ status: HTTPResponse.Status,
        _ request: Request, _ context: ConsoleContext
    ) async throws -> Response {
        let names = try await listing.userNames()
        var versions: [ZonesPage.Version] = []
        var inForce: String?
        for version in stride(from: channel.zonesVersion, to: max(0, channel.zonesVersion - Self.versionLimit), by: -1) {
            guard let zones = try await desk.store.zones(channelID: channel.id, version: version) else { continue }
            if version == channel.zonesVersion { inForce = zones.document }
            versions.append(
                ZonesPage.Version(
                    version: version, author: names[zones.author] ?? zones.author, at: zones.at, approval: ZonesApproval(note: zones.note)))
        }
        let state = await desk.patrol.channelStatuses().first { $0.id == channel.id }
        let model = try await ZonesPage(
            channelID: channel.id, channelName: channel.name, place: channel.place,
            document: document ?? inForce ?? ChannelDesk.noZones,
            hasStill: desk.patrol.latestStill(channelID: channel.id) != nil, pictureWidth: state?.width ?? 0,
            pictureHeight: state?.height ?? 0, versions: versions, failure: failure, isSaved: isSaved,
            others: desk.store.channels().filter { $0.zonesVersion > 0 && $0.id != channel.id }
                .map { ZonesPage.Other(id: $0.id, name: $0.name) })
        return await PageDesk.html(frame.pages.zones(model, frame.pageContext(request, context)), status: status)
    }
}
