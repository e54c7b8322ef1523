import Casework
import Foundation

struct LedgerEntryView: Sendable {
    struct VersionView: Sendable {
        let iso: String
        let time: String
        let versionLabel: String
        let authorName: String
        let changes: String
        let earlier: String
        let mayReturn: Bool
    }

    struct CaseLine: Sendable {
        let caseHref: String
        let caseName: String
        let caseTime: String
        let caseState: String
        let caseStateName: String
    }

    struct ChannelOption: Sendable {
        let channelValue: String
        let channelLabel: String
        let hasPicture: Bool
    }

    let t: Wording
    let frame: PageFrame
    let ledgerName: String
    let ledgerHref: String
    let title: String
    let entryID: String?
    let isNew: Bool
    let asksID: Bool
    let failure: String?
    let isSaved: Bool
    let isRetired: Bool
    let isReadOnly: Bool
    let mayEdit: Bool
    let mayRetire: Bool
    let action: String
    let version: Int
    let fields: [LedgerFieldView]
    let channels: [ChannelOption]
    let isDevice: Bool
    let lamps: [LampView]
    let modeID: String
    let modeText: String
    let isShop: Bool
    let isDue: Bool
    let cases: [CaseLine]
    let hasCases: Bool
    let versions: [VersionView]
    let hasVersions: Bool

    init(_ model: LedgerEntryPage, _ context: PageContext) {
        let t = Wording(language: context.language)
        let book = model.book
        self.t = t
        ledgerName = book.about.name.text(t.language)
        ledgerHref = "/ledgers/\(book.kind.rawValue)"
        isNew = model.id.isEmpty
        title = isNew ? t[.ledgerNew] : model.title
        frame = PageFrame(
            context, page: "ledger", title: "\(title) · \(ledgerName)", scripts: ["shapes.js", "ledger-shape.js"], place: "/ledgers")
        entryID = isNew ? nil : model.id
        asksID = isNew
        failure = model.failure?.message.text(t.language)
        isSaved = model.isSaved && model.failure == nil
        isRetired = model.standing?.isRetired ?? false
        mayEdit = context.viewer?.role.mayEdit(book.kind) ?? false
        let readOnly = !mayEdit
        isReadOnly = readOnly
        mayRetire = mayEdit && model.standing != nil && !isRetired && book.kind != .device
        action = isNew ? "\(ledgerHref)/new" : "\(ledgerHref)/\(FormFields.encode(model.id))"
        version = model.standing?.version ?? 0
        isDevice = model.dossier != nil
        let dossier = model.dossier ?? DeviceDossier()
        lamps = isDevice ? LampView.all(dossier, on: model.today, t) : []
        modeID = dossier.mode(on: model.today).rawValue
        modeText = dossier.mode(on: model.today).name.text(t.language)
        let lacks = dossier.lacks(on: model.today).map { $0.text.text(t.language) }
        let lock = model.dossier != nil && !lacks.isEmpty ? t.text(.ledgerLocked, ["why": lacks.joined(separator: t[.listSeparator])]) : nil
        fields = book.fields.map {
            LedgerFieldView(
                $0, model.document[$0.key], wrongField: model.failure?.field, lock: $0.kind == .boolean ? lock : nil, isReadOnly: readOnly,
                t)
        }
        channels = model.channels.map {
            ChannelOption(channelValue: $0.id, channelLabel: "\($0.name) · \($0.id)", hasPicture: $0.hasPicture)
        }
        isShop = book.kind == .shop && !isNew
        isDue = model.isDue
        cases = model.cases.map { Self.line($0, model.catalogue, context, t) }
        hasCases = !cases.isEmpty
        versions = Self.versions(model, context, mayEdit: mayEdit, t)
        hasVersions = !versions.isEmpty
    }

    static func line(_ record: CaseRecord, _ catalogue: ViolationCatalogue, _ context: PageContext, _ t: Wording) -> CaseLine {
        let outcome = record.standing.outcome.map { " · \($0.name.text(t.language))" } ?? ""
        return CaseLine(
            caseHref: "/cases/\(record.id)",
            caseName: catalogue.entry(record.incident.violation)?.name.text(t.language) ?? record.incident.violation,
            caseTime: t.moment(record.incident.openedAt, now: context.now, timeZone: context.timeZone), caseState: record.state.rawValue,
            caseStateName: record.state.name.text(t.language) + outcome)
    }

    /// Newest first, each with what it changed.
    private static func versions(_ model: LedgerEntryPage, _ context: PageContext, mayEdit: Bool, _ t: Wording) -> [VersionView] {
        var views: [VersionView] = []
        var before: LedgerEntry?
        for entry in model.versions {
            let isStanding = entry.version == model.standing?.version
            views.append(
                VersionView(
                    iso: t.iso(entry.at), time: t.moment(entry.at, now: context.now, timeZone: context.timeZone),
                    versionLabel: t.text(.versionNumber, ["n": String(entry.version)]),
                    authorName: entry.author == CaseActor.machine.id ? t[.machine] : model.userNames[entry.author] ?? t[.someone],
                    changes: changes(from: before, to: entry, model.book, t), earlier: String(entry.version),
                    mayReturn: mayEdit && (!isStanding || entry.isRetired)))
            before = entry
        }
        return views.reversed()
    }

    private static func changes(from before: LedgerEntry?, to entry: LedgerEntry, _ book: LedgerBook, _ t: Wording) -> String {
        guard let before else { return t[.ledgerAdded] }
        if entry.isRetired, !before.isRetired { return t[.ledgerRetired] }
        let (old, new) = (JSONValue.object(in: before.document), JSONValue.object(in: entry.document))
        let changed = book.fields.filter { old[$0.key] ?? .null != new[$0.key] ?? .null }.map { field in
            t.text(
                .ledgerChange,
                [
                    "field": field.label.text(t.language), "old": LedgerValueText.text(old[field.key], field, t),
                    "new": LedgerValueText.text(new[field.key], field, t),
                ])
        }
        let back = before.isRetired && !entry.isRetired ? [t[.ledgerBack]] : []
        return (back + changed).joined(separator: t[.listSeparator])
    }
}
