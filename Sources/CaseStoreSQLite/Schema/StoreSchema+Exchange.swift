extension StoreSchema {
    /// What goes out to other systems, and what they tell.
    static let exchange = """
        CREATE TABLE delivery_cursors (
            -- Whom it is for: 'handover', or a webhook's name.
            name TEXT NOT NULL PRIMARY KEY CHECK (length(name) > 0),
            -- The last line of case_events that was taken.
            sequence INTEGER NOT NULL CHECK (sequence >= 0),
            -- Since when the next line is refused, milliseconds since 1970-01-01T00:00:00Z; NULL while all is well.
            failing_since INTEGER,
            -- Tries of the next line so far.
            failures INTEGER NOT NULL CHECK (failures >= 0),
            -- Why the last try failed, without credentials; empty while all is well.
            last_error TEXT NOT NULL,
            -- Milliseconds since 1970-01-01T00:00:00Z.
            updated_at INTEGER NOT NULL
        ) STRICT;

        CREATE TABLE external_findings (
            -- Place in the log of imports, from 1, without gaps.
            sequence INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
            -- Who says so.
            source TEXT NOT NULL CHECK (length(source) > 0),
            -- The source's id of it.
            id TEXT NOT NULL CHECK (length(id) > 0),
            -- Our violation; NULL for a type that is not looked for here.
            violation TEXT,
            -- When it was seen, milliseconds since 1970-01-01T00:00:00Z.
            at INTEGER NOT NULL,
            -- JSON of ExternalFinding, times in milliseconds.
            finding TEXT NOT NULL CHECK (json_valid(finding)),
            -- Milliseconds since 1970-01-01T00:00:00Z.
            received_at INTEGER NOT NULL,
            -- Our case of the same act; NULL without one.
            duplicate_case TEXT REFERENCES cases (id),
            -- The earlier import of the same act; NULL without one.
            duplicate_of INTEGER REFERENCES external_findings (sequence),
            -- SHA-256 over the hash of the line before and this line's fields, lower-case hex.
            hash TEXT NOT NULL CHECK (length(hash) = 64),
            UNIQUE (source, id)
        ) STRICT;

        -- What an import is compared with.
        CREATE INDEX external_findings_by_type ON external_findings (violation, at);
        CREATE INDEX cases_by_violation_and_time ON cases (violation, created_at);

        -- A party's code leads to its case by the hash in the log alone.
        CREATE INDEX case_events_by_party_code ON case_events (json_extract(detail, '$.sha256')) WHERE kind = 'party-code';

        CREATE TRIGGER external_findings_never_change BEFORE UPDATE ON external_findings
        BEGIN SELECT RAISE(ABORT, 'external_findings is append-only'); END;

        CREATE TRIGGER external_findings_never_go BEFORE DELETE ON external_findings
        BEGIN SELECT RAISE(ABORT, 'external_findings is append-only'); END;
        """
}
