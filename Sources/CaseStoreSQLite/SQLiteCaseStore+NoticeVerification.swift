import Casework
import Foundation
import GRDB

extension SQLiteCaseStore {
    /// A row of `notices` must be what the lines of the log come to, and every line that released a message has its row.
    static func editedNotices(_ db: Database) throws -> [StoreProblem] {
        var told: [Int64: NoticeRecord] = [:]
        var problems: [StoreProblem] = []
        func report(_ id: Int64, _ what: String) { problems.append(StoreProblem(subject: "notices \(id)", what: what)) }
        let kinds = NoticeReport.Kind.allCases.map { "'\($0.eventKind)'" }.joined(separator: ", ")
        let lines = try Row.fetchCursor(
            db, sql: "SELECT * FROM case_events WHERE kind IN ('remind', 'order', \(kinds)) ORDER BY sequence")
        while let line = try lines.next().map(event) {
            if let released = NoticeRecord(line) {
                told[released.id] = released
            } else if let kind = NoticeReport.Kind.allCases.first(where: { $0.eventKind == line.kind }) {
                guard let detail: NoticeLine = JSONText.value(line.detail), let standing = told[detail.notice],
                    standing.caseID == line.caseID,
                    let next = try? standing.taking(
                        NoticeReport(kind, text: detail.text, reference: detail.reference), at: line.at)
                else {
                    problems.append(
                        StoreProblem(subject: "case_events line \(line.sequence)", what: "tells of a message what cannot be"))
                    continue
                }
                told[detail.notice] = next
            }
        }
        let rows = try Row.fetchCursor(db, sql: "SELECT * FROM notices ORDER BY event_sequence")
        while let row = try rows.next() {
            let id: Int64 = row["event_sequence"]
            guard let record = told.removeValue(forKey: id) else {
                report(id, "was put in: no line of the log released it")
                continue
            }
            var columns: [String] = []
            func check(_ column: String, _ expected: some DatabaseValueConvertible) {
                if (row[column] as DatabaseValue) != expected.databaseValue { columns.append(column) }
            }
            check("case_id", record.caseID)
            check("medium", record.notice.medium)
            check("recipient", record.notice.recipient)
            check("released_at", try StoreTime.milliseconds(record.releasedAt))
            check("status", record.status.rawValue)
            check("status_at", try StoreTime.milliseconds(record.statusAt))
            check("reference", record.reference)
            check("reply", record.reply)
            if !columns.isEmpty { report(id, "was edited: \(columns.joined(separator: ", ")) is not what its log tells") }
        }
        for id in told.keys.sorted() { report(id, "is missing, though the log released it") }
        return problems
    }
}
