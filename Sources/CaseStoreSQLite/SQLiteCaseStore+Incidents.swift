public import Casework
import Foundation
import GRDB

extension SQLiteCaseStore {
    /// Inserts the incident, or moves it on; a phase before the one stored changes nothing.
    ///
    /// What the incident is (channel, violation, zone, versions, start) never changes: a record that differs in channel,
    /// violation or zone is refused, the rest keeps its first value. Clearing an incident that has a case adds a `cleared`
    /// line to the case's log in the same transaction.
    public func recordIncident(_ incident: IncidentRecord) async throws {
        try await write { db in
            try Self.record(incident, db)
        }
    }

    static func record(_ incident: IncidentRecord, _ db: Database) throws {
        guard incident.box.count == 4 else {
            throw CaseStoreError.refused(
                "incident \(incident.id): its box has \(incident.box.count) numbers instead of x, y, width, height")
        }
        let stored = try Row.fetchOne(
            db, sql: "SELECT channel_id, violation, zone_id, phase FROM incidents WHERE id = ?",
            arguments: [incident.id])
        guard let stored else { return try insert(incident, db) }
        guard stored["channel_id"] == incident.channelID, stored["violation"] == incident.violation,
            stored["zone_id"] == incident.zoneID
        else {
            throw CaseStoreError.refused("incident \(incident.id) is stored with another channel, violation or zone")
        }
        let before = IncidentRecord.Phase(rawValue: stored["phase"])?.rank ?? 0
        let caseID = try String.fetchOne(db, sql: "SELECT id FROM cases WHERE incident_id = ?", arguments: [incident.id])
        // What a case stands on changes with a line in the case's log only.
        guard incident.phase.rank >= before, caseID == nil || incident.phase.rank > before else { return }
        try db.execute(
            sql: """
                UPDATE incidents SET phase = ?, confirmed_at = COALESCE(confirmed_at, ?), cleared_at = COALESCE(cleared_at, ?),
                    box_x = ?, box_y = ?, box_width = ?, box_height = ?, score = ?
                WHERE id = ?
                """,
            arguments: [
                incident.phase.rawValue, try StoreTime.milliseconds(ifAny: incident.confirmedAt),
                try StoreTime.milliseconds(ifAny: incident.clearedAt), incident.box[0], incident.box[1],
                incident.box[2],
                incident.box[3], incident.score, incident.id,
            ])
        guard let caseID else { return }
        try EventChain.append(
            db, caseID: caseID, at: incident.clearedAt ?? incident.confirmedAt ?? incident.openedAt, actor: "machine",
            kind: incident.phase == .cleared ? "cleared" : "went-on",
            detail: StandingText.text(of: SealedDetail(incident: incident.id, record: self.incident(of: caseID, db))))
    }

    /// The incident of a case as it is stored.
    static func incident(of caseID: String, _ db: Database) throws -> IncidentRecord? {
        try caseRecord(caseID, db)?.incident
    }

    private static func insert(_ incident: IncidentRecord, _ db: Database) throws {
        guard
            try Bool.fetchOne(
                db, sql: "SELECT EXISTS (SELECT 1 FROM channels WHERE id = ?)", arguments: [incident.channelID]) == true
        else { throw CaseStoreError.notFound("channel “\(incident.channelID)” of incident \(incident.id)") }
        try db.execute(
            sql: """
                INSERT INTO incidents (id, channel_id, violation, zone_id, zones_version, rule_version, phase, opened_at,
                    confirmed_at, cleared_at, box_x, box_y, box_width, box_height, score)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                """,
            arguments: [
                incident.id, incident.channelID, incident.violation, incident.zoneID, incident.zonesVersion,
                incident.ruleVersion, incident.phase.rawValue, try StoreTime.milliseconds(incident.openedAt),
                try StoreTime.milliseconds(ifAny: incident.confirmedAt),
                try StoreTime.milliseconds(ifAny: incident.clearedAt),
                incident.box[0], incident.box[1], incident.box[2], incident.box[3], incident.score,
            ])
    }
}

extension IncidentRecord.Phase {
    /// Place in the order in which an incident goes through its phases.
    fileprivate var rank: Int {
        switch self {
        case .opened: 0
        case .confirmed: 1
        case .cleared: 2
        }
    }
}
