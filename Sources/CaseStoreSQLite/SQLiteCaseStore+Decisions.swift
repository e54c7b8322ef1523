public import Casework
public import Foundation
import GRDB

extension SQLiteCaseStore {
    /// Kinds of event that only the store itself writes, each together with the change it tells of.
    private static let ownKinds: Set<String> = ["sealed", "decided", "undone", "cleared"]

    /// - Throws: `CaseStoreError.conflict` with what stands now, `.refused` with the reason, `.notFound` for an unknown
    ///   case or user.
    public func decide(caseID: String, _ decision: Decision) async throws -> CaseRecord {
        try await write { [life] db in
            let standing = try Self.existing(caseID, db)
            let next: CaseState
            do throws(CaseLife.Refusal) {
                next = try life.state(after: .decide(decision), from: standing.state, standing: standing.decision)
            } catch {
                throw try Self.named(error, standing, db)
            }
            guard try Self.displayName(decision.userID, db) != nil else {
                throw CaseStoreError.notFound("user “\(decision.userID)”")
            }
            try db.execute(
                sql:
                    "UPDATE cases SET state = ?, verdict = ?, reason = ?, note = ?, decided_by = ?, decided_at = ? WHERE id = ?",
                arguments: [
                    next.rawValue, decision.verdict.rawValue, decision.reason, decision.note, decision.userID,
                    try StoreTime.milliseconds(decision.at), caseID,
                ])
            var detail = ["verdict": decision.verdict.rawValue, "note": decision.note]
            detail["reason"] = decision.reason
            try EventChain.append(
                db, caseID: caseID, at: decision.at, actor: decision.userID, kind: "decided",
                detail: JSONText.object(detail))
            return try Self.existing(caseID, db)
        }
    }

    /// Makes the case a candidate again if the word that stands is this officer's and not older than the undo window.
    /// - Throws: `CaseStoreError.refused` with the reason, `.notFound`.
    public func undoDecision(caseID: String, userID: String, at: Date) async throws -> CaseRecord {
        try await write { [life] db in
            let standing = try Self.existing(caseID, db)
            let next: CaseState
            do throws(CaseLife.Refusal) {
                next = try life.state(
                    after: .undo(userID: userID, at: at), from: standing.state, standing: standing.decision)
            } catch {
                throw try Self.named(error, standing, db)
            }
            try db.execute(
                sql: """
                    UPDATE cases SET state = ?, verdict = NULL, reason = NULL, note = NULL, decided_by = NULL, decided_at = NULL
                    WHERE id = ?
                    """,
                arguments: [next.rawValue, caseID])
            var detail = ["verdict": standing.decision?.verdict.rawValue ?? ""]
            detail["reason"] = standing.decision?.reason
            try EventChain.append(
                db, caseID: caseID, at: at, actor: userID, kind: "undone", detail: JSONText.object(detail))
            return try Self.existing(caseID, db)
        }
    }

    /// - Throws: `CaseStoreError.refused` if `detail` is no JSON object or `kind` is one that the store writes itself.
    public func appendEvent(caseID: String, at: Date, actor: String, kind: String, detail: String) async throws {
        guard JSONText.isObject(detail) else {
            throw CaseStoreError.refused("event “\(kind)” of case \(caseID): its detail is no JSON object")
        }
        guard !Self.ownKinds.contains(kind), !kind.isEmpty, !actor.isEmpty else {
            throw CaseStoreError.refused("event “\(kind)” of case \(caseID) by “\(actor)” cannot be added on its own")
        }
        try await write { db in
            _ = try Self.existing(caseID, db)
            try EventChain.append(db, caseID: caseID, at: at, actor: actor, kind: kind, detail: detail)
        }
    }

    /// The case's lines, oldest first.
    public func events(caseID: String) async throws -> [CaseEvent] {
        try await read { db in
            try Row.fetchAll(db, sql: CaseQuery.eventsOfCase, arguments: [caseID]).map { row in
                CaseEvent(
                    sequence: row["sequence"], caseID: row["case_id"], at: StoreTime.date(row["at"]),
                    actor: row["actor"],
                    kind: row["kind"], detail: row["detail"], hash: row["hash"])
            }
        }
    }

    public func firstBrokenEvent() async throws -> Int64? {
        try await read { db in try EventChain.firstBroken(db) }
    }

    private static func existing(_ caseID: String, _ db: Database) throws -> CaseRecord {
        guard let record = try caseRecord(caseID, db) else { throw CaseStoreError.notFound("case \(caseID)") }
        return record
    }

    /// The refusal in the store's words: lost races are conflicts and say what stands now.
    private static func named(
        _ refusal: CaseLife.Refusal, _ standing: CaseRecord, _ db: Database
    ) throws -> CaseStoreError {
        guard case .decidedAlready = refusal, let decision = standing.decision else {
            return .refused("case \(standing.id) \(refusal)")
        }
        let officer = try displayName(decision.userID, db) ?? decision.userID
        return .conflict(
            "case \(standing.id) is \(standing.state.rawValue) by \(officer) since \(decision.at.formatted(.iso8601))")
    }

    private static func displayName(_ userID: String, _ db: Database) throws -> String? {
        try String.fetchOne(db, sql: "SELECT display_name FROM users WHERE id = ?", arguments: [userID])
    }
}
