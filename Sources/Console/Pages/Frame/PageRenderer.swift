import Foundation
import Mustache

/// Turns page models into HTML, in either language. All values are escaped by the templates.
struct PageRenderer: Sendable {
    /// Every template; a page's view names the one it is made with.
    enum Template: String, CaseIterable, Sendable {
        case layout, login, queue
        case queueRow = "queue-row", queueRows = "queue-rows", casePage = "case", caseAction = "case-action"
        case channels, channelTile = "channel-tile"
        case channel, faults
        case faultRow = "fault-row"
        case channelForm = "channel-form", channelField = "channel-field", channelImport = "channel-import"
        case channelImportPlan = "channel-import-plan", zones, users, user, password, error
        case runDetail = "run-detail", compare, findingCard = "finding-card", findingChoices = "finding-choices"
        case reason, export, audit
        case notices, noticeRow = "notice-row", caseNotice = "case-notice", caseNoticeForm = "case-notice-form"
        case exports, party, retention
        case deadlines, clockBar = "clock-bar", caseClocks = "case-clocks", dutyCase = "duty-case", referrals
        case referralLine = "referral-line", grid, gridNode = "grid-node", rosterForm = "roster-form"
        case past, pastResult = "past-result", runs, runRow = "run-row", runForm = "run-form"
        case summary, search
        case ledgers, ledgerTable = "ledger-table", ledgerEntry = "ledger-entry", ledgerField = "ledger-field"
        case ledgerImport = "ledger-import", caseShop = "case-shop"
    }

    private let templates: MustacheLibrary

    /// - Throws: `TemplateError` if a template is missing or malformed, or says a phrase that there is not.
    init() throws {
        guard let folder = Bundle.module.url(forResource: "Templates", withExtension: nil) else {
            throw TemplateError.folderMissing(path: Bundle.module.bundlePath)
        }
        try self.init(folder: folder)
    }

    init(folder: URL) throws {
        var library = MustacheLibrary()
        for template in Template.allCases {
            let name = template.rawValue
            guard let text = try? String(contentsOf: folder.appending(path: "\(name).mustache"), encoding: .utf8) else {
                throw TemplateError.templateMissing(name: name, folder: folder.path())
            }
            if let phrase = Self.phrases(in: text).first(where: { Phrase(rawValue: $0) == nil }) {
                throw TemplateError.unknownPhrase(name: name, phrase: phrase)
            }
            do {
                try library.register(text, named: name)
            } catch {
                throw TemplateError.malformed(name: name, reason: "\(error)")
            }
        }
        templates = library
    }

    func login(_ model: LoginPage, _ context: PageContext) -> String {
        render(LoginView(model, context), .login)
    }

    func queue(_ model: QueuePage, _ context: PageContext) -> String {
        render(QueueView(model, context), .queue)
    }

    /// One row of the queue, as a fragment.
    func queueRow(_ model: CaseRow, _ context: PageContext) -> String {
        let t = Wording(language: context.language)
        return render(CaseRowFragment(t: t, rows: [CaseRowView(model, context)]), .queueRows)
    }

    func casePage(_ model: CasePage, _ context: PageContext) -> String {
        render(CaseView(model, context), .casePage)
    }

    func channels(_ model: ChannelsPage, _ context: PageContext) -> String {
        render(ChannelsView(model, context), .channels)
    }

    func channel(_ model: ChannelPage, _ context: PageContext) -> String {
        render(ChannelView(model, context), .channel)
    }

    func faults(_ model: FaultsPage, _ context: PageContext) -> String {
        render(FaultsView(model, context), .faults)
    }

    func channelForm(_ model: ChannelFormPage, _ context: PageContext) -> String {
        render(ChannelFormView(model, context), .channelForm)
    }

    func channelImport(_ model: ChannelImportPage, _ context: PageContext) -> String {
        render(ChannelImportView(model, context), .channelImport)
    }

    func channelImportPlan(_ model: ImportDesk.Session, failure: String?, _ context: PageContext) -> String {
        render(ChannelImportPlanView(model, failure: failure, context), .channelImportPlan)
    }

