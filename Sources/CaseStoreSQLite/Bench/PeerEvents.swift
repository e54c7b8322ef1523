import Foundation
import GRDB

/// What a popular network video recorder would do with the same rows: its table, its indexes and its statements, word for word
/// as its object mapper makes them, on the same SQLite.
///
/// Source: Frigate 0.15, `frigate/models.py` (class Event) and `frigate/api/event.py` (functions events and events_summary).
package struct PeerEvents {
    let queue: DatabaseQueue

    /// The table, in a file of its own at `path`, filled with the store's cases and analysed (`ANALYZE`).
    package init(path: String, copying store: SQLiteCaseStore) throws {
        for name in ["", "-wal", "-shm"] { try? FileManager.default.removeItem(atPath: path + name) }
        queue = try DatabaseQueue(path: path)
        try queue.writeWithoutTransaction { db in
            try db.execute(
                sql: """
                    PRAGMA journal_mode = WAL;
                    PRAGMA synchronous = OFF;
                    CREATE TABLE event (id VARCHAR(30) NOT NULL PRIMARY KEY, label VARCHAR(20) NOT NULL, sub_label VARCHAR(100),
                        camera VARCHAR(20) NOT NULL, start_time DATETIME NOT NULL, end_time DATETIME NOT NULL, top_score REAL NOT NULL,
                        score REAL NOT NULL, false_positive INTEGER NOT NULL, zones JSON NOT NULL, thumbnail TEXT NOT NULL,
                        has_clip INTEGER NOT NULL, has_snapshot INTEGER NOT NULL, region JSON NOT NULL, box JSON NOT NULL,
                        area INTEGER NOT NULL, retain_indefinitely INTEGER NOT NULL, ratio REAL NOT NULL, plus_id VARCHAR(30) NOT NULL,
                        model_hash VARCHAR(32) NOT NULL, detector_type VARCHAR(32) NOT NULL, model_type VARCHAR(32) NOT NULL,
                        data JSON NOT NULL);
                    CREATE INDEX event_label ON event (label);
                    CREATE INDEX event_camera ON event (camera);
                    """)
            try db.execute(sql: "ATTACH ? AS store", arguments: [store.path])
            // The thumbnail, which is part of the recorder's rows, is left empty: that is in its favour.
            try db.execute(
                sql: """
                    INSERT INTO event SELECT id, violation, NULL, channel_id, created_at / 1000.0, created_at / 1000.0 + 60, 0.8, 0.8, 0,
                        json_array('front-' || (abs(random()) % 3 + 1)), '', 1, 1, '[]', '[]', 0, 0, 1.0, '', '', 'cpu', 'ssd',
                        '{"box":[0.1,0.2,0.1,0.2],"region":[0,0,1,1],"score":0.8,"top_score":0.8,"type":"object"}'
                    FROM store.cases;
                    DETACH store;
                    ANALYZE;
                    PRAGMA wal_checkpoint(TRUNCATE);
                    """)
        }
    }

    /// One page of `limit` events; every filter may be left out.
    package func page(cameras: [String], labels: [String], zone: String?, before: Double?, limit: Int) throws -> Int {
        var clauses = ["(t1.has_clip = 1)"]
        var arguments: [any DatabaseValueConvertible] = []
        func marks(_ values: [String]) -> String { Array(repeating: "?", count: values.count).joined(separator: ", ") }
        if !cameras.isEmpty {
            clauses.append("(t1.camera IN (\(marks(cameras))))")
            arguments += cameras
        }
        if !labels.isEmpty {
            clauses.append("(t1.label IN (\(marks(labels))))")
            arguments += labels
        }
        if let zone {
            clauses.append("(CAST(t1.zones AS text) GLOB ?)")
            arguments.append("*\"\(zone)\"*")
        }
        if let before {
            clauses.append("(t1.start_time < ?)")
            arguments.append(before)
        }
        let sql = """
            SELECT t1.id, t1.camera, t1.label, t1.zones, t1.start_time, t1.end_time, t1.has_clip, t1.has_snapshot, t1.plus_id,
                t1.retain_indefinitely, t1.sub_label, t1.top_score, t1.false_positive, t1.box, t1.data, t1.thumbnail
            FROM event AS t1 WHERE \(clauses.joined(separator: " AND ")) ORDER BY t1.start_time DESC LIMIT \(limit)
            """
        return try queue.read { db in try Row.fetchAll(db, sql: sql, arguments: StatementArguments(arguments)).count }
    }

    /// Events by camera, label, day and zone, of all days: it knows no other summary.
    package func summary() throws -> Int {
        try queue.read { db in
            try Row.fetchAll(
                db,
                sql: """
                    SELECT t1.camera, t1.label, t1.sub_label,
                        strftime('%Y-%m-%d', datetime(t1.start_time, 'unixepoch', '8 hour', '0 minute')) AS day, t1.zones,
                        COUNT(t1.id) AS count
                    FROM event AS t1 WHERE (t1.has_clip = 1)
                    GROUP BY t1.camera, t1.label, t1.sub_label, CAST((t1.start_time + 28800) AS int) / (3600 * 24), t1.zones
                    """
            ).count
        }
    }
}
