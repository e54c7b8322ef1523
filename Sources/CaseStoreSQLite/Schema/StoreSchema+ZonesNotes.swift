extension StoreSchema {
    /// Beside `zones_versions`, whose rows are never changed: most versions have no note.
    static let zonesNotes = """
        CREATE TABLE zones_notes (
            -- The channel.
            channel_id TEXT NOT NULL,
            -- The version of its zones that the note is of.
            version INTEGER NOT NULL,
            -- Why it was made: a JSON object where a re-analysis was approved (run, figures, reason).
            note TEXT NOT NULL CHECK (length(note) > 0),
            PRIMARY KEY (channel_id, version),
            FOREIGN KEY (channel_id, version) REFERENCES zones_versions (channel_id, version)
        ) STRICT;

        CREATE TRIGGER zones_notes_never_change BEFORE UPDATE ON zones_notes
        BEGIN SELECT RAISE(ABORT, 'zones_notes is append-only'); END;

        CREATE TRIGGER zones_notes_never_go BEFORE DELETE ON zones_notes
        BEGIN SELECT RAISE(ABORT, 'zones_notes is append-only'); END;
        """
}
