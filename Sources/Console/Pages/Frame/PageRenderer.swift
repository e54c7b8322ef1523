import Foundation
import Mustache

/// Turns page models into HTML, in either language. All values are escaped by the templates.
struct PageRenderer: Sendable {
    /// Every template; a page's view names the one it is made with.
    enum Template: String, CaseIterable, Sendable {
        case layout, login, queue
        case queueRow = "queue-row", queueRows = "queue-rows", casePage = "case", caseAction = "case-action", channels, channelTile =
            "channel-tile"
        case channel, faults
        case faultRow = "fault-row"
        case channelForm = "channel-form", channelField = "channel-field", channelImport = "channel-import"
        case channelImportPlan = "channel-import-plan", zones, users, user, password, error
        case runDetail = "run-detail", compare, findingCard = "finding-card", findingChoices = "finding-choices"
        case past, pastResult = "past-result", runs, runRow = "run-row", runForm = "run-form"
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

    func users(_ model: UsersPage, _ context: PageContext) -> String {
        render(UsersView(model, context), .users)
    }

    func user(_ model: UserPage, _ context: PageContext) -> String {
        render(UserView(model, context), .user)
    }

    func password(_ model: PasswordPage, _ context: PageContext) -> String {
        render(PasswordView(model, context), .password)
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
