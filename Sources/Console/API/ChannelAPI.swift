import Casework
import Foundation
import HTTPTypes
import Hummingbird
import Pipeline

/// `/api/v1/channels`.
struct ChannelAPI: Sendable {
    /// What is left out stays as it is, or has its usual value.
    private struct ChannelFields: RequestFields {
        var id: String?
        var name: String?
        var url: String?
        var subURL: String?
        var transport: String?
        var place: String?
        var nationalID: String?
        var longitude: Double?
        var latitude: Double?
        var grid: String?
        var owner: String?
        var importance: Int?
        var enabled: Bool?
        /// The version that the editor began with.
        var base: Int?

        enum CodingKeys: String, CodingKey, CaseIterable {
            case id, name, url, subURL, transport, place, nationalID, longitude, latitude, grid, owner, importance, enabled, base
        }

        var texts: ChannelDesk.Fields {
            let all: [ChannelField: String?] = [
                .id: id, .name: name, .url: url, .subURL: subURL, .transport: transport, .place: place, .nationalID: nationalID,
                .longitude: longitude.map { "\($0)" }, .latitude: latitude.map { "\($0)" }, .grid: grid, .owner: owner,
                .importance: importance.map { "\($0)" }, .enabled: enabled.map { "\($0)" },
            ]
            return all.compactMapValues { $0 }
        }
    }

    private struct Restoring: RequestFields {
        var version: Int

        enum CodingKeys: String, CodingKey, CaseIterable { case version }
    }

    private struct Source: RequestFields {
        var url: String
        var transport: String?
        /// `url` or `subURL`, and the channel whose stored address is meant where `url` is what the console shows of it.
        var field: String?
        var channel: String?

        enum CodingKeys: String, CodingKey, CaseIterable { case url, transport, field, channel }
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
        /// The same of the sub-stream; empty where there is none.
        var subSource: String
        var transport: String
        var nationalID: String
        var longitude: Double?
        var latitude: Double?
        var grid: String
        var owner: String
        var importance: Int
        var enabled: Bool
        var zonesVersion: Int
        var version: Int
        var status: ChannelStatus?

        init(_ channel: ChannelRecord, _ status: ChannelStatus?) {
            id = channel.id
            name = channel.name
            place = channel.place
            source = SourceAddress.redacted(channel.url)
            subSource = channel.subURL.isEmpty ? "" : SourceAddress.redacted(channel.subURL)
            transport = channel.transport
            nationalID = channel.nationalID
            longitude = channel.longitude
            latitude = channel.latitude
            grid = channel.grid
            owner = channel.owner
            importance = channel.importance
            version = channel.version
            enabled = channel.enabled
            zonesVersion = channel.zonesVersion
            self.status = status
        }
    }

    private struct List: Encodable { var channels: [ChannelAnswer] }

    private struct VersionAnswer: Encodable {
        var channel: ChannelAnswer
        var revision: Int
        var isRemoved: Bool
        var author: String
        var at: Date
        /// Names of the fields that this version changed; an address's change is told, not shown.
        var changed: [String]
    }

    private struct History: Encodable { var versions: [VersionAnswer] }

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
        api.get("channels/:id/versions") { _, context in
            let records = try await desk.store.channelVersions(id: context.parameters.require("id"))
            guard !records.isEmpty else { throw Refusal.notFound }
            let versions = records.enumerated().map { index, record in
                let before = index + 1 < records.count ? records[index + 1].channel : nil
                return VersionAnswer(
                    channel: ChannelAnswer(record.channel, nil), revision: record.revision, isRemoved: record.isRemoved,
                    author: record.author, at: record.at,
                    changed: before.map { record.channel.differences(from: $0).map(\.formName) } ?? [])
            }
            return try JSONAnswer.response(History(versions: versions))
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
            let probe = try await desk.probe(
                url: source.url, transport: source.transport ?? "tcp",
                field: source.field.flatMap(ChannelField.init(formName:)) ?? .url, channelID: source.channel)
            return try JSONAnswer.response(ProbeAnswer(probe))
        }
        api.post("channels") { request, context in
            let new = try await ChannelFields.read(request, context)
            let channel = try await desk.add(new.texts, by: context.requireVisit(), address: context.address)
            return try await JSONAnswer.response(ChannelAnswer(channel, statuses()[channel.id]), status: .created)
        }
        api.patch("channels/:id") { request, context in
            let change = try await ChannelFields.read(request, context)
            var fields = change.texts
            let id = try context.parameters.require("id")
            guard fields.removeValue(forKey: .id) ?? id == id else {
                throw Refusal.invalid("id", zh: "编号不能修改。", en: "An id cannot be changed.")
            }
            let channel = try await desk.update(
                id, fields, base: change.base, by: context.requireVisit(), address: context.address)
            return try await JSONAnswer.response(ChannelAnswer(channel, statuses()[channel.id]))
        }
        api.delete("channels/:id") { _, context in
            try await desk.remove(
                context.parameters.require("id"), by: context.requireVisit(), address: context.address)
            return Response(status: .noContent)
        }
        api.post("channels/:id/restore") { request, context in
            let restoring = try await Restoring.read(request, context)
            let channel = try await desk.restore(
                context.parameters.require("id"), version: restoring.version, by: context.requireVisit(),
                address: context.address)
            return try await JSONAnswer.response(ChannelAnswer(channel, statuses()[channel.id]))
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
