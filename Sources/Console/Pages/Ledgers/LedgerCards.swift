import Casework

/// One card of `/ledgers`: a list that somebody keeps, and where it is.
struct LedgerCard: Sendable {
    var name: BilingualText
    var about: BilingualText
    var href: String
    /// Who sees the card.
    var permission: Permission
    /// Whose entries are counted on it; nil for a page that is no generic ledger.
    var kind: LedgerKind?

    init(zh: String, en: String, about: BilingualText, href: String, permission: Permission = .look) {
        name = BilingualText(zh: zh, en: en)
        self.about = about
        self.href = href
        self.permission = permission
    }

    init(_ book: LedgerBook) {
        name = book.about.name
        about = book.about.purpose
        href = "/ledgers/\(book.kind.rawValue)"
        permission = .look
        kind = book.kind
    }
}

/// The cards after those of the generic ledgers; one line for each.
enum LedgerCards {
    static let others: [LedgerCard] = [
        LedgerCard(
            zh: "时限", en: "Deadlines",
            about: BilingualText(zh: "未结案件的各项时限，超时在前", en: "Open cases by their nearest deadline, breaches first"), href: "/deadlines"),
        LedgerCard(
            zh: "移送与抄告", en: "Referrals",
            about: BilingualText(zh: "移送公安、环卫、绿化等部门的案件及回告", en: "What went to police, sanitation, greening … and what came back"),
            href: "/referrals"),
        LedgerCard(
            zh: "网格与值班", en: "Grid and duty",
            about: BilingualText(zh: "四级网格、在办案件、当前值班人员", en: "The grid tree, its open cases, who is on duty now"), href: "/grid"),
        LedgerCard(
            zh: "日况", en: "Day summary",
            about: BilingualText(
                zh: "按类型、通道和日期：发现、审核、误报、整改、移交与审核用时", en: "Found, reviewed, corrected, handed over: by type, channel and day"),
            href: "/summary"),
        LedgerCard(
            zh: "提醒与通知", en: "Messages",
            about: BilingualText(zh: "劝阻提醒、责令改正消息的状态、回复与重发", en: "Reminders and orders: state, answers, try again"), href: "/notices"),
        LedgerCard(
            zh: "导出与对接", en: "Exports and exchange",
            about: BilingualText(zh: "案件导出、推送与外部巡查线索", en: "Exports of cases, who is told of them, what other patrols tell"),
            href: "/exports"),
        LedgerCard(
            zh: "保存期限", en: "Retention",
            about: BilingualText(zh: "何时删除、证据保全与删除证明", en: "What goes when, holds and certificates"), href: "/retention"),
        LedgerCard(
            zh: "调阅登记", en: "Log of looks",
            about: BilingualText(zh: "谁、何时、为何查看或导出了什么", en: "Who looked at or took what, when and why"), href: "/audit", permission: .audit),
    ]
}
