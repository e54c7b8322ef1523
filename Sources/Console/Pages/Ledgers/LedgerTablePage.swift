import Casework
import Foundation

/// `/ledgers/{kind}`.
struct LedgerTablePage: Sendable {
    var book: LedgerBook
    var items: [LedgerDesk.Item]
    var search: String
    var showsRetired: Bool
    var onlyDue: Bool
    var today: LocalDay
    /// By entry: the nearest end that is soon or past.
    var ending: [String: LocalDay]
    /// For the ledger of devices, which has a row for each camera.
    var channels: [(id: String, name: String)]
    /// Shops that are due for a look.
    var due: Set<String>
    /// How many entries an import has just changed.
    var imported: Int?
}

struct LedgerTableView: Sendable {
    struct Row: Sendable {
        let rowHref: String
        let rowTitle: String
        let rowID: String
        let cells: [String]
        let isRetired: Bool
        let endText: String?
        let dueText: String?
        /// Of devices: `evidence` or `lead`.
        let modeID: String?
        let modeText: String?
        let lamps: [LampView]
    }

    let t: Wording
    let frame: PageFrame
    let name: String
    let about: String
    let kindHref: String
    let isShop: Bool
    let mayAdd: Bool
    let mayImport: Bool
    let search: String
    let showsRetired: Bool
    let onlyDue: Bool
    let importedText: String?
    let heads: [String]
    let rows: [Row]
    let hasRows: Bool

    init(_ model: LedgerTablePage, _ context: PageContext) {
        let t = Wording(language: context.language)
        let book = model.book
        self.t = t
        name = book.about.name.text(t.language)
        about = book.about.purpose.text(t.language)
        frame = PageFrame(context, page: "ledger", title: name, place: "/ledgers")
        kindHref = "/ledgers/\(book.kind.rawValue)"
        isShop = book.kind == .shop
        let mayEdit = context.viewer?.role.mayEdit(book.kind) ?? false
        // Cameras come by themselves.
        mayAdd = mayEdit && book.kind != .device
        mayImport = mayEdit && isShop
        search = model.search
        showsRetired = model.showsRetired
        onlyDue = model.onlyDue
        importedText = model.imported.map { t.text(.ledgerImported, ["n": String($0)]) }
        // Papers are lamps in the ledger of devices.
        let columns = book.fields.filter { $0.isInTable && $0.kind != .paper }
        heads = columns.map { $0.label.text(t.language) }
        let all = book.kind == .device ? Self.devices(model, columns, t) : model.items.map { Self.row($0, model, columns, t) }
        let wanted = model.search.trimmingCharacters(in: .whitespaces).lowercased()
        rows = all.filter { row in
            (wanted.isEmpty || ([row.rowID, row.rowTitle] + row.cells).contains { $0.lowercased().contains(wanted) })
                && (!model.onlyDue || row.dueText != nil)
        }
        hasRows = !rows.isEmpty
    }

    private static func row(_ item: LedgerDesk.Item, _ model: LedgerTablePage, _ columns: [LedgerField], _ t: Wording) -> Row {
        let members = JSONValue.object(in: item.entry.document)
        let id = item.entry.id
        return Row(
            rowHref: "/ledgers/\(item.entry.kind.rawValue)/\(FormFields.encode(id))", rowTitle: item.title, rowID: id,
            cells: columns.map { LedgerValueText.text(members[$0.key], $0, t) }, isRetired: item.entry.isRetired,
            endText: end(model.ending[id], model.today, t),
            dueText: model.due.contains(id) ? t[.ledgerIsDue] : nil, modeID: nil, modeText: nil, lamps: [])
    }

    private static func devices(_ model: LedgerTablePage, _ columns: [LedgerField], _ t: Wording) -> [Row] {
        let items = Dictionary(uniqueKeysWithValues: model.items.map { ($0.entry.id, $0) })
        return model.channels.map { channel in
            let item = items[channel.id].flatMap { $0.entry.isRetired ? nil : $0 }
            let dossier = item.flatMap { try? $0.entry.decoded(DeviceDossier.self) } ?? DeviceDossier()
            let members = JSONValue.object(in: item?.entry.document ?? "{}")
            let mode = dossier.mode(on: model.today)
            return Row(
                rowHref: "/ledgers/device/\(FormFields.encode(channel.id))", rowTitle: channel.name, rowID: channel.id,
                cells: columns.map { LedgerValueText.text(members[$0.key], $0, t) }, isRetired: false,
                endText: end(model.ending[channel.id], model.today, t), dueText: nil, modeID: mode.rawValue,
                modeText: mode.name.text(t.language), lamps: LampView.all(dossier, on: model.today, t))
        }
    }

    private static func end(_ day: LocalDay?, _ today: LocalDay, _ t: Wording) -> String? {
        day.map { t.text($0 < today ? .ledgerEnded : .ledgerEnds, ["day": $0.description]) }
    }
}

/// One of a camera's five papers: whether it stands.
struct LampView: Sendable {
    let lampName: String
    /// `good` or `bad`.
    let lampState: String
    let lampText: String

    static func all(_ dossier: DeviceDossier, on day: LocalDay, _ t: Wording) -> [LampView] {
        DevicePaper.allCases.map { paper in
            let lack = dossier.lack(of: paper, on: day)
            let until = dossier.paper(paper)?.expiry?.description ?? ""
            return LampView(
                lampName: paper.name.text(t.language), lampState: lack == nil ? "good" : "bad",
                lampText: lack?.text.text(t.language) ?? t.text(.ledgerPaperStands, ["name": paper.name.text(t.language), "day": until]))
        }
    }
}
