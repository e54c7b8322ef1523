import Casework
import Foundation

/// `/audit`: who looked at what, when and why, newest first.
struct AuditPage: Sendable {
    /// Fields: user, case, action, day, export.
    var query: FormFields
    /// By id.
    var users: [String: UserRecord]
    var lines: [AccessLine] = []
    var next: Int64?
    /// nil while nobody asked for the check.
    var chain: AccessChainState?
    var failure: String?
    /// Puts a reason of the log into words.
    var reasonName: @Sendable (String) -> String = { $0 }
}

struct AuditView: Sendable {
    struct Row: Sendable {
        let sequence: String
        let time: String
        let who: String
        let unit: String
        let action: String
        let subject: String
        let caseHref: String?
        let reason: String
        let address: String
    }

    struct Choice: Sendable {
        let key: String
        let label: String
        let isChosen: Bool
    }

    let t: Wording
    let frame: PageFrame
    let rows: [Row]
    let hasRows: Bool
    let users: [Choice]
    let actions: [Choice]
    let subject: String
    let day: String
    let export: String
    let csvHref: String
    let checkHref: String
    let moreHref: String?
    let chainGood: String?
    let chainBad: String?
    let failure: String?

    /// In the order of a case's way; what others add is shown by its code.
    private static let knownActions: [(code: String, phrase: Phrase)] = [
        ("case-viewed", .actionCaseViewed), ("file-viewed", .actionFileViewed), ("queue-viewed", .actionQueueViewed),
        ("reason-given", .actionReasonGiven), ("exported", .actionExported), ("unmasked", .actionUnmasked),
        ("past-viewed", .actionPastViewed), ("past-searched", .actionPastSearched), ("run-viewed", .actionRunViewed),
        ("log-viewed", .actionLogViewed), ("log-exported", .actionLogExported), ("login", .actionLogin),
        ("login-refused", .actionLoginRefused), ("logout", .actionLogout), ("password-changed", .actionPasswordChanged),
        ("user-added", .actionUserAdded), ("user-changed", .actionUserChanged),
        ("ledger-viewed", .actionLedgerViewed), ("ledger-exported", .actionLedgerExported), ("roster-changed", .actionRosterChanged),
        ("referrals-exported", .actionReferralsExported), ("external-picture-viewed", .actionExternalViewed),
        ("finding-promoted", .actionFindingPromoted), ("runs-compared", .actionRunsCompared), ("run-asked", .actionRunAsked),
        ("channel-added", .actionChannelAdded), ("channel-changed", .actionChannelChanged), ("channel-removed", .actionChannelRemoved),
        ("channel-restored", .actionChannelRestored), ("channel-watched", .actionChannelWatched), ("zones-changed", .actionZonesChanged),
        ("zones-approved", .actionZonesApproved), ("fault-noted", .actionFaultNoted), ("retention-confirmed", .actionRetentionConfirmed),
    ]

    init(_ model: AuditPage, _ context: PageContext) {
        let t = Wording(language: context.language)
        self.t = t
        frame = PageFrame(context, page: "audit", title: t[.auditTitle], place: "/audit")
        let names = Dictionary(uniqueKeysWithValues: Self.knownActions.map { ($0.code, t[$0.phrase]) })
        rows = model.lines.map { line in
            let (record, user) = (line.record, model.users[line.record.userID])
            let caseID = record.subject.split(whereSeparator: { "/# ".contains($0) }).first.map(String.init) ?? ""
            return Row(
                sequence: String(line.sequence), time: t.exact(record.at, timeZone: context.timeZone),
                who: user.map { "\($0.displayName) (\($0.login))" } ?? record.userID, unit: record.unit,
                action: names[record.action] ?? record.action, subject: record.subject,
                caseHref: Self.caseActions.contains(record.action) ? "/cases/\(caseID)" : nil,
                reason: record.reason == AccessRules.list ? t[.reasonList] : model.reasonName(record.reason), address: record.address)
        }
        hasRows = !rows.isEmpty
        users = model.users.values.sorted { $0.login < $1.login }.map {
            Choice(key: $0.login, label: "\($0.displayName) (\($0.login))", isChosen: $0.login == model.query.filled("user"))
        }
        actions = Self.knownActions.map {
            Choice(key: $0.code, label: t[$0.phrase], isChosen: $0.code == model.query.filled("action"))
        }
        subject = model.query.filled("case") ?? ""
        day = model.query.filled("day") ?? ""
        export = model.query.filled("export") ?? ""
        let kept = ["user", "case", "action", "day", "export"].compactMap { name in
            model.query.filled(name).map { "\(name)=\(FormFields.encode($0))" }
        }
        func href(_ path: String, _ more: [String] = []) -> String {
            let items = kept + more
            return items.isEmpty ? path : path + "?" + items.joined(separator: "&")
        }
        csvHref = href("/audit/log.csv")
        checkHref = href("/audit", ["check=1"])
        moreHref = model.next.map { href("/audit", ["before=\($0)"]) }
        let broken = model.chain?.firstBroken
        chainGood = model.chain.flatMap { chain in
            broken == nil ? t.text(.chainSound, ["n": String(chain.lines), "hash": chain.head]) : nil
        }
        chainBad = broken.map { t.text(.chainBroken, ["n": String($0)]) }
        failure = model.failure
    }

    private static let caseActions: Set<String> = [
        "case-viewed", "file-viewed", "queue-viewed", "reason-given", "exported", "unmasked",
    ]
}
