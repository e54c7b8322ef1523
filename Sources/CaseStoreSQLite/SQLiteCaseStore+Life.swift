public import Casework
public import Foundation
import GRDB

extension SQLiteCaseStore {
    /// Kinds of event that only the store itself writes, each together with the change it tells of.
    private static let ownKinds = Set(CaseAction.Kind.allCases.map { CaseAction($0).eventKind }).union([
        "sealed", "went-on", "cleared", "deleted", "party-code", "external-duplicate",
    ])
    .union(NoticeReport.Kind.allCases.map(\.eventKind))

    /// Times are kept in whole milliseconds, those in the action too.
    /// - Throws: `CaseLife.Refusal` with the reason, `CaseStoreError.notFound` for an unknown case or user, `.refused` for a
    ///   case whose package retention has removed.
    public func act(caseID: String, _ action: CaseAction, by userID: String, at: Date) async throws -> CaseRecord {
        try await write { [life, coolDown] db in
            let record = try Self.existing(caseID, db)
            if let deleted = record.deletedAt {
                throw CaseStoreError.refused("case \(caseID): its package was deleted at \(deleted.formatted(.iso8601))")
            }
            let at = StoreTime.date(try StoreTime.milliseconds(at))
            var action = action
            action.dueAt = try StoreTime.milliseconds(ifAny: action.dueAt).map(StoreTime.date)
            let next = try life.standing(after: action, by: Self.actor(userID, db), at: at, from: record.standing)
            let sequence = try EventChain.append(
                db, caseID: caseID, at: at, actor: userID, kind: action.eventKind, detail: StandingText.text(of: action))
            try Self.releaseNotice(of: action, sequence: sequence, caseID: caseID, shopID: next.shopID, at: at, coolDown, db)
            try db.execute(
                sql: "UPDATE cases SET state = ?, standing = ?, due_at = ?, settled_at = ?, shop_id = ? WHERE id = ?",
                arguments: [
                    next.state.rawValue, try StandingText.text(of: next), try StoreTime.milliseconds(ifAny: next.dueAt),
                    try StoreTime.milliseconds(ifAny: next.settledAt), next.shopID, caseID,
                ])
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
            try Row.fetchAll(db, sql: CaseQuery.eventsOfCase, arguments: [caseID]).map(Self.event)
        }
    }

    public func firstBrokenEvent() async throws -> Int64? {
        try await read { db in try HashChain.caseEvents.firstBroken(db) }
    }

    static func event(_ row: Row) -> CaseEvent {
        CaseEvent(
            sequence: row["sequence"], caseID: row["case_id"], at: StoreTime.date(row["at"]), actor: row["actor"],
            kind: row["kind"], detail: row["detail"], hash: row["hash"])
    }

    private static func existing(_ caseID: String, _ db: Database) throws -> CaseRecord {
        guard let record = try caseRecord(caseID, db) else { throw CaseStoreError.notFound("case \(caseID)") }
        return record
    }

    /// Role and certificate as they are now, whatever the session says.
    private static func actor(_ userID: String, _ db: Database) throws -> CaseActor {
        if userID == CaseActor.machine.id { return .machine }
        if userID == CaseActor.party.id { return .party }
        guard let user = try user(userID, db), user.enabled else { throw CaseStoreError.notFound("user “\(userID)”") }
        return CaseActor(user)
    }
}
