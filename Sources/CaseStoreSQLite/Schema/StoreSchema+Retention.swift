extension StoreSchema {
    /// What retention did, and what it waited for.
    static let retention = """
        CREATE TABLE retention_runs (
            -- Place in the log of runs, from 1, without gaps.
            sequence INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
            -- What happened, RetentionRun.Kind.
            kind TEXT NOT NULL CHECK (length(kind) > 0),
            -- A user's id, or 'machine'.
            actor TEXT NOT NULL CHECK (length(actor) > 0),
            -- Milliseconds since 1970-01-01T00:00:00Z.
            at INTEGER NOT NULL,
            -- JSON object: how many cases were looked at, deleted, refused.
            detail TEXT NOT NULL CHECK (json_valid(detail) AND json_type(detail) = 'object'),
            -- SHA-256 over the hash of the line before and this line's fields, lower-case hex.
            hash TEXT NOT NULL CHECK (length(hash) = 64)
        ) STRICT;

        CREATE TRIGGER retention_runs_never_change BEFORE UPDATE ON retention_runs
        BEGIN SELECT RAISE(ABORT, 'retention_runs is append-only'); END;

        CREATE TRIGGER retention_runs_never_go BEFORE DELETE ON retention_runs
        BEGIN SELECT RAISE(ABORT, 'retention_runs is append-only'); END;

        -- The deletions, newest first.
        CREATE INDEX case_events_of_deletions ON case_events (sequence) WHERE kind = 'deleted';
        """
}
