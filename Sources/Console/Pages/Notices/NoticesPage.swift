import Casework

/// `/notices`: the messages to parties, newest first.
struct NoticesPage: Sendable {
    var notices: [NoticeRecord]
    /// nil for all.
    var status: NoticeRecord.Status?
    /// Display names by user id.
    var userNames: [String: String]
    /// Whether the viewer may say what became of a message.
    var mayReport: Bool
    /// Whether there are earlier ones than the last shown.
    var hasMore: Bool
    /// Why something was not done.
    var failure: String?
}

/// What a case's page shows of its messages, drafts and second look.
struct CaseNotices: Sendable {
    var notices: [NoticeRecord]
    var drafts: [NoticeDraft]
    var mayReport: Bool
}
