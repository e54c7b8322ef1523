import GRDB

extension StoreSchema {
    /// The access log says why and of which unit, and is a hash chain; users have a unit.
    static let access = """
        DROP TRIGGER access_log_never_changes;
        DROP TRIGGER access_log_never_goes;
        DROP INDEX access_log_by_time;
        ALTER TABLE access_log RENAME TO access_log_unchained;

        CREATE TABLE access_log (
            -- Place in the log, from 1, without gaps.
            sequence INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
            -- Milliseconds since 1970-01-01T00:00:00Z.
            at INTEGER NOT NULL,
            -- Who looked: a user's id, or what was typed at a refused log-in.
            user_id TEXT NOT NULL,
            -- The user's unit at that time, may be empty.
            unit TEXT NOT NULL,
            -- Such as login, login-refused, logout, case-viewed, file-viewed, exported, unmasked.
            action TEXT NOT NULL CHECK (length(action) > 0),
            -- Case, file or channel looked at, may be empty; of a file, the case and the name with a slash between.
            subject TEXT NOT NULL,
            -- Why: a code, after it a colon and the user's words where there are any; may be empty.
            reason TEXT NOT NULL,
            -- Network address of the client, may be empty.
            address TEXT NOT NULL,
            -- SHA-256 over the hash of the line before and this line's fields, lower-case hex.
            hash TEXT NOT NULL CHECK (length(hash) = 64)
        ) STRICT;

        CREATE INDEX access_log_by_time ON access_log (at, sequence);
        CREATE INDEX access_log_by_user ON access_log (user_id, sequence);
        CREATE INDEX access_log_by_action ON access_log (action, sequence);
        CREATE INDEX access_log_by_subject ON access_log (subject, sequence);

        CREATE TRIGGER access_log_never_changes BEFORE UPDATE ON access_log
        BEGIN SELECT RAISE(ABORT, 'access_log is append-only'); END;

        CREATE TRIGGER access_log_never_goes BEFORE DELETE ON access_log
        BEGIN SELECT RAISE(ABORT, 'access_log is append-only'); END;

        CREATE TABLE users_new (
            -- Given by the program, unique for ever; logs point at it.
            id TEXT NOT NULL PRIMARY KEY CHECK (length(id) > 0),
            -- What is typed at log-in; two that differ in case only are the same.
            login TEXT NOT NULL UNIQUE COLLATE NOCASE CHECK (length(login) > 0),
            -- The person's name as shown beside decisions.
            display_name TEXT NOT NULL,
            -- What the user may do, UserRecord.Role.
            role TEXT NOT NULL CHECK (length(role) > 0),
            -- Self-describing salted hash of the password, never the password.
            password_hash TEXT NOT NULL,
            -- 0 once the user may no longer log in; users are never deleted, since logs name them.
            enabled INTEGER NOT NULL CHECK (enabled IN (0, 1)),
            -- Milliseconds since 1970-01-01T00:00:00Z.
            created_at INTEGER NOT NULL,
            -- JSON of OfficerCertificate; NULL without one.
            certificate TEXT CHECK (certificate IS NULL OR json_valid(certificate)),
            -- JSON list of the groups of cameras that the user may see, ids of their ledger; empty for all.
            camera_groups TEXT NOT NULL CHECK (json_valid(camera_groups)),
            -- The user's unit; NULL for the configured one.
            unit TEXT CHECK (unit IS NULL OR length(unit) > 0)
        ) STRICT;

        INSERT INTO users_new (id, login, display_name, role, password_hash, enabled, created_at, certificate, camera_groups)
        SELECT id, login, display_name, role, password_hash, enabled, created_at, certificate, camera_groups FROM users;

        DROP TABLE users;
        ALTER TABLE users_new RENAME TO users;
        """

    /// The lines that are there become the begin of the chain: from here on none of them can be changed unseen.
    static func chainAccessLog(_ db: Database) throws {
        let rows = try Row.fetchCursor(
            db, sql: "SELECT at, user_id, action, subject, address FROM access_log_unchained ORDER BY sequence")
        while let row = try rows.next() {
            try HashChain.access.append(
                db, [row[0] as Int64, row[1] as String, "", row[2] as String, row[3] as String, "", row[4] as String])
        }
        try db.execute(sql: "DROP TABLE access_log_unchained")
    }
}
