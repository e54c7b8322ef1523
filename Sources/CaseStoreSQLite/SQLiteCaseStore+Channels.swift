public import Casework
public import Foundation
import GRDB

extension SQLiteCaseStore {
    /// All channels in service, by id.
    public func channels() async throws -> [ChannelRecord] {
        try await read { db in
            try Row.fetchAll(
                db, sql: "SELECT id, version, \(Self.channelColumns) FROM channels WHERE removed_at IS NULL ORDER BY id"
            ).map(Self.channel)
        }
    }

    /// The channel if it is in service; nil for one that was removed.
    public func channel(id: String) async throws -> ChannelRecord? {
        try await read { db in try Self.channelInService(db, id) }
    }

    public func channels(atRevision revision: Int) async throws -> [ChannelRecord] {
        try await read { db in
            try Row.fetchAll(
                db,
                sql: """
                    SELECT channel_id AS id, version, \(Self.channelColumns) FROM channel_versions AS one
                    WHERE removed = 0 AND version = (
                        SELECT MAX(version) FROM channel_versions
                        WHERE channel_id = one.channel_id AND revision <= ?)
                    ORDER BY id
                    """,
                arguments: [revision]
            ).map(Self.channel)
        }
    }

    public func channelRevision() async throws -> Int {
        try await read { db in try Self.revision(db) }
    }

    /// One version, of a removed channel too, or the one in force; nil if there is none.
    public func zones(channelID: String, version: Int?) async throws -> ZonesVersionRecord? {
        try await read { db in
            try Row.fetchOne(
                db,
                sql: """
                    SELECT channel_id, version, document, author, created_at, note
                    FROM zones_versions LEFT JOIN zones_notes USING (channel_id, version)
                    WHERE channel_id = :channel
                      AND version = COALESCE(:version, (SELECT zones_version FROM channels WHERE id = :channel))
                    """,
                arguments: ["channel": channelID, "version": version]
            ).map { row in
                ZonesVersionRecord(
                    channelID: row["channel_id"], version: row["version"], document: row["document"],
                    author: row["author"],
                    at: StoreTime.date(row["created_at"]), note: row["note"] ?? "")
            }
        }
    }

    /// All versions, newest first, of a removed channel too.
    public func channelVersions(id: String) async throws -> [ChannelVersionRecord] {
        try await read { db in
            try Row.fetchAll(
                db,
                sql: """
                    SELECT channel_id AS id, version, revision, removed, author, changed_at, \(Self.channelColumns)
                    FROM channel_versions WHERE channel_id = ? ORDER BY version DESC
                    """,
                arguments: [id]
            ).map { row in
                ChannelVersionRecord(
                    channel: Self.channel(row), revision: row["revision"], isRemoved: row["removed"], author: row["author"],
                    at: StoreTime.date(row["changed_at"]))
            }
        }
    }

    /// All edits in one transaction, or none; see `ChannelRegistry`.
    @discardableResult
    public func editChannels(
        _ edits: [ChannelEdit], by author: String, at: Date, basedOn revision: Int?
    ) async throws -> Int {
        try await write { db in
            let current = try Self.revision(db)
            if let revision, revision != current {
                throw CaseStoreError.conflict("the channels are at revision \(current), the edit began with \(revision)")
            }
            let milliseconds = try StoreTime.milliseconds(at)
            var touched: [String] = []
            for edit in edits {
                try Self.apply(edit, db, author: author, at: milliseconds)
                if !touched.contains(edit.channelID) { touched.append(edit.channelID) }
            }
            try Self.refuseSharedNationalID(db)
            var next = current
            for id in touched where try Self.appendVersion(db, id, revision: current + 1, author: author, at: milliseconds) {
                next = current + 1
            }
            return next
        }
    }

    // MARK: One edit

    private static func apply(_ edit: ChannelEdit, _ db: Database, author: String, at: Int64) throws {
        switch edit {
        case .add(let channel): try add(channel, db)
        case .change(let channel): try change(channel, db)
        case .remove(let id):
            try db.execute(
                sql: "UPDATE channels SET removed_at = ?, removed_by = ? WHERE id = ? AND removed_at IS NULL",
                arguments: [at, author, id])
            guard db.changesCount == 1 else { throw CaseStoreError.notFound("channel “\(id)”") }
        case .setZones(let id, let document, let note): try setZones(id, document, note, db, author: author, at: at)
        }
    }

    private static func add(_ channel: ChannelRecord, _ db: Database) throws {
        try check(channel)
        guard try channelInService(db, channel.id) == nil else { throw CaseStoreError.exists("channel “\(channel.id)”") }
        // An id that was removed keeps its version, on which the next one follows.
        try db.execute(
            sql: """
                INSERT INTO channels (id, version, \(channelColumns))
                VALUES (:id, 1, \(channelColumns.split(separator: ", ").map { ":\($0)" }.joined(separator: ", ")))
                ON CONFLICT (id) DO UPDATE SET
                    \(editableColumns.map { "\($0) = excluded.\($0)" }.joined(separator: ", ")),
                    zones_version = 0, created_at = excluded.created_at, removed_at = NULL, removed_by = NULL
                """,
            arguments: try arguments(channel) + ["zones_version": 0])
    }

    private static func change(_ channel: ChannelRecord, _ db: Database) throws {
        try check(channel)
        guard let stored = try channelInService(db, channel.id) else {
            throw CaseStoreError.notFound("channel “\(channel.id)”")
        }
        guard channel.version == 0 || channel.version == stored.version else {
            throw CaseStoreError.conflict("channel “\(channel.id)” is at version \(stored.version), the edit began with \(channel.version)")
        }
        try db.execute(
            sql: "UPDATE channels SET \(editableColumns.map { "\($0) = :\($0)" }.joined(separator: ", ")) WHERE id = :id",
            arguments: arguments(channel, onlyEditable: true))
    }

