public import Casework
import Foundation
import GRDB

extension SQLiteCaseStore {
    /// Reads the whole store, one case after the other; takes about a second for 10,000 cases.
    public func problems() async throws -> [StoreProblem] {
        try await read { [life] db in try Self.problems(life, db) }
    }

    static func problems(_ life: CaseLife, _ db: Database) throws -> [StoreProblem] {
        try brokenChains(db) + lostRows(db) + editedCases(life, db) + editedIncidents(db) + editedUsers(db)
            + editedNotices(db) + CaseTotals.problems(db)
    }

    private static func brokenChains(_ db: Database) throws -> [StoreProblem] {
        try [HashChain.caseEvents, .ledger, .access, .retentionRuns, .externals].compactMap { chain in
            try chain.firstBroken(db).map {
                StoreProblem(
                    subject: "\(chain.table) line \($0)",
                    what: "was changed, taken out or put in: its hash does not follow from the line before")
            }
        }
    }

    /// Rows that the logs, or other rows, point at, and that are gone.
    private static func lostRows(_ db: Database) throws -> [StoreProblem] {
        let cases = try String.fetchAll(
            db, sql: "SELECT DISTINCT case_id FROM case_events WHERE case_id NOT IN (SELECT id FROM cases) ORDER BY case_id"
        ).map { StoreProblem(subject: "cases \($0)", what: "is gone, though its log is there") }
        let users = try String.fetchAll(
            db, sql: "SELECT DISTINCT id FROM ledger_entries WHERE kind = 'user' AND id NOT IN (SELECT id FROM users) ORDER BY id"
        ).map { StoreProblem(subject: "users \($0)", what: "is gone, though the ledger of users has it") }
        let references = try Row.fetchAll(db, sql: "PRAGMA foreign_key_check").compactMap { row -> StoreProblem? in
            let (table, parent): (String, String) = (row["table"], row["parent"])
            // Told above, once for all lines of the case.
            guard table != "case_events" else { return nil }
            guard table == "cases",
                let id = try String.fetchOne(
                    db, sql: "SELECT id FROM cases WHERE rowid = ?", arguments: [row["rowid"] as Int64?])
            else {
                return StoreProblem(
                    subject: "\(table) row \(row["rowid"] as Int64? ?? 0)", what: "points at a row of \(parent) that is gone")
            }
            return StoreProblem(subject: "cases \(id)", what: "points at a row of \(parent) that is gone")
        }
        return cases + users + references
    }

    /// A row must be what the case's lines come to.
    private static func editedCases(_ life: CaseLife, _ db: Database) throws -> [StoreProblem] {
        var problems: [StoreProblem] = []
        let rows = try Row.fetchCursor(db, sql: "SELECT * FROM cases ORDER BY id")
        while let row = try rows.next() {
            let id: String = row["id"]
            let events = try Row.fetchAll(db, sql: CaseQuery.eventsOfCase, arguments: [id]).map(event)
            let columns = try editedColumns(row, events, life)
            if !columns.isEmpty {
                problems.append(
                    StoreProblem(subject: "cases \(id)", what: "was edited: \(columns.joined(separator: ", ")) is not what its log tells"))
            }
        }
        return problems
    }

    private static func editedColumns(_ row: Row, _ events: [CaseEvent], _ life: CaseLife) throws -> [String] {
        guard let sealed = events.first(where: { $0.kind == "sealed" }),
            let detail = SealedDetail(sealed.detail)
        else { return ["everything (no line tells of its sealing)"] }
        guard let told = try? CaseLog.standing(after: events, life: life) else { return ["state (its log tells of a step that cannot be)"] }
        let deleted = events.first { $0.kind == "deleted" }
        var columns: [String] = []
        func check(_ column: String, _ expected: (any DatabaseValueConvertible)?) {
            if (row[column] as DatabaseValue) != (expected?.databaseValue ?? .null) { columns.append(column) }
        }
        check("incident_id", detail.incident)
        check("package_path", detail.package)
        check("manifest_sha256", detail.manifest_sha256)
        check("created_at", try StoreTime.milliseconds(sealed.at))
        check("state", told.state.rawValue)
        check("due_at", try StoreTime.milliseconds(ifAny: told.dueAt))
        check("settled_at", try StoreTime.milliseconds(ifAny: told.settledAt))
        check("shop_id", told.shopID)
        check("deleted_at", try StoreTime.milliseconds(ifAny: deleted?.at))
        if (try? StandingText.standing(row["standing"])) != told { columns.append("standing") }
        if let incident = detail.record {
            check("channel_id", incident.channelID)
            check("violation", incident.violation)
        }
        return columns
    }

    /// The incident of a case must be what it was when it was sealed, or when it cleared.
    private static func editedIncidents(_ db: Database) throws -> [StoreProblem] {
        var problems: [StoreProblem] = []
        let rows = try Row.fetchCursor(
            db,
            sql: """
                SELECT \(CaseQuery.columns), case_events.detail AS told, incidents.channel_id AS seen_by,
                    incidents.violation AS seen_as
                FROM cases JOIN incidents ON incidents.id = cases.incident_id
                JOIN case_events ON case_events.sequence = (
                    SELECT MAX(sequence) FROM case_events WHERE case_id = cases.id AND kind IN ('sealed', 'went-on', 'cleared'))
                """)
        while let row = try rows.next() {
            guard let detail = SealedDetail(row["told"]), let told = detail.record else { continue }
            // A row that cannot be read was edited, too; if it is the case's own, that is told of the case.
            let stored = try? CaseQuery.record(row).incident
            // Channel and violation of the record are the case's copies.
            if stored != told || row["seen_by"] != told.channelID || row["seen_as"] != told.violation {
                problems.append(StoreProblem(subject: "incidents \(told.id)", what: "was edited: it is not what the case's log tells"))
            }
        }
        return problems
    }

    private static func editedUsers(_ db: Database) throws -> [StoreProblem] {
        try Row.fetchAll(db, sql: "SELECT * FROM users ORDER BY id").compactMap { row in
            let id: String = row["id"]
            let told = try ledgerEntry(.user, id, db)?.document
            if let user = try? user(row), try told == userDocument(user), try isAsWritten(row, user) { return nil }
            return StoreProblem(subject: "users \(id)", what: "was edited: it is not what the ledger of users tells")
        }
    }

    /// Whether the JSON columns are texts that this program writes: one that it cannot read would count as none.
    private static func isAsWritten(_ row: Row, _ user: UserRecord) throws -> Bool {
        try (row["certificate"] as String?) == user.certificate.map { try JSONText.of($0) }
            && (row["camera_groups"] as String) == JSONText.of(user.cameraGroups)
    }
}

/// What the `sealed` and `cleared` lines hold; lines from before the incident was kept in them have no `record`.
struct SealedDetail: Codable {
    var incident: String
    var manifest_sha256: String?
    var package: String?
    var record: IncidentRecord?
}

extension SealedDetail {
    /// nil for a text that holds something else.
    init?(_ text: String) {
        guard let value = try? CaseLog.decoder().decode(SealedDetail.self, from: Data(text.utf8)) else { return nil }
        self = value
    }
}
