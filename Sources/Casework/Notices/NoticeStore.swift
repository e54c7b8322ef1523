public import Foundation

/// Where the messages to parties are kept, and what waits for another look.
public protocol NoticeStore: Sendable {
    func notice(id: Int64) async throws -> NoticeRecord?
    /// Of one case, oldest first.
    func notices(caseID: String) async throws -> [NoticeRecord]
    /// Newest first.
    /// - Parameters:
    ///   - statuses: any of these; none means every status.
    ///   - before: only older ones, for the next page.
    ///   - limit: 1…500.
    func notices(_ statuses: [NoticeRecord.Status], before: Int64?, limit: Int) async throws -> [NoticeRecord]
    /// What waits and may be tried at `at`, the longest waiting first.
    func dueNotices(at: Date, media: [String], limit: Int) async throws -> [NoticeRecord]
    /// A try failed; the next is not before `nextAttemptAt`. No line in the log: its status did not change.
    func postponeNotice(id: Int64, error: String, nextAttemptAt: Date) async throws
    /// What became of a message, together with its line in the case's log; what is known already changes nothing.
    /// - Parameter actor: a user's id, `machine` or `gateway`.
    /// - Throws: `NoticeRefusal`, `CaseStoreError.notFound`.
    @discardableResult
    func reportNotice(id: Int64, _ report: NoticeReport, by actor: String, at: Date) async throws -> NoticeRecord
    /// Cases whose time to correct is over at `at`, the longest over first.
    func dueLooks(at: Date, limit: Int) async throws -> [CaseRecord]
}
