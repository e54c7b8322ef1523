import Casework
import Evidence
import Foundation
import Pipeline

struct CaseView: Sendable {
    struct Picture: Sendable {
        let role: String
        let label: String
        let alt: String
        let href: String
        let time: String?
        let overlay: PictureOverlay?
        /// What a clip shows until it plays.
        var poster: String?
    }

    struct NoticeView: Sendable {
        let kind: String
        let text: String
        let noticeDetail: String?
    }

    struct Hint: Sendable {
        let definition: String
        let hintText: String
    }

    struct VerdictMenu: Sendable {
        let verdict: String
        let key: String
        let label: String
        let question: String
        let reasons: [ReasonView]
    }

    struct ReasonView: Sendable {
        let code: String
        let digit: String
        let label: String
    }

    struct Standing: Sendable {
        let lines: [StandingView.Line]
        let undoAction: String?
        let undoISO: String
    }

    struct KeyHelp: Sendable {
        let keys: [String]
        let label: String
    }

    let t: Wording
    let frame: PageFrame
    let caseID: String
    let state: String
    let stateName: String
    let violationName: String
    let channelName: String
    let place: String?
    let queueHref: String
    let previousHref: String?
    let nextHref: String?
    let filterQuery: String
    /// nil for who may take nothing out.
    let exportHref: String?
    let notice: NoticeView?
    let stills: [Picture]
    let hasStills: Bool
    let clip: Picture?
    let keyFacts: [LabelledText]
    let hint: Hint?
    let findings: [LabelledText]
    let measurements: [LabelledText]
    let hasMeasurements: Bool
    let evidence: [LabelledText]
    let sealKind: String
    let sealText: String
    let files: [EvidenceFileView]
    let history: [HistoryLine]
    let afterDecision: String
    let isOpen: Bool
    /// Why this viewer cannot decide; nil if they can, or need not.
    let readOnly: String?
    let ticks: [ActionFormView.Choice]
    let actAction: String
    let actions: [ActionFormView]
    /// What is rarely done, below the facts.
    let moreActions: [ActionFormView]
    let hasMoreActions: Bool
    let isBlind: Bool
    let verdicts: [VerdictMenu]
    let caseNotices: CaseNoticesView
    let standing: Standing?
    let helpKeys: [KeyHelp]
    let party: ShopPanelView?
    /// Filled into the forms that ask for the shop.
    let shopPreset: String
    let clocks: CaseClocksView?

    init(_ model: CasePage, _ context: PageContext) {
        let t = Wording(language: context.language)
        let (record, query) = (model.record, model.filter.query())
        let entry = model.catalogue.entry(record.incident.violation)
        self.t = t
        violationName = entry?.name.text(context.language) ?? record.incident.violation
        frame = PageFrame(
            context, page: "case", title: "\(violationName) · \(model.channelName)", scripts: ["case.js", "notices.js"], place: "/queue")
        caseID = record.id
        state = record.state.rawValue
        stateName = record.state.name.text(t.language)
        channelName = model.channelName.isEmpty ? record.incident.channelID : model.channelName
        place = model.place.isEmpty ? nil : model.place
        queueHref = "/queue\(query)"
        previousHref = model.previousID.map { "/cases/\($0)\(query)" }
        nextHref = model.nextID.map { "/cases/\($0)\(query)" }
        filterQuery = query
        exportHref = context.viewer?.role.may(.export) == true ? "/cases/\(record.id)/export" : nil
        notice = Self.notice(model, t)
        let pictures = CasePictures(model, context)
        stills = pictures.stills
        hasStills = !pictures.stills.isEmpty
        clip = pictures.clip
        let facts = CaseFacts(model, context)
        keyFacts = facts.key
        findings = facts.findings
        measurements = facts.measurements
        hasMeasurements = !facts.measurements.isEmpty
        evidence = facts.evidence
        files = pictures.files
        hint = entry.map { Hint(definition: $0.definition.text(context.language), hintText: $0.hint.text(context.language)) }
        (sealKind, sealText) =
            switch model.seal {
            case .sound: ("sound", t[.sealSound])
            case .unchecked: ("unchecked", t[.sealUnchecked])
            case .broken: ("broken", t[.sealBroken])
            }
        // What was added to the package is there by the line that it holds.
        history = model.events.filter { $0.kind != PackageRecorder.addedLine }.map { HistoryLine($0, model, context) }
        actAction = "/cases/\(record.id)/act\(query)"
        afterDecision = nextHref ?? queueHref
        isOpen = model.possible.contains(.confirm)
        readOnly = Self.readOnly(model, context, t)
        ticks = ActionFormView.ticks(t)
        let ownForms: Set<CaseAction.Kind> = [.confirm, .falseAlarm, .exempt, .transfer, .undo]
        let rare: Set<CaseAction.Kind> = isOpen ? Set(CaseAction.Kind.allCases) : [.withdraw, .object, .recuse, .hold, .release, .reopen]
        let kinds = model.possible.filter { !ownForms.contains($0) }
        actions = kinds.filter { !rare.contains($0) }.map { ActionFormView($0, model, t) }
        moreActions = kinds.filter { rare.contains($0) }.map { ActionFormView($0, model, t) }
        hasMoreActions = !moreActions.isEmpty
        clocks = CaseClocksView(model, context)
        isBlind = model.isBlind
        verdicts = Self.verdicts(model, t)
        caseNotices = CaseNoticesView(model, context)
        standing = Self.standing(model, context, t)
        helpKeys = Self.helpKeys(t)
        party = model.party.map { ShopPanelView($0, model.catalogue, years: model.firstOffenceYears, context) }
        shopPreset = model.party?.shop?.id ?? ""
    }

