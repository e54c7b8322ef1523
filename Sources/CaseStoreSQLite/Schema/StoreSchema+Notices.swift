extension StoreSchema {
    static let notices = """
        CREATE TABLE notices (
            -- The line of the cases' log that released it; its whole text stands there.
            event_sequence INTEGER NOT NULL PRIMARY KEY REFERENCES case_events (sequence),
            -- The case that it is about.
            case_id TEXT NOT NULL REFERENCES cases (id),
            -- How it goes, NoticeTemplate.Medium; copy of the line's, for the index of what is due.
            medium TEXT NOT NULL CHECK (length(medium) > 0),
            -- Telephone number or name; copy of the line's, for the cool-down.
            recipient TEXT NOT NULL CHECK (length(recipient) > 0),
            -- When it was released, milliseconds since 1970-01-01T00:00:00Z.
            released_at INTEGER NOT NULL,
            -- NoticeRecord.Status: what the notice- lines of the log come to.
            status TEXT NOT NULL CHECK (status IN ('waiting', 'sent', 'delivered', 'failed', 'replied')),
            -- When the status became what it is, milliseconds since 1970-01-01T00:00:00Z.
            status_at INTEGER NOT NULL,
            -- Tries of the present sending.
            attempts INTEGER NOT NULL DEFAULT 0 CHECK (attempts >= 0),
            -- Not tried before this, milliseconds since 1970-01-01T00:00:00Z; NULL unless it waits.
            next_attempt_at INTEGER,
            -- Why the last try failed; empty if none did.
            last_error TEXT NOT NULL DEFAULT '',
            -- The gateway's own name for it; empty until it has one.
            reference TEXT NOT NULL DEFAULT '',
            -- The party's latest answer; empty without one.
            reply TEXT NOT NULL DEFAULT ''
        ) STRICT;

        -- What the sender takes up, in order.
        CREATE INDEX notices_due ON notices (next_attempt_at, event_sequence) WHERE status = 'waiting';
        CREATE INDEX notices_by_status ON notices (status, event_sequence);
        CREATE INDEX notices_by_case ON notices (case_id, event_sequence);
        -- When a number last got a message.
        CREATE INDEX notices_by_recipient ON notices (recipient, released_at);

        CREATE TRIGGER notices_never_go BEFORE DELETE ON notices
        BEGIN SELECT RAISE(ABORT, 'notices are never deleted'); END;
        """
}
