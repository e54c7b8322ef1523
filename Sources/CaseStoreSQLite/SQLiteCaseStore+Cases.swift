public import Casework
import Foundation
import GRDB

extension SQLiteCaseStore {
    /// The largest page that is read at once.
    private static let pageLimit = 500

    /// Adds a sealed case, with its incident and a `sealed` event, in one transaction; `false` if it is there already.
    /// - Throws: `CaseStoreError.conflict` if the id is there with another manifest, `.exists` if the incident or the package
    ///   has another case, `.notFound` if the store does not know the channel.
    @discardableResult
    public func addCase(_ record: CaseRecord, actor: String) async throws -> Bool {
        guard record.standing == CaseStanding(), record.deletedAt == nil else {
            throw CaseStoreError.refused("case \(record.id): a new case is a candidate, without a decision")
        }
        guard !record.id.isEmpty, !record.packagePath.isEmpty else {
            throw CaseStoreError.refused("case “\(record.id)”: its id or its package's path is empty")
        }
        return try await write { db in
            if let stored = try String.fetchOne(
                db, sql: "SELECT manifest_sha256 FROM cases WHERE id = ?", arguments: [record.id])
            {
                guard stored == record.manifestSHA256 else {
                    throw CaseStoreError.conflict("case \(record.id): stored with manifest \(stored)")
                }
                return false
            }
            if let other = try String.fetchOne(
                db, sql: "SELECT id FROM cases WHERE incident_id = ? OR package_path = ?",
                arguments: [record.incident.id, record.packagePath])
            {
                throw CaseStoreError.exists(
                    "case \(other) of incident \(record.incident.id) or package \(record.packagePath)")
            }
            try Self.record(record.incident, db)
            try db.execute(
                sql: """
                    INSERT INTO cases (id, incident_id, channel_id, violation, state, created_at, package_path, manifest_sha256, standing)
                    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
                    """,
                arguments: [
                    record.id, record.incident.id, record.incident.channelID, record.incident.violation,
                    record.state.rawValue, try StoreTime.milliseconds(record.createdAt), record.packagePath,
                    record.manifestSHA256, try StandingText.text(of: record.standing),
                ])
            try EventChain.append(
                db, caseID: record.id, at: record.createdAt, actor: actor, kind: "sealed",
                detail: StandingText.text(
                    of: SealedDetail(
                        incident: record.incident.id, manifest_sha256: record.manifestSHA256, package: record.packagePath,
                        record: Self.incident(of: record.id, db))))
            return true
        }
    }

    public func caseRecord(id: String) async throws -> CaseRecord? {
        try await read { db in try Self.caseRecord(id, db) }
    }

    static func caseRecord(_ id: String, _ db: Database) throws -> CaseRecord? {
        let statement = try db.cachedStatement(sql: CaseQuery.one)
        return try Row.fetchOne(statement, arguments: [id]).map(CaseQuery.record)
    }

    /// A page of at most `limit` (1…500) cases, newest first. Cost: one index walk per state asked for, and `limit` rows read,
    /// whatever the size of the store; `CaseWalk` says what each filter adds.
    public func cases(_ filter: CaseFilter, after cursor: CaseCursor?, limit: Int) async throws -> CasePage {
        let limit = min(max(limit, 1), Self.pageLimit)
        // One more than the page holds tells whether another page follows.
        let found = try await read { db in
            let walk = try CaseWalk(filter, after: cursor, limit: limit + 1)
            return try walk.ids(db, limit: limit + 1).compactMap { id in try Self.caseRecord(id, db) }
        }
        let page = Array(found.prefix(limit))
        let next = found.count > limit ? page.last.map { CaseCursor(createdAt: $0.createdAt, id: $0.id) } : nil
        return CasePage(cases: page, next: next)
    }

    /// Every state has an entry, 0 where no case stands; violations only where a candidate waits. Reads one row a violation.
    public func counts() async throws -> CaseCounts {
        try await read { db in Self.counts(try Row.fetchAll(db, sql: CaseQuery.totalsOfStore)) }
    }

    /// Reads one row a day, channel of the scope and violation.
    public func counts(within scope: AccessScope) async throws -> CaseCounts {
        guard let channels = scope.channelIDs else { return try await counts() }
        let list = try JSONText.of(channels.sorted())
        return try await read { db in
            Self.counts(try Row.fetchAll(db, sql: CaseQuery.totalsWithin, arguments: ["channels": list]))
        }
    }

    private static func counts(_ rows: [Row]) -> CaseCounts {
        var byState = Dictionary(uniqueKeysWithValues: CaseState.allCases.map { ($0.rawValue, 0) })
        var byViolation: [String: Int] = [:]
        for row in rows {
            for state in CaseState.allCases { byState[state.rawValue, default: 0] += row[CaseTotals.column(of: state)] }
            let waiting = CaseState.waiting.reduce(0) { $0 + (row[CaseTotals.column(of: $1)] as Int) }
            if waiting > 0 { byViolation[row["violation"]] = waiting }
        }
        return CaseCounts(byState: byState, candidatesByViolation: byViolation)
    }

    /// Package path by case id, of all cases whose package was not deleted.
    public func packagePaths() async throws -> [String: String] {
        try await read { db in
            var paths: [String: String] = [:]
            let rows = try Row.fetchCursor(db, sql: "SELECT id, package_path FROM cases WHERE deleted_at IS NULL")
            while let row = try rows.next() { paths[row[0]] = row[1] }
            return paths
        }
    }
}
