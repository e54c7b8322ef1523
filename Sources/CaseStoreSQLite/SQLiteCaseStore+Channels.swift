public import Casework
public import Foundation
import GRDB

extension SQLiteCaseStore {
    /// All channels in service, by id.
    public func channels() async throws -> [ChannelRecord] {
        try await read { db in
            try Row.fetchAll(
                db, sql: "SELECT \(Self.channelColumns) FROM channels WHERE removed_at IS NULL ORDER BY id"
            )
            .map(Self.channel)
        }
    }

    /// The channel if it is in service; nil for one that was removed.
    public func channel(id: String) async throws -> ChannelRecord? {
        try await read { db in
            try Row.fetchOne(
                db, sql: "SELECT \(Self.channelColumns) FROM channels WHERE id = ? AND removed_at IS NULL",
                arguments: [id]
            ).map(Self.channel)
        }
    }

    /// Adds, or throws `CaseStoreError.exists`. An id that was removed comes back into service without zones in force, since
    /// the camera may look elsewhere now; its zones' version numbers go on where they ended.
    public func addChannel(_ channel: ChannelRecord) async throws {
        guard ChannelRecord.isUsable(id: channel.id) else {
            throw CaseStoreError.refused(
                "“\(channel.id)” cannot be a channel's id: use 1 to 64 characters out of a–z, 0–9, -, _ and ., a letter or digit first"
            )
        }
        try Self.check(channel)
        try await write { db in
            let inService = try Bool.fetchOne(
                db, sql: "SELECT removed_at IS NULL FROM channels WHERE id = ?", arguments: [channel.id])
            if inService == true { throw CaseStoreError.exists("channel “\(channel.id)”") }
            try db.execute(
                sql: """
                    INSERT INTO channels (id, name, url, transport, place, enabled, loops, zones_version, created_at)
                    VALUES (?, ?, ?, ?, ?, ?, ?, 0, ?)
                    ON CONFLICT (id) DO UPDATE SET
                        name = excluded.name, url = excluded.url, transport = excluded.transport, place = excluded.place,
                        enabled = excluded.enabled, loops = excluded.loops, zones_version = 0,
                        created_at = excluded.created_at, removed_at = NULL, removed_by = NULL
                    """,
                arguments: [
                    channel.id, channel.name, channel.url, channel.transport, channel.place, channel.enabled,
                    channel.loops,
                    try StoreTime.milliseconds(channel.createdAt),
                ])
        }
    }

    public func updateChannel(_ channel: ChannelRecord) async throws {
        try Self.check(channel)
        try await write { db in
            try db.execute(
                sql: """
                    UPDATE channels SET name = ?, url = ?, transport = ?, place = ?, enabled = ?, loops = ?
                    WHERE id = ? AND removed_at IS NULL
                    """,
                arguments: [
                    channel.name, channel.url, channel.transport, channel.place, channel.enabled, channel.loops,
                    channel.id,
                ])
            guard db.changesCount == 1 else { throw CaseStoreError.notFound("channel “\(channel.id)”") }
        }
    }

    public func removeChannel(id: String, by userID: String, at: Date) async throws {
        try await write { db in
            try db.execute(
                sql: "UPDATE channels SET removed_at = ?, removed_by = ? WHERE id = ? AND removed_at IS NULL",
                arguments: [try StoreTime.milliseconds(at), userID, id])
            guard db.changesCount == 1 else { throw CaseStoreError.notFound("channel “\(id)”") }
        }
    }

    @discardableResult
    public func setZones(
        channelID: String, document: String, author: String, at: Date
    ) async throws -> ZonesVersionRecord {
        guard JSONText.isObject(document) else {
            throw CaseStoreError.refused("the zones of channel “\(channelID)” are no JSON object")
        }
        return try await write { db in
            let latest = try Int.fetchOne(
                db, sql: "SELECT MAX(version) FROM zones_versions WHERE channel_id = ?", arguments: [channelID])
            let version = (latest ?? 0) + 1
            try db.execute(
                sql: "UPDATE channels SET zones_version = ? WHERE id = ? AND removed_at IS NULL",
                arguments: [version, channelID])
            guard db.changesCount == 1 else { throw CaseStoreError.notFound("channel “\(channelID)”") }
            let milliseconds = try StoreTime.milliseconds(at)
            try db.execute(
                sql:
                    "INSERT INTO zones_versions (channel_id, version, document, author, created_at) VALUES (?, ?, ?, ?, ?)",
                arguments: [channelID, version, document, author, milliseconds])
            return ZonesVersionRecord(
                channelID: channelID, version: version, document: document, author: author,
                at: StoreTime.date(milliseconds))
        }
    }

    /// One version, of a removed channel too, or the one in force; nil if there is none.
    public func zones(channelID: String, version: Int?) async throws -> ZonesVersionRecord? {
        try await read { db in
            try Row.fetchOne(
                db,
                sql: """
                    SELECT channel_id, version, document, author, created_at FROM zones_versions
                    WHERE channel_id = :channel
                      AND version = COALESCE(:version, (SELECT zones_version FROM channels WHERE id = :channel))
                    """,
                arguments: ["channel": channelID, "version": version]
            ).map { row in
                ZonesVersionRecord(
                    channelID: row["channel_id"], version: row["version"], document: row["document"],
                    author: row["author"],
                    at: StoreTime.date(row["created_at"]))
            }
        }
    }

    private static let channelColumns = "id, name, url, transport, place, enabled, loops, zones_version, created_at"

    private static func channel(_ row: Row) -> ChannelRecord {
        ChannelRecord(
            id: row["id"], name: row["name"], url: row["url"], transport: row["transport"], place: row["place"],
            enabled: row["enabled"], loops: row["loops"], zonesVersion: row["zones_version"],
            createdAt: StoreTime.date(row["created_at"]))
    }

    private static func check(_ channel: ChannelRecord) throws {
        guard ["tcp", "udp"].contains(channel.transport) else {
            throw CaseStoreError.refused("channel “\(channel.id)”: transport is “\(channel.transport)”, not tcp or udp")
        }
    }
}
