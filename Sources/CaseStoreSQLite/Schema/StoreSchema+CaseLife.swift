extension StoreSchema {
    /// Cases go through more states than five; users may hold certificates and more roles.
    static let caseLife = """
        CREATE TABLE cases_new (
            -- UUID version 7, lower-case: sorts by creation.
            id TEXT NOT NULL PRIMARY KEY CHECK (length(id) > 0),
            -- The incident that the package proves. One act is one case (administrative penalty law, art. 29).
            incident_id TEXT NOT NULL UNIQUE REFERENCES incidents (id),
            -- Copy of incidents.channel_id, for the indexes of the queue.
            channel_id TEXT NOT NULL REFERENCES channels (id),
            -- Copy of incidents.violation, for the indexes of the queue.
            violation TEXT NOT NULL,
            -- Where the case stands, CaseState.
            state TEXT NOT NULL CHECK (length(state) > 0),
            -- When the package was sealed, milliseconds since 1970-01-01T00:00:00Z.
            created_at INTEGER NOT NULL,
            -- Folder of the sealed package, relative to the store's evidence folder.
            package_path TEXT NOT NULL UNIQUE CHECK (length(package_path) > 0),
            -- SHA-256 of the package's manifest file, lower-case hex.
            manifest_sha256 TEXT NOT NULL,
            -- JSON of CaseStanding, times in milliseconds: what the case's lines in case_events come to.
            standing TEXT NOT NULL CHECK (json_valid(standing)),
            -- When the view is to be looked at again, milliseconds since 1970-01-01T00:00:00Z; NULL unless the time to correct runs.
            due_at INTEGER,
            -- When the case came to a final state, milliseconds since 1970-01-01T00:00:00Z; NULL while it goes on.
            settled_at INTEGER,
            -- The shop that it is about, of the shop ledger; NULL if unknown.
            shop_id TEXT,
            -- When retention removed the package, milliseconds since 1970-01-01T00:00:00Z; NULL while it is there.
            deleted_at INTEGER
        ) STRICT;

        INSERT INTO cases_new (id, incident_id, channel_id, violation, state, created_at, package_path, manifest_sha256,
            standing, settled_at)
        SELECT id, incident_id, channel_id, violation, state, created_at, package_path, manifest_sha256,
            json_patch(
                json_object('state', state, 'corrections', 0, 'recused', json_array()),
                CASE WHEN verdict IS NULL THEN '{}' ELSE json_object(
                    'decision', json_object('verdict', verdict, 'ticks', json_array(), 'reason', reason, 'note', note,
                        'userID', decided_by, 'at', decided_at),
                    'settledAt', CASE WHEN state = 'confirmed' THEN NULL ELSE decided_at END) END),
            CASE WHEN state IN ('candidate', 'confirmed') THEN NULL ELSE decided_at END
        FROM cases;

        DROP TABLE cases;
        ALTER TABLE cases_new RENAME TO cases;

        -- Each serves one shape of the queue: equality on the leading columns, then the page's key, walked backwards.
        CREATE INDEX cases_by_state ON cases (state, created_at, id);
        CREATE INDEX cases_by_state_and_violation ON cases (state, violation, created_at, id);
        CREATE INDEX cases_by_state_and_channel ON cases (state, channel_id, created_at, id);
        -- What is to be looked at again, in order.
        CREATE INDEX cases_by_due ON cases (due_at, id) WHERE due_at IS NOT NULL;
        -- A shop's history.
        CREATE INDEX cases_by_shop ON cases (shop_id, created_at, id) WHERE shop_id IS NOT NULL;
        -- What retention goes through.
        CREATE INDEX cases_by_settled ON cases (settled_at, id) WHERE settled_at IS NOT NULL AND deleted_at IS NULL;

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
            -- JSON list of the groups of cameras that the user may see; empty for all.
            camera_groups TEXT NOT NULL CHECK (json_valid(camera_groups))
        ) STRICT;

        INSERT INTO users_new (id, login, display_name, role, password_hash, enabled, created_at, camera_groups)
        SELECT id, login, display_name, role, password_hash, enabled, created_at, '[]' FROM users;

        DROP TABLE users;
        ALTER TABLE users_new RENAME TO users;
        """

    static let ledgers = """
        CREATE TABLE ledger_entries (
            -- Place in the log of all ledgers, from 1, without gaps.
            sequence INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
            -- Which ledger, LedgerKind.
            kind TEXT NOT NULL CHECK (length(kind) > 0),
            -- The entry, unique within the kind.
            id TEXT NOT NULL CHECK (length(id) > 0),
            -- From 1, without gaps within an entry.
            version INTEGER NOT NULL CHECK (version >= 1),
            -- JSON object.
            document TEXT NOT NULL CHECK (json_valid(document) AND json_type(document) = 'object'),
            -- 1 if the entry is out of use from here on.
            is_retired INTEGER NOT NULL CHECK (is_retired IN (0, 1)),
            -- A user's id, or 'machine'.
            author TEXT NOT NULL CHECK (length(author) > 0),
            -- Milliseconds since 1970-01-01T00:00:00Z.
            at INTEGER NOT NULL,
            -- SHA-256 over the hash of the line before and this line's fields, lower-case hex.
            hash TEXT NOT NULL CHECK (length(hash) = 64),
            UNIQUE (kind, id, version)
        ) STRICT;

        CREATE TRIGGER ledger_entries_never_change BEFORE UPDATE ON ledger_entries
        BEGIN SELECT RAISE(ABORT, 'ledger_entries is append-only'); END;

        CREATE TRIGGER ledger_entries_never_go BEFORE DELETE ON ledger_entries
        BEGIN SELECT RAISE(ABORT, 'ledger_entries is append-only'); END;
        """
}
