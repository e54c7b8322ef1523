import Casework
import Foundation

struct NoticesView: Sendable {
    struct Tab: Sendable {
        let label: String
        let href: String
        let isCurrent: Bool
    }

    let t: Wording
    let frame: PageFrame
    let failure: String?
    let tabs: [Tab]
    let notices: [NoticeRowView]
    let hasNotices: Bool
    let moreHref: String?

    init(_ model: NoticesPage, _ context: PageContext) {
        let t = Wording(language: context.language)
        self.t = t
        frame = PageFrame(context, page: "notices", title: t[.notices], place: "/notices")
        failure = model.failure
        func href(_ status: NoticeRecord.Status?) -> String { status.map { "/notices?status=\($0.rawValue)" } ?? "/notices" }
        tabs =
            [Tab(label: t[.stateAll], href: href(nil), isCurrent: model.status == nil)]
            + NoticeRecord.Status.allCases.map {
                Tab(label: $0.name.text(t.language), href: href($0), isCurrent: model.status == $0)
            }
        let back = href(model.status)
        notices = model.notices.map {
            NoticeRowView($0, userNames: model.userNames, mayReport: model.mayReport, back: back, showsCase: true, t, context)
        }
        hasNotices = !notices.isEmpty
        moreHref =
            model.hasMore
            ? model.notices.last.map { href(model.status) + (model.status == nil ? "?" : "&") + "before=\($0.id)" } : nil
    }
}

/// One message, in the list and on its case's page.
struct NoticeRowView: Sendable {
    struct Report: Sendable {
        let reportValue: String
        let reportLabel: String
        let asksText: Bool
    }

    let noticeID: String
    let statusCode: String
    let statusName: String
    let what: String
    let recipient: String
    let text: String
    let iso: String
    let when: String
    let error: String?
    let reply: String?
    let caseHref: String?
    let reportAction: String
    let reports: [Report]
    let back: String

    init(
        _ notice: NoticeRecord, userNames: [String: String], mayReport: Bool, back: String, showsCase: Bool, _ t: Wording,
        _ context: PageContext
    ) {
        noticeID = String(notice.id)
        statusCode = notice.status.rawValue
        statusName = notice.status.name.text(t.language)
        let medium: Phrase =
            switch NoticeTemplate.Medium(rawValue: notice.notice.medium) {
            case .voice: .noticeVoice
            case .paper: .noticePaper
            case .sms, nil: .noticeSMS
            }
        let name = userNames[notice.releasedBy] ?? t[.someone]
        what = t.text(.noticeReleased, ["what": notice.kind.name.text(t.language), "medium": t[medium], "name": name])
        recipient = notice.notice.maskedRecipient
        text = notice.notice.text
        iso = t.iso(notice.releasedAt)
        when = t.moment(notice.releasedAt, now: context.now, timeZone: context.timeZone)
        error = notice.lastError.isEmpty ? nil : t.text(.noticeError, ["why": notice.lastError, "n": String(notice.attempts)])
        reply = notice.reply.isEmpty ? nil : notice.reply
        caseHref = showsCase ? "/cases/\(notice.caseID)" : nil
        reportAction = "/notices/\(notice.id)/status"
        reports = mayReport ? Self.reports(notice, t) : []
        self.back = back
    }

    private static func reports(_ notice: NoticeRecord, _ t: Wording) -> [Report] {
        let delivered = Report(reportValue: "delivered", reportLabel: t[.noticeDelivered], asksText: false)
        let replied = Report(reportValue: "replied", reportLabel: t[.noticeReplied], asksText: true)
        return switch notice.status {
        case .waiting: notice.notice.medium == NoticeTemplate.Medium.paper.rawValue ? [delivered] : []
        case .sent: [delivered, replied]
        case .delivered, .replied: [replied]
        case .failed: [Report(reportValue: "retried", reportLabel: t[.noticeRetry], asksText: false), delivered]
        }
    }
}
