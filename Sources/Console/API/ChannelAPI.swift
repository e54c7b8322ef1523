import Casework
import Foundation
import HTTPTypes
import Hummingbird
import Pipeline

/// `/api/v1/channels`.
struct ChannelAPI: Sendable {
    private struct NewChannel: RequestFields {
        var id: String
        var name: String
        var url: String
        var transport: String?
        var place: String?
        var enabled: Bool?

        enum CodingKeys: String, CodingKey, CaseIterable { case id, name, url, transport, place, enabled }
    }

    private struct Change: RequestFields {
        var name: String?
        var url: String?
        var transport: String?
        var place: String?
        var enabled: Bool?

        enum CodingKeys: String, CodingKey, CaseIterable { case name, url, transport, place, enabled }
    }

    private struct Source: RequestFields {
        var url: String
        var transport: String?

        enum CodingKeys: String, CodingKey, CaseIterable { case url, transport }
    }

    private struct ZonesDocument: RequestFields {
        var document: String
        /// The version that the editor began with, 0 for none.
        var base: Int?

        enum CodingKeys: String, CodingKey, CaseIterable { case document, base }
    }

    private struct ChannelAnswer: Encodable {
        var id: String
        var name: String
        var place: String
        /// Without user, password and query.
        var source: String
        var transport: String
        var enabled: Bool
        var zonesVersion: Int
        var status: ChannelStatus?

        init(_ channel: ChannelRecord, _ status: ChannelStatus?) {
            id = channel.id
            name = channel.name
            place = channel.place
            source = SourceAddress.redacted(channel.url)
            transport = channel.transport
            enabled = channel.enabled
            zonesVersion = channel.zonesVersion
            self.status = status
        }
    }

    private struct List: Encodable { var channels: [ChannelAnswer] }

    private struct ProbeAnswer: Encodable {
        var codec: String
        var width: Int
        var height: Int
        var frameRate: Double
        var gopSeconds: Double?
        var container: String
        var stillDataURL: String?

        init(_ probe: SourceProbe) {
            codec = probe.codec
            width = probe.width
            height = probe.height
            frameRate = probe.frameRate
            gopSeconds = probe.gopSeconds
            container = probe.container
            stillDataURL = probe.still.isEmpty ? nil : "data:image/jpeg;base64," + Data(probe.still).base64EncodedString()
        }
    }

    private struct ZonesAnswer: Encodable {
        var channelID: String
        var version: Int
        var document: String
        var author: String?
        var at: Date?
    }

    let desk: ChannelDesk

    func addRoutes(to api: RouterGroup<ConsoleContext>) {
        api.get("channels") { _, _ in
            let statuses = await statuses()
            let channels = try await desk.store.channels().map { ChannelAnswer($0, statuses[$0.id]) }
            return try JSONAnswer.response(List(channels: channels))
        }
        api.get("channels/:id") { _, context in
            let channel = try await desk.channel(context.parameters.require("id"))
            return try await JSONAnswer.response(ChannelAnswer(channel, statuses()[channel.id]))
        }
        api.get("channels/:id/zones") { request, context in
            let channel = try await desk.channel(context.parameters.require("id"))
            let version = request.uri.queryParameters["version"].flatMap { Int($0) }
            guard let zones = try await desk.store.zones(channelID: channel.id, version: version) else {
                guard version == nil else { throw Refusal.notFound }
                return try JSONAnswer.response(
                    ZonesAnswer(channelID: channel.id, version: 0, document: ChannelDesk.noZones))
            }
            return try JSONAnswer.response(Self.answer(zones))
        }
    }

    /// For those who may edit channels.
    func addEditingRoutes(to api: RouterGroup<ConsoleContext>) {
        api.post("channels/probe") { request, context in
            let source = try await Source.read(request, context)
            let probe = try await desk.probe(url: source.url, transport: source.transport ?? "tcp")
            return try JSONAnswer.response(ProbeAnswer(probe))
        }
        api.post("channels") { request, context in
            let new = try await NewChannel.read(request, context)
            let fields = ChannelDesk.Fields(
                name: new.name, place: new.place, url: new.url, transport: new.transport, enabled: new.enabled)
            let channel = try await desk.add(
                id: new.id, fields, by: context.requireVisit(), address: context.address)
            return try await JSONAnswer.response(ChannelAnswer(channel, statuses()[channel.id]), status: .created)
        }
        api.patch("channels/:id") { request, context in
            let change = try await Change.read(request, context)
            let fields = ChannelDesk.Fields(
                name: change.name, place: change.place, url: change.url, transport: change.transport,
                enabled: change.enabled)
            let channel = try await desk.update(
                context.parameters.require("id"), fields, by: context.requireVisit(), address: context.address)
            return try await JSONAnswer.response(ChannelAnswer(channel, statuses()[channel.id]))
        }
        api.delete("channels/:id") { _, context in
            try await desk.remove(
                context.parameters.require("id"), by: context.requireVisit(), address: context.address)
            return Response(status: .noContent)
        }
        api.put("channels/:id/zones") { request, context in
            let zones = try await ZonesDocument.read(request, context)
            let saved = try await desk.saveZones(
                context.parameters.require("id"), document: zones.document, base: zones.base,
                by: context.requireVisit(), address: context.address)
            return try JSONAnswer.response(Self.answer(saved))
        }
    }

    private func statuses() async -> [String: ChannelStatus] {
        await desk.patrol.channelStatuses().reduce(into: [:]) { $0[$1.id] = $1 }
    }

    private static func answer(_ zones: ZonesVersionRecord) -> ZonesAnswer {
        ZonesAnswer(
            channelID: zones.channelID, version: zones.version, document: zones.document, author: zones.author,
            at: zones.at)
    }
}
