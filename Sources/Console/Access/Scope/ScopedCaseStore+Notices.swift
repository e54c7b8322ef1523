import Casework
import Foundation

/// Messages follow their case's camera.
extension ScopedCaseStore {
    func notice(id: Int64) async throws -> NoticeRecord? {
        guard let notice = try await base.notice(id: id), try await holdsCase(notice.caseID) else { return nil }
        return notice
    }

    func notices(caseID: String) async throws -> [NoticeRecord] {
        try await holdsCase(caseID) ? try await base.notices(caseID: caseID) : []
    }

    func notices(_ statuses: [NoticeRecord.Status], before: Int64?, limit: Int) async throws -> [NoticeRecord] {
        let page = try await base.notices(statuses, before: before, limit: limit)
        guard scope.isConfined else { return page }
        var seen: [NoticeRecord] = []
        for notice in page where try await holdsCase(notice.caseID) { seen.append(notice) }
        return seen
    }

    func dueNotices(at: Date, media: [String], limit: Int) async throws -> [NoticeRecord] {
        try requireAll()
        return try await base.dueNotices(at: at, media: media, limit: limit)
    }

    func postponeNotice(id: Int64, error: String, nextAttemptAt: Date) async throws {
        try requireAll()
        try await base.postponeNotice(id: id, error: error, nextAttemptAt: nextAttemptAt)
    }

    func reportNotice(id: Int64, _ report: NoticeReport, by actor: String, at: Date) async throws -> NoticeRecord {
        guard try await notice(id: id) != nil else { throw CaseStoreError.notFound("message \(id)") }
        return try await base.reportNotice(id: id, report, by: actor, at: at)
    }

    func dueLooks(at: Date, limit: Int) async throws -> [CaseRecord] {
        try requireAll()
        return try await base.dueLooks(at: at, limit: limit)
    }
}