    func zones(_ model: ZonesPage, _ context: PageContext) -> String {
        render(ZonesView(model, context), .zones)
    }

    func runDetail(_ model: RunDetailPage, _ context: PageContext) -> String {
        render(RunDetailView(model, context), .runDetail)
    }

    func compare(_ model: ComparePage, _ context: PageContext) -> String {
        render(CompareView(model, context), .compare)
    }

    func past(_ model: PastPage, _ context: PageContext) -> String {
        render(PastView(model, context), .past)
    }

    func runs(_ model: RunsPage, _ context: PageContext) -> String {
        render(RunsView(model, context), .runs)
    }

    func runForm(_ model: RunFormPage, _ context: PageContext) -> String {
        render(RunFormView(model, context), .runForm)
    }

    func summary(_ model: SummaryPage, _ context: PageContext) -> String {
        render(SummaryView(model, context), .summary)
    }

    func search(_ model: SearchPage, _ context: PageContext) -> String {
        render(SearchView(model, context), .search)
    }

    func ledgers(_ model: LedgersPage, _ context: PageContext) -> String {
        render(LedgersView(model, context), .ledgers)
    }

    func ledgerTable(_ model: LedgerTablePage, _ context: PageContext) -> String {
        render(LedgerTableView(model, context), .ledgerTable)
    }

    func ledgerEntry(_ model: LedgerEntryPage, _ context: PageContext) -> String {
        render(LedgerEntryView(model, context), .ledgerEntry)
    }

    func ledgerImport(_ model: LedgerImportPage, _ context: PageContext) -> String {
        render(LedgerImportView(model, context), .ledgerImport)
    }

    func notices(_ model: NoticesPage, _ context: PageContext) -> String {
        render(NoticesView(model, context), .notices)
    }

    func exports(_ model: ExportsPage, _ context: PageContext) -> String {
        render(ExportsView(model, context), .exports)
    }

    func party(_ model: PartyPage, _ context: PageContext) -> String {
        render(PartyView(model, context), .party)
    }

    func retention(_ model: RetentionPage, _ context: PageContext) -> String {
        render(RetentionView(model, context), .retention)
    }

    func deadlines(_ model: DeadlinesPage, _ context: PageContext) -> String {
        render(DeadlinesView(model, context), .deadlines)
    }

    func grid(_ model: GridPage, _ context: PageContext) -> String {
        render(GridView(model, context), .grid)
    }

    func rosterForm(_ model: RosterFormPage, _ context: PageContext) -> String {
        render(RosterFormView(model, context), .rosterForm)
    }

    func referrals(_ model: ReferralsPage, _ context: PageContext) -> String {
        render(ReferralsView(model, context), .referrals)
    }

    func users(_ model: UsersPage, _ context: PageContext) -> String {
        render(UsersView(model, context), .users)
    }

    func user(_ model: UserPage, _ context: PageContext) -> String {
        render(UserView(model, context), .user)
    }

    func password(_ model: PasswordPage, _ context: PageContext) -> String {
        render(PasswordView(model, context), .password)
    }

    func reason(_ model: ReasonPage, _ context: PageContext) -> String {
        render(ReasonView(model, context), .reason)
    }

    func export(_ model: ExportPage, _ context: PageContext) -> String {
        render(ExportView(model, context), .export)
    }

    func audit(_ model: AuditPage, _ context: PageContext) -> String {
        render(AuditView(model, context), .audit)
    }

    func error(_ model: ErrorPage, _ context: PageContext) -> String {
        render(ErrorView(model, context), .error)
    }

    private func render(_ view: any Sendable, _ template: Template) -> String {
        // The initialiser registered every template, so there is always a text.
        templates.render(view, withTemplate: template.rawValue) ?? ""
    }

    /// The names in all `{{t.name}}`.
    private static func phrases(in template: String) -> [String] {
        template.components(separatedBy: "{{t.").dropFirst().map { String($0.prefix { $0 != "}" }) }
    }
}
