import Casework
import Foundation
import HTTPTypes
import Hummingbird

/// Who looked at what, for those who watch over it. Reading the log is a line of the log.
struct AuditDesk: Sendable {
    static let pageSize = 100
    /// Of one file; a larger span is taken day by day.
    private static let fileLimit = 10_000

    let store: any CaseStore
    let access: AccessDesk
    let timeZone: TimeZone
    let now: @Sendable () -> Date

    struct Page: Sendable {
        var lines: [AccessLine]
        /// Goes on below this line; nil on the last page.
        var next: Int64?
    }

    func page(_ filter: AccessFilter, before: Int64?, limit: Int, _ context: ConsoleContext) async throws -> Page {
        let lines = try await store.accessLines(filter, before: before, limit: limit)
        try await access.log("log-viewed", Self.text(of: filter), "", context)
        return Page(lines: lines, next: lines.count < limit ? nil : lines.last?.sequence)
    }

    /// RFC 4180, with the mark by which spreadsheets know UTF-8.
    /// - Returns: the file's name with the export's number, and its text.
    func csv(_ filter: AccessFilter, _ context: ConsoleContext) async throws -> (name: String, text: String) {
        var generator = SystemRandomNumberGenerator()
        let id = ExportMark.makeID(using: &generator)
        let lines = try await store.accessLines(filter, before: nil, limit: Self.fileLimit + 1)
        guard lines.count <= Self.fileLimit else {
            throw Refusal(
                .unprocessableContent, "too-many-lines", zh: "超过 \(Self.fileLimit) 行，请按日期或人员分次导出。",
                en: "More than \(Self.fileLimit) lines: take them by day or by user.")
        }
        let users = try await users()
        try await access.log("log-exported", "\(Self.text(of: filter))#\(id)", "", context)
        var text = "\u{FEFF}" + Self.row(["sequence", "at", "user", "login", "unit", "action", "subject", "reason", "address", "hash"])
        for line in lines {
            let (record, user) = (line.record, users[line.record.userID])
            text += Self.row([
                String(line.sequence), JSONAnswer.text(of: record.at), user?.displayName ?? record.userID, user?.login ?? "", record.unit,
                record.action, record.subject, record.reason, record.address, line.hash,
            ])
        }
        return ("access-log-\(id).csv", text)
    }

    func users() async throws -> [String: UserRecord] { try await store.users().reduce(into: [:]) { $0[$1.id] = $1 } }

    /// Out of a query: `user` (a login), `case` (or any subject), `action`, `day`, `export`.
    func filter(_ query: FormFields) async throws -> AccessFilter {
        var filter = AccessFilter(
            action: query.filled("action"), subject: query.filled("case"), exportID: query.filled("export")?.uppercased())
        if let export = filter.exportID, !export.allSatisfy({ $0.isASCII && ($0.isLetter || $0.isNumber) }) {
            throw Refusal.invalid("export", zh: "导出号只含字母和数字。", en: "An export's number has letters and digits only.")
        }
        if let login = query.filled("user") {
            // Who typed a login that there is not stands in the log by what was typed.
            filter.userID = try await store.user(login: login)?.id ?? login
        }
        if let text = query.filled("day") {
            guard let day = LocalDay(text) else {
                throw Refusal.invalid("day", zh: "日期须如 2026-11-24。", en: "A day is such as 2026-11-24.")
            }
            filter.time = day.start(in: timeZone)..<day.adding(days: 1).start(in: timeZone)
        }
        return filter
    }

    private static func text(of filter: AccessFilter) -> String {
        let day = filter.time.map { JSONAnswer.text(of: $0.lowerBound) }
        return [filter.userID, filter.action, filter.subject, filter.exportID, day].compactMap { $0 }.joined(separator: " ")
    }

    /// What a spreadsheet would take for a formula becomes text: subjects and logins are typed by anybody (OWASP, CSV injection).
    private static func row(_ cells: [String]) -> String {
        cells.map { cell in
            let safe = cell.first.map { "=+-@\t\r".contains($0) } == true ? "'" + cell : cell
            return "\"" + safe.replacingOccurrences(of: "\"", with: "\"\"") + "\""
        }.joined(separator: ",") + "\r\n"
    }
}
