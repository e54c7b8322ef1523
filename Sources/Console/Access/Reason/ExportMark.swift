import Casework
import Foundation

/// Who took something out of a case, as it is written on it.
struct ExportMark: Sendable, Hashable {
    /// Found again in the access log; on every export, drawn or in the file's name.
    let id: String
    /// Name, unit, time, case, reason.
    let lines: [String]
    /// Across the picture.
    let tile: String

    /// Twelve characters, 60 bits, without those that look alike in print.
    static func makeID(using generator: inout some RandomNumberGenerator) -> String {
        let letters = Array("23456789ABCDEFGHJKLMNPQRSTUVWXYZ")
        return String((0..<12).map { _ in letters.randomElement(using: &generator) ?? "2" })
    }

    init(
        id: String, user: UserRecord, unit: String, caseID: String, reason: String, isMasked: Bool, at: Date, timeZone: TimeZone,
        _ t: Wording
    ) {
        self.id = id
        let time = t.exact(at, timeZone: timeZone)
        lines = [
            "\(user.displayName) (\(user.login)) · \(unit)", "\(time) · \(t[.markCase]) \(caseID)",
            "\(t[.markReason]) \(reason) · \(t[isMasked ? .markMasked : .markUnmasked])", "\(t[.markExport]) \(id)",
        ]
        tile = "\(user.displayName) \(time) \(id)"
    }

    /// Such as `after-dwell-7K2M….jpg`.
    func fileName(_ name: String) -> String {
        let parts = name.split(separator: ".", maxSplits: 1)
        return parts.count == 2 ? "\(parts[0])-\(id).\(parts[1])" : "\(name)-\(id)"
    }
}

extension AccessDesk {
    /// Logs that something leaves the case, before it does, and says how to mark it. For everything that is handed out: pictures,
    /// clips, sheets, bundles, lists.
    func export(
        _ name: String, of record: CaseRecord, isMasked: Bool, timeZone: TimeZone, _ context: ConsoleContext
    ) async throws -> ExportMark {
        let visit = try context.requireVisit()
        let access = RequestAccess.current
        // The guard asks for one on every route of the table that exports; a route that is not there hands out nothing.
        guard !access.reason.isEmpty else { throw Refusal.reasonNeeded(rules) }
        var generator = SystemRandomNumberGenerator()
        let id = ExportMark.makeID(using: &generator)
        let t = Wording(language: context.language)
        let mark = ExportMark(
            id: id, user: visit.user, unit: access.unit, caseID: record.id, reason: self.name(of: access.reason, context.language),
            isMasked: isMasked, at: now(), timeZone: timeZone, t)
        try await log(isMasked ? "exported" : "unmasked", "\(record.id)/\(name)#\(id)", access.reason, context)
        return mark
    }

    /// A reason of the log in words: the code's name and what was added.
    func name(of reason: String, _ language: Language) -> String {
        let parts = reason.split(separator: ":", maxSplits: 1)
        guard let code = parts.first, let known = rules.reason(String(code)) else { return reason }
        return known.name.text(language) + (parts.count == 2 ? ":\(parts[1])" : "")
    }
}
