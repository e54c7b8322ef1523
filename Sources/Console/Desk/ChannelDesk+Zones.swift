import Casework
import Foundation
import HTTPTypes
import Pipeline

extension ChannelDesk {
    private static let zoneLimit = 64
    static let noZones = #"{"zones": []}"#

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
        return try await saveZones(id, document: document, note: "", revision: nil, by: visit, address: address)
    }

    /// - Parameters:
    ///   - note: why, as `ZonesVersionRecord.note` has it.
    ///   - revision: of all channels, that the editor began with; another one by now is a conflict. nil does not ask.
    func saveZones(
        _ id: String, document: String, note: String, revision: Int?, by visit: Visit, address: String
    ) async throws -> ZonesVersionRecord {
        try check(document: document)
        let saved = try await store.setZones(
            channelID: id, document: document, note: note, author: visit.user.id, at: now(), basedOn: revision)
        try await tell(id, note.isEmpty ? "zones-changed" : "zones-approved", visit, address)
        return saved
    }

    func check(document: String) throws {
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
}
