public import Casework
import Foundation
import GRDB

extension SQLiteCaseStore {
    /// All users, by login.
    public func users() async throws -> [UserRecord] {
        try await read { db in
            try Row.fetchAll(db, sql: "SELECT \(Self.userColumns) FROM users ORDER BY login").map(Self.user)
        }
    }

    /// Capital and small letters (A–Z) are the same in a login.
    public func user(login: String) async throws -> UserRecord? {
        try await read { db in
            try Row.fetchOne(db, sql: "SELECT \(Self.userColumns) FROM users WHERE login = ?", arguments: [login])
                .map(Self.user)
        }
    }

    public func user(id: String) async throws -> UserRecord? {
        try await read { db in try Self.user(id, db) }
    }

    static func user(_ id: String, _ db: Database) throws -> UserRecord? {
        try Row.fetchOne(db, sql: "SELECT \(userColumns) FROM users WHERE id = ?", arguments: [id]).map(user)
    }

    /// - Throws: `CaseStoreError.exists` if the id or the login is taken.
    public func addUser(_ user: UserRecord) async throws {
        try await write { db in
            let taken = try Bool.fetchOne(
                db, sql: "SELECT EXISTS (SELECT 1 FROM users WHERE id = ? OR login = ?)",
                arguments: [user.id, user.login])
            if taken == true { throw CaseStoreError.exists("user “\(user.login)”") }
            try db.execute(
                sql: """
                    INSERT INTO users
                        (id, login, display_name, role, password_hash, enabled, created_at, certificate, camera_groups, unit)
                    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                    """,
                arguments: [
                    user.id, user.login, user.displayName, user.role.rawValue, user.passwordHash, user.enabled,
                    try StoreTime.milliseconds(user.createdAt), try user.certificate.map { try JSONText.of($0) },
                    try JSONText.of(user.cameraGroups), user.unit,
                ])
            try Self.logUser(user, at: user.createdAt, db)
        }
    }

    /// Replaces all but `id` and `createdAt`. A user who is disabled or gets another password is logged out everywhere.
    public func updateUser(_ user: UserRecord) async throws {
        try await write { [now] db in
            guard
                let hash = try String.fetchOne(
                    db, sql: "SELECT password_hash FROM users WHERE id = ?", arguments: [user.id])
            else { throw CaseStoreError.notFound("user “\(user.id)”") }
            let taken = try Bool.fetchOne(
                db, sql: "SELECT EXISTS (SELECT 1 FROM users WHERE login = ? AND id <> ?)",
                arguments: [user.login, user.id])
            if taken == true { throw CaseStoreError.exists("user “\(user.login)”") }
            try db.execute(
                sql: """
                    UPDATE users SET login = ?, display_name = ?, role = ?, password_hash = ?, enabled = ?, certificate = ?,
                        camera_groups = ?, unit = ?
                    WHERE id = ?
                    """,
                arguments: [
                    user.login, user.displayName, user.role.rawValue, user.passwordHash, user.enabled,
                    try user.certificate.map { try JSONText.of($0) }, try JSONText.of(user.cameraGroups), user.unit,
                    user.id,
                ])
            try Self.logUser(user, at: now(), db)
            if !user.enabled || user.passwordHash != hash {
                try db.execute(sql: "DELETE FROM sessions WHERE user_id = ?", arguments: [user.id])
            }
        }
    }

    // MARK: Sessions

    /// Also clears away the sessions that have expired.
    public func addSession(_ session: SessionRecord) async throws {
        try await write { [now] db in
            try db.execute(
                sql: "DELETE FROM sessions WHERE expires_at <= ?", arguments: [try StoreTime.milliseconds(now())])
            guard
                try Bool.fetchOne(
                    db, sql: "SELECT EXISTS (SELECT 1 FROM users WHERE id = ?)", arguments: [session.userID]) == true
            else { throw CaseStoreError.notFound("user “\(session.userID)”") }
            try db.execute(
                sql: "INSERT INTO sessions (token_sha256, user_id, created_at, expires_at) VALUES (?, ?, ?, ?)",
                arguments: [
                    session.tokenSHA256, session.userID, try StoreTime.milliseconds(session.createdAt),
                    try StoreTime.milliseconds(session.expiresAt),
                ])
        }
    }

    /// nil once it has expired.
    public func session(tokenSHA256: String) async throws -> SessionRecord? {
        try await read { [now] db in
            try Row.fetchOne(
                db,
                sql: """
                    SELECT token_sha256, user_id, created_at, expires_at FROM sessions
                    WHERE token_sha256 = ? AND expires_at > ?
                    """,
                arguments: [tokenSHA256, try StoreTime.milliseconds(now())]
            ).map { row in
                SessionRecord(
                    tokenSHA256: row["token_sha256"], userID: row["user_id"],
                    createdAt: StoreTime.date(row["created_at"]),
                    expiresAt: StoreTime.date(row["expires_at"]))
            }
        }
    }

    /// Does nothing if it is gone already.
    public func removeSession(tokenSHA256: String) async throws {
        try await write { db in
            try db.execute(sql: "DELETE FROM sessions WHERE token_sha256 = ?", arguments: [tokenSHA256])
        }
    }

    private static let userColumns = "id, login, display_name, role, password_hash, enabled, created_at, certificate, camera_groups, unit"

    static func user(_ row: Row) throws -> UserRecord {
        guard let role = UserRecord.Role(rawValue: row["role"]) else {
            throw CaseStoreError.refused(
                "user “\(row["login"] as String)”: the role is unknown to this version of the program")
        }
        return UserRecord(
            id: row["id"], login: row["login"], displayName: row["display_name"], role: role,
            passwordHash: row["password_hash"], enabled: row["enabled"], createdAt: StoreTime.date(row["created_at"]),
            certificate: (row["certificate"] as String?).flatMap { JSONText.value($0) },
            cameraGroups: JSONText.value(row["camera_groups"]) ?? [], unit: row.hasColumn("unit") ? row["unit"] : nil)
    }

    /// Adds the user as they are now to the ledger of users, so that a row edited behind the program's back shows.
    static func logUser(_ user: UserRecord, at: Date, _ db: Database) throws {
        try putLedger(
            .user, id: user.id, document: userDocument(user), isRetired: false, expecting: nil, author: "machine", at: at, db)
    }

    /// The password's hash goes in hashed once more: the ledger is read by more people than the users' table.
    static func userDocument(_ user: UserRecord) throws -> String {
        var user = user
        user.passwordHash = HashChain.hash(previous: HashChain.origin, sequence: 0, fields: [user.passwordHash])
        user.createdAt = StoreTime.date(try StoreTime.milliseconds(user.createdAt))
        return try StandingText.text(of: user)
    }
}
