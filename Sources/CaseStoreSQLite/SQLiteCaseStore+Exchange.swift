public import Casework
public import Evidence
public import Foundation
import GRDB

extension SQLiteCaseStore {
    /// How far around an import's time cases are compared: an act may have been sealed long before it was cleared.
    private static let reach: TimeInterval = 2 * 86_400

    // MARK: The log, read from outside

    public func events(after sequence: Int64, limit: Int) async throws -> [CaseEvent] {
        try await read { db in
            try Row.fetchAll(
                db, sql: "SELECT * FROM case_events WHERE sequence > ? ORDER BY sequence LIMIT ?",
                arguments: [sequence, max(1, limit)]
            ).map(Self.event)
        }
    }

    public func lastEventSequence() async throws -> Int64 {
        try await read { db in try Int64.fetchOne(db, sql: "SELECT MAX(sequence) FROM case_events") ?? 0 }
    }

    public func logLines(caseID: String) async throws -> [BundleLogLine] {
        try await read { db in
            try Row.fetchAll(
                db,
                sql: """
                    SELECT line.sequence, line.case_id, line.at, line.actor, line.kind, line.detail, line.hash, before.hash AS previous
                    FROM case_events AS line LEFT JOIN case_events AS before ON before.sequence = line.sequence - 1
                    WHERE line.case_id = ? ORDER BY line.sequence
                    """,
                arguments: [caseID]
            ).map { row in
                BundleLogLine(
                    sequence: row["sequence"], caseID: row["case_id"], at: row["at"], actor: row["actor"], kind: row["kind"],
                    detail: row["detail"], previousHash: row["previous"] ?? HashChain.origin, hash: row["hash"])
            }
        }
    }

    // MARK: Cursors

    public func deliveryCursors() async throws -> [DeliveryCursor] {
        try await read { db in
            try Row.fetchAll(db, sql: "SELECT * FROM delivery_cursors ORDER BY name").map(Self.cursor)
        }
    }

    public func deliveryCursor(_ name: String) async throws -> DeliveryCursor? {
        try await read { db in
            try Row.fetchOne(db, sql: "SELECT * FROM delivery_cursors WHERE name = ?", arguments: [name]).map(Self.cursor)
        }
    }

    /// Never goes back.
    public func saveDeliveryCursor(_ cursor: DeliveryCursor) async throws {
        let failingSince = try StoreTime.milliseconds(ifAny: cursor.failingSince)
        let updatedAt = try StoreTime.milliseconds(cursor.updatedAt)
        try await write { db in
            try db.execute(
                sql: """
                    INSERT INTO delivery_cursors (name, sequence, failing_since, failures, last_error, updated_at)
                    VALUES (?, ?, ?, ?, ?, ?)
                    ON CONFLICT (name) DO UPDATE SET sequence = MAX(sequence, excluded.sequence),
                        failing_since = excluded.failing_since, failures = excluded.failures, last_error = excluded.last_error,
                        updated_at = excluded.updated_at
                    """,
                arguments: [cursor.name, cursor.sequence, failingSince, cursor.failures, cursor.lastError, updatedAt])
        }
    }

    private static func cursor(_ row: Row) -> DeliveryCursor {
        DeliveryCursor(
            name: row["name"], sequence: row["sequence"], failingSince: (row["failing_since"] as Int64?).map(StoreTime.date),
            failures: row["failures"], lastError: row["last_error"], updatedAt: StoreTime.date(row["updated_at"]))
    }

    // MARK: What others saw

    public func addExternal(
        _ finding: ExternalFinding, match: ExternalMatch, at: Date
    ) async throws -> (record: ExternalRecord, isNew: Bool) {
        var finding = finding
        finding.at = StoreTime.date(try StoreTime.milliseconds(finding.at))
        let text = try StandingText.text(of: finding)
        return try await write { [finding] db in
            if let row = try Row.fetchOne(
                db, sql: "SELECT * FROM external_findings WHERE source = ? AND id = ?", arguments: [finding.source, finding.id])
            {
                let standing = try Self.external(row)
                guard standing.finding == finding else {
                    throw CaseStoreError.conflict("external finding “\(finding.id)” of “\(finding.source)”")
                }
                return (standing, false)
            }
            if let channel = finding.channelID, try Self.channelInService(db, channel) == nil {
                throw CaseStoreError.notFound("channel “\(channel)”")
            }
            let caseID = try Self.sameCase(finding, match, db)
            let earlier = try Self.sameExternal(finding, match, db)
            let line = try HashChain.externals.append(
                db,
                [
                    finding.source, finding.id, finding.violation?.databaseValue ?? .null, try StoreTime.milliseconds(finding.at), text,
                    try StoreTime.milliseconds(at), caseID?.databaseValue ?? .null, earlier?.databaseValue ?? .null,
                ])
            if let caseID {
                let detail = ["source": finding.source, "id": finding.id, "code": finding.code, "line": String(line.sequence)]
                try EventChain.append(
                    db, caseID: caseID, at: at, actor: "machine", kind: "external-duplicate", detail: JSONText.object(detail))
            }
            return (
                ExternalRecord(
                    sequence: line.sequence, finding: finding, receivedAt: StoreTime.date(try StoreTime.milliseconds(at)),
                    duplicateOfCase: caseID, duplicateOf: earlier), true
            )
        }
    }

