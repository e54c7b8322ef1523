public import Casework
public import Foundation
import GRDB

extension SQLiteCaseStore {
    public func saveHealth(_ days: [HealthDayRecord]) async throws {
        guard !days.isEmpty else { return }
        try await write { db in
            let statement = try db.cachedStatement(
                sql: """
                    INSERT OR REPLACE INTO health_days (channel_id, day, watched, eyes_open, blind, skipped, key_frames_due,
                        key_frames_analysed, reconnects, lateness) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                    """)
            for day in days {
                try statement.execute(arguments: [
                    day.channelID, day.day.description, day.watched.bytes, day.eyesOpen.bytes, try JSONText.of(day.blindMinutes),
                    try JSONText.of(day.skippedFrames), day.keyFramesDue, day.keyFramesAnalysed, day.reconnects,
                    try JSONText.of(day.lateness.counts),
                ])
            }
        }
    }

    public func health(_ days: ClosedRange<LocalDay>, channelID: String?) async throws -> [HealthDayRecord] {
        try await read { db in
            try Row.fetchAll(
                db,
                sql: """
                    SELECT * FROM health_days WHERE day BETWEEN :first AND :last AND (:channel IS NULL OR channel_id = :channel)
                    ORDER BY channel_id, day
                    """,
                arguments: [
                    "first": days.lowerBound.description, "last": days.upperBound.description, "channel": channelID,
                ]
            ).compactMap(Self.healthDay)
        }
    }

    /// nil for a row that this version of the program cannot read: one day less, but the rest is there.
    private static func healthDay(_ row: Row) -> HealthDayRecord? {
        guard let day = LocalDay(row["day"]) else { return nil }
        var record = HealthDayRecord(channelID: row["channel_id"], day: day)
        record.watched = MinuteSet(bytes: row["watched"])
        record.eyesOpen = MinuteSet(bytes: row["eyes_open"])
        record.blindMinutes = JSONText.value(row["blind"]) ?? [:]
        record.skippedFrames = JSONText.value(row["skipped"]) ?? [:]
        record.keyFramesDue = row["key_frames_due"]
        record.keyFramesAnalysed = row["key_frames_analysed"]
        record.reconnects = row["reconnects"]
        record.lateness = LatenessCount(counts: JSONText.value(row["lateness"]) ?? [])
        return record
    }

    public func removeHealth(before day: LocalDay, faultsEndedBefore date: Date) async throws -> [String] {
        try await write { db in
            try db.execute(sql: "DELETE FROM health_days WHERE day < ?", arguments: [day.description])
            return try String.fetchAll(
                db, sql: "DELETE FROM faults WHERE ended_at < ? RETURNING id", arguments: [try StoreTime.milliseconds(date)])
        }
    }
}
