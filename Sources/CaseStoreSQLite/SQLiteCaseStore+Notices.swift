public import Casework
public import Foundation
import GRDB

extension SQLiteCaseStore {
    /// Columns of a `NoticeRecord`, of `notices` joined with the line that released it and its case.
    private static let noticeColumns = """
        SELECT notices.*, case_events.kind AS line_kind, case_events.actor AS line_actor, case_events.at AS line_at,
            case_events.detail AS line_detail, cases.shop_id AS shop_id
        FROM notices JOIN case_events ON case_events.sequence = notices.event_sequence JOIN cases ON cases.id = notices.case_id
        """

    private static let noticePage = 1...500

    // MARK: Release

    /// Within `act`'s transaction: puts the message that goes with a reminder or an order into the queue.
    /// - Throws: `NoticeRefusal`; the action then has not happened.
    static func releaseNotice(
        of action: CaseAction, sequence: Int64, caseID: String, shopID: String?, at: Date, _ coolDown: CoolDown, _ db: Database
    ) throws {
        guard let notice = action.notice else { return }
        guard action.kind == .remind || action.kind == .order else { throw NoticeRefusal.noMessage(action.kind) }
        try notice.check()
        try coolDown.check(action.kind, latest: latestNotice(to: notice.recipient, shopID: shopID, db), at: at)
        let milliseconds = try StoreTime.milliseconds(at)
        try db.execute(
            sql: """
                INSERT INTO notices (event_sequence, case_id, medium, recipient, released_at, status, status_at, next_attempt_at)
                VALUES (?, ?, ?, ?, ?, 'waiting', ?, ?)
                """,
            arguments: [sequence, caseID, notice.medium, notice.recipient, milliseconds, milliseconds, milliseconds])
    }

    /// When this number or shop last got a message that was not lost.
    private static func latestNotice(to recipient: String, shopID: String?, _ db: Database) throws -> Date? {
        let byNumber = try Int64.fetchOne(
            db, sql: "SELECT MAX(released_at) FROM notices WHERE recipient = ? AND status <> 'failed'", arguments: [recipient])
        let byShop =
            try shopID.flatMap {
                try Int64.fetchOne(
                    db,
                    sql: """
                        SELECT MAX(notices.released_at) FROM cases JOIN notices ON notices.case_id = cases.id
                        WHERE cases.shop_id = ? AND notices.status <> 'failed'
                        """, arguments: [$0])
            }
        return [byNumber, byShop].compactMap { $0 }.max().map(StoreTime.date)
    }

    // MARK: Reading

    public func notice(id: Int64) async throws -> NoticeRecord? {
        try await read { db in try Self.notice(id, db) }
    }

    public func notices(caseID: String) async throws -> [NoticeRecord] {
        try await read { db in
            try Row.fetchAll(
                db, sql: Self.noticeColumns + " WHERE notices.case_id = ? ORDER BY notices.event_sequence", arguments: [caseID]
            ).map(Self.notice)
        }
    }

    public func notices(_ statuses: [NoticeRecord.Status], before: Int64?, limit: Int) async throws -> [NoticeRecord] {
        let limit = min(max(limit, Self.noticePage.lowerBound), Self.noticePage.upperBound)
        let asked = statuses.isEmpty ? NoticeRecord.Status.allCases : statuses
        return try await read { db in
            // One index walk a status: an index gives its rows in order for one value of its first column.
            let rows = try asked.flatMap { status in
                try Row.fetchAll(
                    db,
                    sql: Self.noticeColumns
                        + " WHERE notices.status = ? AND notices.event_sequence < ? ORDER BY notices.event_sequence DESC LIMIT ?",
                    arguments: [status.rawValue, before ?? .max, limit]
                ).map(Self.notice)
            }
            return Array(rows.sorted { $0.id > $1.id }.prefix(limit))
        }
    }

    public func dueNotices(at: Date, media: [String], limit: Int) async throws -> [NoticeRecord] {
        let at = try StoreTime.milliseconds(at)
        return try await read { db in
            try Row.fetchAll(
                db,
                sql: Self.noticeColumns + """
                     WHERE notices.status = 'waiting' AND notices.next_attempt_at <= ?
                        AND notices.medium IN (SELECT value FROM json_each(?))
                    ORDER BY notices.next_attempt_at, notices.event_sequence LIMIT ?
                    """, arguments: [at, try JSONText.of(media), min(max(limit, 1), Self.noticePage.upperBound)]
            ).map(Self.notice)
        }
    }

