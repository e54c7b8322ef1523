extension StoreSchema {
    static let healthStep = """
        CREATE TABLE health_days (
            -- The camera.
            channel_id TEXT NOT NULL REFERENCES channels (id),
            -- The day where the cameras stand, such as 2026-11-24.
            day TEXT NOT NULL CHECK (length(day) = 10),
            -- One bit a minute from local midnight, lowest bit first: the channel was to be watched.
            watched BLOB NOT NULL,
            -- One bit a minute from local midnight, lowest bit first: it was seen, clear and recordable.
            eyes_open BLOB NOT NULL,
            -- JSON object: minutes that were watched with closed eyes, by the code of the reason.
            blind TEXT NOT NULL CHECK (json_valid(blind)),
            -- JSON object: frames not analysed, by cause.
            skipped TEXT NOT NULL CHECK (json_valid(skipped)),
            -- Key frames that arrived while they were to be looked at.
            key_frames_due INTEGER NOT NULL CHECK (key_frames_due >= 0),
            -- Of those, the analysed ones.
            key_frames_analysed INTEGER NOT NULL CHECK (key_frames_analysed >= 0),
            -- Connections that broke and were tried again.
            reconnects INTEGER NOT NULL CHECK (reconnects >= 0),
            -- JSON list: minutes by their 99th percentile of lateness, in the classes of LatenessCount.
            lateness TEXT NOT NULL CHECK (json_valid(lateness)),
            PRIMARY KEY (channel_id, day)
        ) STRICT;

        CREATE INDEX health_days_by_day ON health_days (day);

        CREATE TABLE faults (
            -- UUID version 7, lower-case; names the picture faults/<id>.jpg beside the store.
            id TEXT NOT NULL PRIMARY KEY CHECK (length(id) = 36),
            -- The camera; NULL for the machine's own faults.
            channel_id TEXT REFERENCES channels (id),
            -- FaultKind, such as view or source.
            kind TEXT NOT NULL CHECK (length(kind) > 0),
            -- Code such as view-black, or plain text; the one that stands now, or stood last.
            reason TEXT NOT NULL,
            -- Size of the trouble in the reason's unit; NULL if it has none.
            figure REAL,
            -- When the trouble began, milliseconds since 1970-01-01T00:00:00Z.
            started_at INTEGER NOT NULL,
            -- When all was well again, milliseconds since 1970-01-01T00:00:00Z; NULL while open.
            ended_at INTEGER,
            -- 1 if there is a picture.
            has_still INTEGER NOT NULL CHECK (has_still IN (0, 1))
        ) STRICT;

        -- One open order for each channel and kind, whatever the program does.
        CREATE UNIQUE INDEX faults_open ON faults (COALESCE(channel_id, ''), kind) WHERE ended_at IS NULL;
        -- Lists show open ones first: each part is walked backwards, and neither is sorted.
        CREATE INDEX faults_open_by_start ON faults (started_at, id) WHERE ended_at IS NULL;
        CREATE INDEX faults_closed_by_start ON faults (started_at, id) WHERE ended_at IS NOT NULL;
        CREATE INDEX faults_by_channel ON faults (channel_id, started_at, id);

        CREATE TABLE fault_notes (
            -- Place in the list, from 1.
            sequence INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
            -- The order that it is about; goes with it after 400 days.
            fault_id TEXT NOT NULL REFERENCES faults (id) ON DELETE CASCADE,
            -- Milliseconds since 1970-01-01T00:00:00Z.
            at INTEGER NOT NULL,
            -- Who wrote it.
            user_id TEXT NOT NULL REFERENCES users (id),
            -- 1…500 characters.
            text TEXT NOT NULL CHECK (length(text) BETWEEN 1 AND 500)
        ) STRICT;

        CREATE INDEX fault_notes_by_fault ON fault_notes (fault_id, sequence);

        CREATE TRIGGER fault_notes_never_change BEFORE UPDATE ON fault_notes
        BEGIN SELECT RAISE(ABORT, 'fault_notes cannot be changed'); END;
        """
}