    private static func setZones(_ id: String, _ document: String, _ note: String?, _ db: Database, author: String, at: Int64) throws {
        guard JSONText.isObject(document) else {
            throw CaseStoreError.refused("the zones of channel “\(id)” are no JSON object")
        }
        let latest = try Int.fetchOne(db, sql: "SELECT MAX(version) FROM zones_versions WHERE channel_id = ?", arguments: [id])
        let version = (latest ?? 0) + 1
        try db.execute(
            sql: "UPDATE channels SET zones_version = ? WHERE id = ? AND removed_at IS NULL", arguments: [version, id])
        guard db.changesCount == 1 else { throw CaseStoreError.notFound("channel “\(id)”") }
        try db.execute(
            sql: "INSERT INTO zones_versions (channel_id, version, document, author, created_at) VALUES (?, ?, ?, ?, ?)",
            arguments: [id, version, document, author, at])
        guard let note, !note.isEmpty else { return }
        try db.execute(
            sql: "INSERT INTO zones_notes (channel_id, version, note) VALUES (?, ?, ?)", arguments: [id, version, note])
    }

    /// Keeps the channel as it now stands, if it is another than the version before.
    private static func appendVersion(
        _ db: Database, _ id: String, revision: Int, author: String, at: Int64
    ) throws -> Bool {
        let compared = (editableColumns + ["zones_version"]).joined(separator: ", ")
        let isSame = try Bool.fetchOne(
            db,
            sql: """
                SELECT (SELECT json_array(\(compared), removed_at IS NOT NULL) FROM channels WHERE id = :id) IS
                    (SELECT json_array(\(compared), removed) FROM channel_versions
                     WHERE channel_id = :id ORDER BY version DESC LIMIT 1)
                """,
            arguments: ["id": id])
        guard isSame != true else { return false }
        try db.execute(
            sql: """
                INSERT INTO channel_versions (channel_id, version, revision, removed, author, changed_at, \(channelColumns))
                SELECT id, 1 + (SELECT COALESCE(MAX(version), 0) FROM channel_versions WHERE channel_id = channels.id),
                    ?, removed_at IS NOT NULL, ?, ?, \(channelColumns)
                FROM channels WHERE id = ?
                """,
            arguments: [revision, author, at, id])
        try db.execute(
            sql: "UPDATE channels SET version = (SELECT MAX(version) FROM channel_versions WHERE channel_id = id) WHERE id = ?",
            arguments: [id])
        return true
    }

    // MARK: Rows

    private static func revision(_ db: Database) throws -> Int {
        try Int.fetchOne(db, sql: "SELECT MAX(revision) FROM channel_versions") ?? 0
    }

    static func channelInService(_ db: Database, _ id: String) throws -> ChannelRecord? {
        try Row.fetchOne(
            db, sql: "SELECT id, version, \(channelColumns) FROM channels WHERE id = ? AND removed_at IS NULL", arguments: [id]
        ).map(channel)
    }

    private static func refuseSharedNationalID(_ db: Database) throws {
        let shared = try Row.fetchOne(
            db,
            sql: """
                SELECT national_id, MIN(id) AS one, MAX(id) AS other FROM channels
                WHERE removed_at IS NULL AND national_id <> '' GROUP BY national_id HAVING COUNT(*) > 1
                """)
        guard let shared else { return }
        throw CaseStoreError.refused(
            "the channels “\(shared["one"] as String)” and “\(shared["other"] as String)” have the same GB/T 28181 id \(shared["national_id"] as String)"
        )
    }

    private static let editableColumns = [
        "name", "url", "sub_url", "transport", "place", "national_id", "longitude", "latitude", "grid", "owner", "importance",
        "enabled", "loops",
    ]

    /// What `channels` and `channel_versions` have in common.
    private static let channelColumns = (editableColumns + ["zones_version", "created_at"]).joined(separator: ", ")

    private static func arguments(_ channel: ChannelRecord, onlyEditable: Bool = false) throws -> StatementArguments {
        var arguments: StatementArguments = [
            "id": channel.id, "name": channel.name, "url": channel.url, "sub_url": channel.subURL,
            "transport": channel.transport, "place": channel.place, "national_id": channel.nationalID,
            "longitude": channel.longitude, "latitude": channel.latitude, "grid": channel.grid, "owner": channel.owner,
            "importance": channel.importance, "enabled": channel.enabled, "loops": channel.loops,
        ]
        if !onlyEditable { arguments += ["created_at": try StoreTime.milliseconds(channel.createdAt)] }
        return arguments
    }

    private static func channel(_ row: Row) -> ChannelRecord {
        ChannelRecord(
            id: row["id"], name: row["name"], url: row["url"], subURL: row["sub_url"], transport: row["transport"],
            place: row["place"], nationalID: row["national_id"], longitude: row["longitude"], latitude: row["latitude"],
            grid: row["grid"], owner: row["owner"], importance: row["importance"], enabled: row["enabled"],
            loops: row["loops"], zonesVersion: row["zones_version"], version: row["version"],
            createdAt: StoreTime.date(row["created_at"]))
    }

    private static func check(_ channel: ChannelRecord) throws {
        guard let problem = channel.problems.first else { return }
        throw CaseStoreError.refused("channel “\(channel.id)”: \(problem)")
    }
}