    public func dueLooks(at: Date, limit: Int) async throws -> [CaseRecord] {
        let at = try StoreTime.milliseconds(at)
        return try await read { db in
            try Row.fetchAll(
                db,
                sql: """
                    SELECT \(CaseQuery.columns) FROM cases JOIN incidents ON incidents.id = cases.incident_id
                    WHERE cases.due_at <= ? AND cases.deleted_at IS NULL ORDER BY cases.due_at, cases.id LIMIT ?
                    """, arguments: [at, min(max(limit, 1), Self.noticePage.upperBound)]
            ).map(CaseQuery.record)
        }
    }

    // MARK: Reports

    public func postponeNotice(id: Int64, error: String, nextAttemptAt: Date) async throws {
        let next = try StoreTime.milliseconds(nextAttemptAt)
        try await write { db in
            try db.execute(
                sql: """
                    UPDATE notices SET attempts = attempts + 1, last_error = ?, next_attempt_at = ?
                    WHERE event_sequence = ? AND status = 'waiting'
                    """, arguments: [String(error.prefix(NoticeReport.textLimit)), next, id])
        }
    }

    @discardableResult
    public func reportNotice(id: Int64, _ report: NoticeReport, by actor: String, at: Date) async throws -> NoticeRecord {
        try await write { db in
            guard let standing = try Self.notice(id, db) else { throw CaseStoreError.notFound("message \(id)") }
            let at = StoreTime.date(try StoreTime.milliseconds(at))
            guard let next = try standing.taking(report, at: at) else { return standing }
            try EventChain.append(
                db, caseID: standing.caseID, at: at, actor: actor, kind: report.kind.eventKind,
                detail: StandingText.text(of: NoticeLine(notice: id, text: report.text, reference: report.reference)))
            try db.execute(
                sql: """
                    UPDATE notices SET status = ?, status_at = ?, attempts = ?, next_attempt_at = ?, last_error = ?, reference = ?,
                        reply = ? WHERE event_sequence = ?
                    """,
                arguments: [
                    next.status.rawValue, try StoreTime.milliseconds(next.statusAt), next.attempts,
                    try StoreTime.milliseconds(ifAny: next.nextAttemptAt), next.lastError, next.reference, next.reply, id,
                ])
            return next
        }
    }

    static func notice(_ id: Int64, _ db: Database) throws -> NoticeRecord? {
        try Row.fetchOne(db, sql: noticeColumns + " WHERE notices.event_sequence = ?", arguments: [id]).map(notice)
    }

    static func notice(_ row: Row) throws -> NoticeRecord {
        let id: Int64 = row["event_sequence"]
        let line = CaseEvent(
            sequence: id, caseID: row["case_id"], at: StoreTime.date(row["line_at"]), actor: row["line_actor"],
            kind: row["line_kind"], detail: row["line_detail"], hash: "")
        guard var record = NoticeRecord(line), let status = NoticeRecord.Status(rawValue: row["status"]) else {
            throw CaseStoreError.refused("message \(id): the line that released it holds no message; run `xunjie verify`")
        }
        record.shopID = row["shop_id"]
        record.status = status
        record.statusAt = StoreTime.date(row["status_at"])
        record.attempts = row["attempts"]
        record.nextAttemptAt = (row["next_attempt_at"] as Int64?).map(StoreTime.date)
        record.lastError = row["last_error"]
        record.reference = row["reference"]
        record.reply = row["reply"]
        return record
    }
}

/// What the `notice-` lines of a case's log hold.
struct NoticeLine: Codable {
    /// The line that released the message.
    var notice: Int64
    var text: String
    var reference: String
}

extension NoticeRecord {
    /// The message that a line of the log released; nil for any other line.
    init?(_ line: CaseEvent) {
        guard let action = CaseLog.action(of: line), action.kind == .remind || action.kind == .order, let notice = action.notice
        else { return nil }
        self.init(
            id: line.sequence, caseID: line.caseID, shopID: nil, notice: notice, kind: action.kind, releasedBy: line.actor,
            releasedAt: line.at)
    }
}