    public func externals(before sequence: Int64?, limit: Int) async throws -> [ExternalRecord] {
        try await read { db in
            try Row.fetchAll(
                db, sql: "SELECT * FROM external_findings WHERE sequence < ? ORDER BY sequence DESC LIMIT ?",
                arguments: [sequence ?? .max, max(1, limit)]
            ).map(Self.external)
        }
    }

    private static func external(_ row: Row) throws -> ExternalRecord {
        let text: String = row["finding"]
        return ExternalRecord(
            sequence: row["sequence"], finding: try CaseLog.decoder().decode(ExternalFinding.self, from: Data(text.utf8)),
            receivedAt: StoreTime.date(row["received_at"]), duplicateOfCase: row["duplicate_case"], duplicateOf: row["duplicate_of"])
    }

    /// The oldest of our cases that is the same act.
    private static func sameCase(_ finding: ExternalFinding, _ match: ExternalMatch, _ db: Database) throws -> String? {
        guard let sighting = finding.sighting else { return nil }
        let rows = try Row.fetchCursor(
            db,
            sql: """
                SELECT \(CaseQuery.columns) FROM cases JOIN incidents ON incidents.id = cases.incident_id
                WHERE cases.violation = ? AND cases.created_at BETWEEN ? AND ? ORDER BY cases.created_at
                """,
            arguments: [
                sighting.violation, try StoreTime.milliseconds(max(Date(timeIntervalSince1970: 0), finding.at - reach)),
                try StoreTime.milliseconds(finding.at + reach),
            ])
        var channels: [String: ChannelRecord?] = [:]
        while let row = try rows.next() {
            let record = try CaseQuery.record(row)
            let id = record.incident.channelID
            if channels[id] == nil { channels[id] = .some(try channelInService(db, id)) }
            if match.isSame(sighting, ExternalMatch.Sighting(record.incident, channel: channels[id] ?? nil)) { return record.id }
        }
        return nil
    }

    /// The oldest import that is the same act, of any source.
    private static func sameExternal(_ finding: ExternalFinding, _ match: ExternalMatch, _ db: Database) throws -> Int64? {
        guard let sighting = finding.sighting else { return nil }
        let span = match.minutes * 60 + 1
        let rows = try Row.fetchCursor(
            db, sql: "SELECT * FROM external_findings WHERE violation = ? AND at BETWEEN ? AND ? ORDER BY sequence",
            arguments: [
                sighting.violation, try StoreTime.milliseconds(max(Date(timeIntervalSince1970: 0), finding.at - span)),
                try StoreTime.milliseconds(finding.at + span),
            ])
        while let row = try rows.next() {
            let record = try external(row)
            if let other = record.finding.sighting, match.isSame(sighting, other) { return record.duplicateOf ?? record.sequence }
        }
        return nil
    }

    // MARK: The party's code

    public func issuePartyCode(caseID: String, by userID: String, at: Date) async throws -> PartyCode {
        var generator = SystemRandomNumberGenerator()
        let code = PartyCode.make(using: &generator)
        try await write { db in
            guard let record = try Self.caseRecord(caseID, db) else { throw CaseStoreError.notFound("case \(caseID)") }
            guard record.deletedAt == nil, record.state.isTrue else {
                throw CaseStoreError.refused("case \(caseID): nothing that a party could look at")
            }
            try EventChain.append(
                db, caseID: caseID, at: at, actor: userID, kind: "party-code", detail: JSONText.object(["sha256": code.sha256]))
        }
        return code
    }

    public func caseID(of code: PartyCode) async throws -> String? {
        try await read { db in
            try String.fetchOne(
                db, sql: "SELECT case_id FROM case_events WHERE kind = 'party-code' AND json_extract(detail, '$.sha256') = ?",
                arguments: [code.sha256])
        }
    }
}
