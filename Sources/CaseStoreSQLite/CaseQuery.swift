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

    /// A page of one state, newest first. One state only, since an index gives its rows in order for one value of its first
    /// column: pages over several states are merged from one such page each.
    ///
    /// Arguments by name: `state`, `limit`, and where asked for `violation`, `channel`, `created_at` and `id` of the last row before.
    package static func page(byViolation: Bool, byChannel: Bool, after: Bool) -> String {
        var conditions = ["cases.state = :state"]
        if byViolation { conditions.append("cases.violation = :violation") }
        if byChannel { conditions.append("cases.channel_id = :channel") }
        if after { conditions.append("(cases.created_at, cases.id) < (:created_at, :id)") }
        return """
            SELECT \(columns) FROM cases JOIN incidents ON incidents.id = cases.incident_id
            WHERE \(conditions.joined(separator: " AND "))
            ORDER BY cases.created_at DESC, cases.id DESC LIMIT :limit
            """
    }

    package static let countsByState = "SELECT state, COUNT(*) FROM cases GROUP BY state"

    package static let candidatesByViolation = """
        SELECT violation, COUNT(*) FROM cases WHERE state = ? GROUP BY violation
        """

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