    private static func notice(_ model: CasePage, _ t: Wording) -> NoticeView? {
        switch model.notice {
        case .conflict: NoticeView(kind: "bad", text: t[.conflict], noticeDetail: nil)
        case .refused(let why): NoticeView(kind: "bad", text: t[.refused], noticeDetail: why)
        case .undone: NoticeView(kind: "good", text: t[.undone], noticeDetail: nil)
        case .done(let kind):
            NoticeView(kind: "good", text: t.text(.actionDone, ["action": kind.name.text(t.language)]), noticeDetail: nil)
        case nil where model.manifest == nil: NoticeView(kind: "bad", text: t[.manifestUnreadable], noticeDetail: nil)
        case nil: nil
        }
    }

    private static func verdicts(_ model: CasePage, _ t: Wording) -> [VerdictMenu] {
        let menus: [(Decision.Verdict, String, Phrase, Phrase)] = [
            (.falseAlarm, "F", .falseAlarm, .askFalseAlarm), (.exempt, "E", .exempt, .askExempt),
            (.transfer, "T", .transfer, .askTransfer),
        ]
        return menus.map { verdict, key, label, question in
            VerdictMenu(
                verdict: verdict.rawValue, key: key, label: t[label], question: t[question],
                reasons: model.reasons.reasons(for: verdict).map {
                    ReasonView(code: $0.code, digit: String($0.key), label: $0.name.text(t.language))
                })
        }
    }

    private static func standing(_ model: CasePage, _ context: PageContext, _ t: Wording) -> Standing? {
        guard !CaseState.waiting.contains(model.record.state) else { return nil }
        return Standing(
            lines: StandingView(model, context).lines,
            undoAction: model.undoUntil.map { _ in "/cases/\(model.record.id)/act\(model.filter.query())" },
            undoISO: model.undoUntil.map { t.iso($0) } ?? "")
    }

    private static func readOnly(_ model: CasePage, _ context: PageContext, _ t: Wording) -> String? {
        guard CaseState.waiting.contains(model.record.state), !model.possible.contains(.confirm), let viewer = context.viewer else {
            return nil
        }
        guard viewer.mayDecide else { return t[.onlyOfficersDecide] }
        return model.refusalToReview?.text.text(t.language) ?? t[.onlyOfficersDecide]
    }

    private static func helpKeys(_ t: Wording) -> [KeyHelp] {
        let lines: [([String], Phrase)] = [
            (["C", "1"], .confirm), (["F", "2"], .falseAlarm), (["E", "3"], .exempt), (["T", "4"], .transfer),
            (["A"], .keysAffirm), (["0", "…", "9"], .keysDigit), (["U"], .keysUndo), (["J", "→"], .nextCase), (["K", "←"], .previousCase),
            (["Enter"], .keysEnlarge), (["B"], .keysBlink), (["Z"], .zoneLayer), (["P"], .keysClip), (["N"], .keysNote),
            (["?"], .keysHelp),
        ]
        return lines.map { KeyHelp(keys: $0, label: t[$1]) }
    }
}
