extension StoreSchema {
    static let firstStep = """
        CREATE TABLE channels (
            -- Chosen by the operator: 1…64 characters out of a–z, 0–9, '-', '_', '.'. Names folders and URLs.
            id TEXT NOT NULL PRIMARY KEY CHECK (length(id) BETWEEN 1 AND 64),
            -- What people call it, such as 茸惠路口.
            name TEXT NOT NULL,
            -- Where the stream comes from. Holds the camera's password: never logged, never in an answer.
            url TEXT NOT NULL,
            -- How RTSP carries the packets.
            transport TEXT NOT NULL CHECK (transport IN ('tcp', 'udp')),
            -- Address or crossing, free text, may be empty.
            place TEXT NOT NULL,
            -- 1 while it is to be watched.
            enabled INTEGER NOT NULL CHECK (enabled IN (0, 1)),
            -- 1 for a file that is played again and again in real time.
            loops INTEGER NOT NULL CHECK (loops IN (0, 1)),
            -- Version of zones_versions in force; 0 while none are drawn.
            zones_version INTEGER NOT NULL CHECK (zones_version >= 0),
            -- Milliseconds since 1970-01-01T00:00:00Z.
            created_at INTEGER NOT NULL,
            -- When it was taken out of service, milliseconds since 1970-01-01T00:00:00Z; NULL while in service.
            -- The row stays, since cases and evidence point at it.
            removed_at INTEGER,
            -- Who took it out of service: a user's id, or 'machine'.
            removed_by TEXT,
            CHECK ((removed_at IS NULL) = (removed_by IS NULL))
        ) STRICT;

        CREATE TABLE zones_versions (
            -- The channel on whose picture the zones are drawn.
            channel_id TEXT NOT NULL REFERENCES channels (id),
            -- From 1, without gaps within a channel.
            version INTEGER NOT NULL CHECK (version >= 1),
            -- JSON object with the zones and rules, exactly as the author saved it.
            document TEXT NOT NULL CHECK (json_valid(document)),
            -- Who saved it: a user's id, or 'machine'.
            author TEXT NOT NULL,
            -- Milliseconds since 1970-01-01T00:00:00Z.
            created_at INTEGER NOT NULL,
            PRIMARY KEY (channel_id, version)
        ) STRICT;

        CREATE TRIGGER zones_versions_never_change BEFORE UPDATE ON zones_versions
        BEGIN SELECT RAISE(ABORT, 'zones_versions is append-only'); END;

        CREATE TRIGGER zones_versions_never_go BEFORE DELETE ON zones_versions
        BEGIN SELECT RAISE(ABORT, 'zones_versions is append-only'); END;

        CREATE TABLE incidents (
            -- Given by the tracker, unique for ever.
            id TEXT NOT NULL PRIMARY KEY CHECK (length(id) > 0),
            -- The camera that saw it.
            channel_id TEXT NOT NULL REFERENCES channels (id),
            -- Violation id of Config/violations.yaml, such as 'storefront-encroachment'.
            violation TEXT NOT NULL,
            -- Zone within the zones document of zones_version.
            zone_id TEXT NOT NULL,
            -- Version of the channel's zones by which it was judged; 0 if judged without a stored version.
            zones_version INTEGER NOT NULL CHECK (zones_version >= 0),
            -- Names the rules and thresholds by which it was judged.
            rule_version TEXT NOT NULL,
            -- Moves forward only: opened, confirmed, cleared.
            phase TEXT NOT NULL CHECK (phase IN ('opened', 'confirmed', 'cleared')),
            -- When the object was first still, milliseconds since 1970-01-01T00:00:00Z by the wall clock of the frames.
            opened_at INTEGER NOT NULL,
            -- When the dwell was reached, milliseconds since 1970-01-01T00:00:00Z; NULL before.
            confirmed_at INTEGER,
            -- When the place was seen clear again, milliseconds since 1970-01-01T00:00:00Z; NULL before.
            cleared_at INTEGER,
            -- Left edge of the object in pixels of the main picture.
            box_x INTEGER NOT NULL,
            -- Top edge of the object in pixels of the main picture.
            box_y INTEGER NOT NULL,
            -- Width of the object in pixels of the main picture.
            box_width INTEGER NOT NULL CHECK (box_width >= 0),
            -- Height of the object in pixels of the main picture.
            box_height INTEGER NOT NULL CHECK (box_height >= 0),
            -- How sure the rule was, 0…1.
            score REAL NOT NULL CHECK (score BETWEEN 0 AND 1)
        ) STRICT;

        CREATE TABLE users (
            -- Given by the program, unique for ever; logs point at it.
            id TEXT NOT NULL PRIMARY KEY CHECK (length(id) > 0),
            -- What is typed at log-in; two that differ in case only are the same.
            login TEXT NOT NULL UNIQUE COLLATE NOCASE CHECK (length(login) > 0),
            -- The person's name as shown beside decisions.
            display_name TEXT NOT NULL,
            -- What the user may do.
            role TEXT NOT NULL CHECK (role IN ('officer', 'operator', 'administrator')),
            -- Self-describing salted hash of the password, never the password.
            password_hash TEXT NOT NULL,
            -- 0 once the user may no longer log in; users are never deleted, since logs name them.
            enabled INTEGER NOT NULL CHECK (enabled IN (0, 1)),
            -- Milliseconds since 1970-01-01T00:00:00Z.
            created_at INTEGER NOT NULL
        ) STRICT;

        CREATE TABLE cases (
            -- UUID version 7, lower-case: sorts by creation.
            id TEXT NOT NULL PRIMARY KEY CHECK (length(id) > 0),
            -- The incident that the package proves. One act is one case (administrative penalty law, art. 29).
            incident_id TEXT NOT NULL UNIQUE REFERENCES incidents (id),
            -- Copy of incidents.channel_id, for the indexes of the queue.
            channel_id TEXT NOT NULL REFERENCES channels (id),
            -- Copy of incidents.violation, for the indexes of the queue.
            violation TEXT NOT NULL,
            -- Where the case stands: the machine's candidate, or an officer's word.
            state TEXT NOT NULL CHECK (state IN ('candidate', 'confirmed', 'false-alarm', 'exempt', 'transferred')),
            -- When the package was sealed, milliseconds since 1970-01-01T00:00:00Z.
            created_at INTEGER NOT NULL,
            -- Folder of the sealed package, relative to the store's evidence folder.
            package_path TEXT NOT NULL UNIQUE CHECK (length(package_path) > 0),
            -- SHA-256 of the package's manifest file, lower-case hex.
            manifest_sha256 TEXT NOT NULL,
            -- The word that stands; NULL while the case is a candidate. What was taken back is in case_events only.
            verdict TEXT CHECK (verdict IN ('confirm', 'false-alarm', 'exempt', 'transfer')),
            -- Reason code of Config/reasons.yaml; NULL for candidates, and allowed to be NULL for 'confirm'.
            reason TEXT,
            -- The officer's own words, may be empty; NULL while the case is a candidate.
            note TEXT,
            -- The officer; NULL while the case is a candidate.
            decided_by TEXT REFERENCES users (id),
            -- Milliseconds since 1970-01-01T00:00:00Z; NULL while the case is a candidate.
            decided_at INTEGER,
            CHECK ((state = 'candidate') = (verdict IS NULL)),
            CHECK ((verdict IS NULL) = (decided_by IS NULL)),
            CHECK ((verdict IS NULL) = (decided_at IS NULL)),
            CHECK ((verdict IS NULL) = (note IS NULL))
        ) STRICT;

        -- Each serves one shape of the queue: equality on the leading columns, then the page's key, walked backwards.
        CREATE INDEX cases_by_state ON cases (state, created_at, id);
        CREATE INDEX cases_by_state_and_violation ON cases (state, violation, created_at, id);
        CREATE INDEX cases_by_state_and_channel ON cases (state, channel_id, created_at, id);

        CREATE TABLE case_events (
            -- Place in the whole store's log, from 1, without gaps. AUTOINCREMENT also remembers the highest ever given,
            -- so that lines cut off the end are missed.
            sequence INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
            -- The case that the line is about.
            case_id TEXT NOT NULL REFERENCES cases (id),
            -- Milliseconds since 1970-01-01T00:00:00Z, by the clock of whoever acted.
            at INTEGER NOT NULL,
            -- A user's id, or 'machine'.
            actor TEXT NOT NULL CHECK (length(actor) > 0),
            -- Such as sealed, decided, undone, cleared, noted, repaired.
            kind TEXT NOT NULL CHECK (length(kind) > 0),
            -- JSON object with what the kind needs.
            detail TEXT NOT NULL CHECK (json_valid(detail) AND json_type(detail) = 'object'),
            -- SHA-256 over the hash of the line before and this line's fields, lower-case hex.
            hash TEXT NOT NULL CHECK (length(hash) = 64)
        ) STRICT;

        CREATE INDEX case_events_by_case ON case_events (case_id, sequence);

        CREATE TRIGGER case_events_never_change BEFORE UPDATE ON case_events
        BEGIN SELECT RAISE(ABORT, 'case_events is append-only'); END;

        CREATE TRIGGER case_events_never_go BEFORE DELETE ON case_events
        BEGIN SELECT RAISE(ABORT, 'case_events is append-only'); END;

        CREATE TABLE sessions (
            -- SHA-256 of the token in the browser's cookie, lower-case hex; the token itself is kept nowhere.
            token_sha256 TEXT NOT NULL PRIMARY KEY CHECK (length(token_sha256) = 64),
            -- Who is logged in.
            user_id TEXT NOT NULL REFERENCES users (id),
            -- Milliseconds since 1970-01-01T00:00:00Z.
            created_at INTEGER NOT NULL,
            -- From here on the session is void, milliseconds since 1970-01-01T00:00:00Z.
            expires_at INTEGER NOT NULL
        ) STRICT;

        CREATE INDEX sessions_by_user ON sessions (user_id);
        CREATE INDEX sessions_by_expiry ON sessions (expires_at);

        CREATE TABLE access_log (
            -- Place in the log, from 1.
            sequence INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
            -- Milliseconds since 1970-01-01T00:00:00Z.
            at INTEGER NOT NULL,
            -- Who looked: a user's id, or what was typed at a refused log-in.
            user_id TEXT NOT NULL,
            -- Such as login, login-refused, logout, case-viewed, file-viewed.
            action TEXT NOT NULL CHECK (length(action) > 0),
            -- Case, file or channel looked at, may be empty.
            subject TEXT NOT NULL,
            -- Network address of the client, may be empty.
            address TEXT NOT NULL
        ) STRICT;

        CREATE INDEX access_log_by_time ON access_log (at, sequence);

        CREATE TRIGGER access_log_never_changes BEFORE UPDATE ON access_log
        BEGIN SELECT RAISE(ABORT, 'access_log is append-only'); END;

        CREATE TRIGGER access_log_never_goes BEFORE DELETE ON access_log
        BEGIN SELECT RAISE(ABORT, 'access_log is append-only'); END;
        """
}
