import Casework
import GRDB

/// The queue's statements, apart from the store so that their query plans can be looked at.
package enum CaseQuery {
    /// Columns of a `CaseRecord`, of `cases` joined with `incidents`.
    static let columns = """
        cases.id, cases.incident_id, cases.channel_id, cases.violation, cases.state, cases.created_at, cases.package_path,
        cases.manifest_sha256, cases.standing, cases.deleted_at,
        incidents.zone_id, incidents.zones_version, incidents.rule_version, incidents.phase, incidents.opened_at,
        incidents.confirmed_at, incidents.cleared_at, incidents.box_x, incidents.box_y, incidents.box_width,
        incidents.box_height, incidents.score
        """

    package static let one = """
        SELECT \(columns) FROM cases JOIN incidents ON incidents.id = cases.incident_id WHERE cases.id = ?
        """

    package static let totalsOfStore = "SELECT * FROM case_totals WHERE cut = 'store' AND day = 0"

    /// The same of some channels, ids in the JSON list `channels`, over all days.
    package static let totalsWithin = """
        SELECT violation, \(CaseTotals.sums) FROM case_totals
        WHERE cut = 'both' AND channel_id IN (SELECT value FROM json_each(:channels)) GROUP BY violation
        """

    /// The totals of days `first`…`last`, a row each day and violation.
    package static let totalsByViolation = """
        SELECT day, violation, \(CaseTotals.names) FROM case_totals WHERE cut = 'violation' AND day BETWEEN :first AND :last
        """

    /// The same of some channels, ids in the JSON list `channels`.
    package static let totalsOfChannels = """
        SELECT day, violation, \(CaseTotals.sums) FROM case_totals
        WHERE cut = 'both' AND day BETWEEN :first AND :last AND channel_id IN (SELECT value FROM json_each(:channels))
        GROUP BY day, violation
        """

    package static let totalsByChannel = """
        SELECT channel_id, \(CaseTotals.sums) FROM case_totals WHERE cut = 'channel' AND day BETWEEN :first AND :last GROUP BY channel_id
        """

    /// Reviewed cases by minutes, of the channel ids in the JSON list `channels` (one that is empty for all together).
    package static let reviewTimes = """
        SELECT minutes, SUM(cases) FROM review_times
        WHERE channel_id IN (SELECT value FROM json_each(:channels)) AND day BETWEEN :first AND :last
        GROUP BY minutes HAVING SUM(cases) > 0 ORDER BY minutes
        """

    /// Ids that begin with a text: `low` is the text, `high` the first that no such id reaches.
    package static func startingWith(_ column: String) -> String {
        "SELECT created_at, id FROM cases WHERE \(column) >= :low AND \(column) < :high ORDER BY \(column) DESC LIMIT :limit"
    }

    package static let eventsOfCase = """
        SELECT sequence, case_id, at, actor, kind, detail, hash FROM case_events WHERE case_id = ? ORDER BY sequence
        """

    static func record(_ row: Row) throws -> CaseRecord {
        let id: String = row["id"]
        guard let phase = IncidentRecord.Phase(rawValue: row["phase"]), let standing = try? StandingText.standing(row["standing"])
        else {
            throw CaseStoreError.refused("case \(id): its standing or its incident's phase is unknown to this version of the program")
        }
        let incident = IncidentRecord(
            id: row["incident_id"], channelID: row["channel_id"], violation: row["violation"], zoneID: row["zone_id"],
            zonesVersion: row["zones_version"], ruleVersion: row["rule_version"], phase: phase,
            openedAt: StoreTime.date(row["opened_at"]),
            confirmedAt: (row["confirmed_at"] as Int64?).map(StoreTime.date),
            clearedAt: (row["cleared_at"] as Int64?).map(StoreTime.date),
            box: [row["box_x"], row["box_y"], row["box_width"], row["box_height"]], score: row["score"])
        return CaseRecord(
            id: id, incident: incident, createdAt: StoreTime.date(row["created_at"]), packagePath: row["package_path"],
            manifestSHA256: row["manifest_sha256"], standing: standing,
            deletedAt: (row["deleted_at"] as Int64?).map(StoreTime.date))
    }
}
