extension StoreSchema {
    /// Rebuilds `channels`, since `ALTER TABLE … ADD COLUMN` would lose the comments, and begins the versions with what is there.
    static let channelRegistry = """
        CREATE TABLE channels_rebuilt (
            -- Chosen by the operator: 1…64 characters out of a–z, 0–9, '-', '_', '.'. Names folders and URLs.
            id TEXT NOT NULL PRIMARY KEY CHECK (length(id) BETWEEN 1 AND 64),
            -- What people call it, such as 茸惠路口.
            name TEXT NOT NULL,
            -- Where the main stream comes from. Holds the camera's password: never logged, never in an answer.
            url TEXT NOT NULL,
            -- The smaller stream, for analysis; empty where there is none. Holds the password as well.
            sub_url TEXT NOT NULL,
            -- How RTSP carries the packets.
            transport TEXT NOT NULL CHECK (transport IN ('tcp', 'udp')),
            -- Address or crossing, free text, may be empty.
            place TEXT NOT NULL,
            -- 20 digits of GB/T 28181, or empty; no two channels in service have the same.
            national_id TEXT NOT NULL CHECK (length(national_id) IN (0, 20)),
            -- Degrees east, CGCS2000; NULL while unknown.
            longitude REAL CHECK (longitude BETWEEN -180 AND 180),
            -- Degrees north, CGCS2000; NULL while unknown.
            latitude REAL CHECK (latitude BETWEEN -90 AND 90),
            -- Code of the grid that answers for the place, may be empty.
            grid TEXT NOT NULL,
            -- Whose camera it is, may be empty.
            owner TEXT NOT NULL,
            -- 1 (most) to 3: the least important are looked at more seldom first when the machine is short of time.
            importance INTEGER NOT NULL CHECK (importance BETWEEN 1 AND 3),
            -- 1 while it is to be watched.
            enabled INTEGER NOT NULL CHECK (enabled IN (0, 1)),
            -- 1 for a file that is played again and again in real time.
            loops INTEGER NOT NULL CHECK (loops IN (0, 1)),
            -- Version of zones_versions in force; 0 while none are drawn.
            zones_version INTEGER NOT NULL CHECK (zones_version >= 0),
            -- Version of channel_versions in force.
            version INTEGER NOT NULL CHECK (version >= 1),
            -- Milliseconds since 1970-01-01T00:00:00Z.
            created_at INTEGER NOT NULL,
            -- When it was taken out of service, milliseconds since 1970-01-01T00:00:00Z; NULL while in service.
            -- The row stays, since cases and evidence point at it.
            removed_at INTEGER,
            -- Who took it out of service: a user's id, or 'machine', 'command line', 'file'.
            removed_by TEXT,
            CHECK ((removed_at IS NULL) = (removed_by IS NULL)),
            CHECK ((longitude IS NULL) = (latitude IS NULL))
        ) STRICT;

        INSERT INTO channels_rebuilt
        SELECT id, name, url, '', transport, place, '', NULL, NULL, '', '', 2, enabled, loops, zones_version, 1, created_at,
            removed_at, removed_by
        FROM channels;

        DROP TABLE channels;
        ALTER TABLE channels_rebuilt RENAME TO channels;

        CREATE TABLE channel_versions (
            -- The channel that this was, and became another with the next version.
            channel_id TEXT NOT NULL REFERENCES channels (id),
            -- From 1, without gaps within a channel.
            version INTEGER NOT NULL CHECK (version >= 1),
            -- The store's revision: one more for each transaction that changed any channel.
            revision INTEGER NOT NULL CHECK (revision >= 1),
            -- As channels.name.
            name TEXT NOT NULL,
            -- As channels.url: holds the password of then.
            url TEXT NOT NULL,
            -- As channels.sub_url: holds the password of then.
            sub_url TEXT NOT NULL,
            -- As channels.transport.
            transport TEXT NOT NULL,
            -- As channels.place.
            place TEXT NOT NULL,
            -- As channels.national_id.
            national_id TEXT NOT NULL,
            -- As channels.longitude, degrees.
            longitude REAL,
            -- As channels.latitude, degrees.
            latitude REAL,
            -- As channels.grid.
            grid TEXT NOT NULL,
            -- As channels.owner.
            owner TEXT NOT NULL,
            -- As channels.importance.
            importance INTEGER NOT NULL,
            -- As channels.enabled.
            enabled INTEGER NOT NULL,
            -- As channels.loops.
            loops INTEGER NOT NULL,
            -- As channels.zones_version: the zones that were in force.
            zones_version INTEGER NOT NULL,
            -- As channels.created_at, milliseconds since 1970-01-01T00:00:00Z.
            created_at INTEGER NOT NULL,
            -- 1 where this version took the channel out of service.
            removed INTEGER NOT NULL CHECK (removed IN (0, 1)),
            -- Who made it so: a user's id, or 'machine', 'command line', 'file'.
            author TEXT NOT NULL CHECK (length(author) > 0),
            -- When, milliseconds since 1970-01-01T00:00:00Z.
            changed_at INTEGER NOT NULL,
            PRIMARY KEY (channel_id, version)
        ) STRICT;

        CREATE INDEX channel_versions_by_revision ON channel_versions (revision);

        INSERT INTO channel_versions
        SELECT id, 1, 1, name, url, sub_url, transport, place, national_id, longitude, latitude, grid, owner, importance, enabled,
            loops, zones_version, created_at, removed_at IS NOT NULL, COALESCE(removed_by, 'machine'),
            COALESCE(removed_at, created_at)
        FROM channels;

        CREATE TRIGGER channel_versions_never_change BEFORE UPDATE ON channel_versions
        BEGIN SELECT RAISE(ABORT, 'channel_versions is append-only'); END;

        CREATE TRIGGER channel_versions_never_go BEFORE DELETE ON channel_versions
        BEGIN SELECT RAISE(ABORT, 'channel_versions is append-only'); END;
        """
}
