import Casework
import Foundation
import HTTPTypes
import Pipeline

/// What operators do with channels, the same for pages and API.
struct ChannelDesk: Sendable {
    /// What is known of a channel, without its address's secrets.
    struct Fields: Sendable {
        var name: String?
        var place: String?
        var url: String?
        var transport: String?
        var enabled: Bool?
    }

    private static let zoneLimit = 64
    /// They have pages of their own beside the channels'.
    private static let takenWords: Set<String> = ["add", "probe"]
    static let noZones = #"{"zones": []}"#

    let store: any CaseStore
    let patrol: any PatrolControl
    let feed: ConsoleFeed
    let allowsLocalFiles: Bool
    let now: @Sendable () -> Date

    func channel(_ id: String) async throws -> ChannelRecord {
        guard let channel = try await store.channel(id: id) else { throw Refusal.notFound }
        return channel
    }

    // MARK: Adding and changing

    /// - Throws: `Refusal` with the camera's answer, without credentials.
    func probe(url: String, transport: String) async throws -> SourceProbe {
        let url = try SourceAddress.checked(url, allowsLocalFiles: allowsLocalFiles)
        let transport = try Self.checked(transport: transport)
        do {
            return try await patrol.probe(url: url, transport: transport)
        } catch let error as CancellationError {
            throw error
        } catch {
            let why = Self.scrubbed("\(error)", of: url)
            throw Refusal(
                .unprocessableContent, "probe-failed", zh: "视频源打不开：\(why)", en: "The source cannot be opened: \(why)",
                field: "url")
        }
    }

    func add(id: String, _ fields: Fields, by visit: Visit, address: String) async throws -> ChannelRecord {
        let id = id.trimmingCharacters(in: .whitespacesAndNewlines)
        guard ChannelRecord.isUsable(id: id) else {
            throw Refusal.invalid(
                "id", zh: "编号须为 1–64 位小写字母、数字或 - _ .，并以字母或数字开头。",
                en: "An id has 1 to 64 characters out of a–z, 0–9, -, _ and ., a letter or digit first.")
        }
        guard !Self.takenWords.contains(id) else {
            throw Refusal.invalid("id", zh: "“\(id)”不能用作编号。", en: "“\(id)” cannot be an id.")
        }
        var channel = ChannelRecord(id: id, name: "", url: "", createdAt: now())
        try apply(fields, to: &channel)
        guard !channel.name.isEmpty else { throw Self.nameMissing }
        guard !channel.url.isEmpty else { throw SourceAddress.missing }
        if try await store.channel(id: id) != nil {
            throw Refusal(.conflict, "exists", zh: "编号“\(id)”已被使用。", en: "The id “\(id)” is taken.", field: "id")
        }
        try await store.addChannel(channel)
        try await tell(id, "channel-added", visit, address)
        return channel
    }

    func update(_ id: String, _ fields: Fields, by visit: Visit, address: String) async throws -> ChannelRecord {
        var channel = try await channel(id)
        try apply(fields, to: &channel)
        try await store.updateChannel(channel)
        try await tell(id, "channel-changed", visit, address)
        return channel
    }

    func remove(_ id: String, by visit: Visit, address: String) async throws {
        try await store.removeChannel(id: id, by: visit.user.id, at: now())
        try await tell(id, "channel-removed", visit, address)
    }

    private func apply(_ fields: Fields, to channel: inout ChannelRecord) throws(Refusal) {
        if let name = fields.name?.trimmingCharacters(in: .whitespacesAndNewlines) {
            guard (1...100).contains(name.count) else { throw Self.nameMissing }
            channel.name = name
        }
        if let place = fields.place?.trimmingCharacters(in: .whitespacesAndNewlines) {
            guard place.count <= 200 else {
                throw .invalid("place", zh: "地点最多 200 字。", en: "A place has at most 200 characters.")
            }
            channel.place = place
        }
        if let url = fields.url { channel.url = try SourceAddress.checked(url, allowsLocalFiles: allowsLocalFiles) }
        if let transport = fields.transport { channel.transport = try Self.checked(transport: transport) }
        if let enabled = fields.enabled { channel.enabled = enabled }
    }

    private func tell(_ id: String, _ action: String, _ visit: Visit, _ address: String) async throws {
        try await store.appendAccess(
            AccessRecord(at: now(), userID: visit.user.id, action: action, subject: id, address: address))
        await patrol.channelChanged(id: id)
        feed.publish(.channelChanged(id: id))
    }

    // MARK: Zones

    /// Checks the document and makes it the channel's next version.
    /// - Parameter base: the version that the editor began with; another one in force by now is a conflict. nil does not ask.
    func saveZones(
        _ id: String, document: String, base: Int?, by visit: Visit, address: String
    ) async throws -> ZonesVersionRecord {
        let channel = try await channel(id)
        if let base, base != channel.zonesVersion {
            throw Refusal(
                .conflict, "zones-changed", zh: "他人已保存第 \(channel.zonesVersion) 版，请刷新后重画。",
                en: "Somebody saved version \(channel.zonesVersion) meanwhile; reload and draw again.")
        }
        try check(document: document)
        let saved = try await store.setZones(channelID: id, document: document, author: visit.user.id, at: now())
        try await tell(id, "zones-changed", visit, address)
        return saved
    }

    private func check(document: String) throws {
        guard let object = try? JSONSerialization.jsonObject(with: Data(document.utf8)) as? [String: Any],
            let zones = object["zones"] as? [Any]
        else {
            throw Refusal.invalid(
                "document", zh: "须为含有 zones 列表的 JSON 对象。", en: "It must be a JSON object with a list “zones”.")
        }
        guard zones.count <= Self.zoneLimit else {
            throw Refusal.invalid(
                "document", zh: "一个通道最多 \(Self.zoneLimit) 个区域。", en: "A channel has at most \(Self.zoneLimit) zones.")
        }
        // One at a time first, so that the error can name the zone.
        for (index, zone) in zones.enumerated() {
            let alone = try JSONSerialization.data(withJSONObject: ["zones": [zone]], options: .sortedKeys)
            try checkZones(String(decoding: alone, as: UTF8.self), field: "zones[\(index)]")
        }
        try checkZones(document, field: "document")
    }

    private func checkZones(_ document: String, field: String) throws(Refusal) {
        do {
            try patrol.checkZones(document: document)
        } catch {
            throw .invalid(field, zh: "区域有误：\(error)", en: "A zone is wrong: \(error)")
        }
    }

    // MARK: Checks

    private static let nameMissing = Refusal.invalid(
        "name", zh: "名称须为 1–100 个字。", en: "A name has 1 to 100 characters.")

    private static func checked(transport: String) throws(Refusal) -> String {
        guard ["tcp", "udp"].contains(transport) else {
            throw .invalid("transport", zh: "传输方式须为 tcp 或 udp。", en: "The transport is tcp or udp.")
        }
        return transport
    }

    /// Whoever made the text promised to leave out secrets; this holds even if it forgot.
    static func scrubbed(_ text: String, of url: String) -> String {
        text.replacingOccurrences(of: url, with: SourceAddress.redacted(url))
    }
}
