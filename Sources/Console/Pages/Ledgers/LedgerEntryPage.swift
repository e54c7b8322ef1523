import Casework
import Foundation

/// `/ledgers/{kind}/{id}`, and the form of a new entry.
struct LedgerEntryPage: Sendable {
    var book: LedgerBook
    var catalogue: ViolationCatalogue
    /// Empty for a new entry.
    var id: String
    var title: String
    /// The newest version; nil for a new entry, and for a camera without a dossier.
    var standing: LedgerEntry?
    /// What the form shows: what stands, or what was typed and refused.
    var document: [String: JSONValue]
    /// Oldest first.
    var versions: [LedgerEntry]
    var userNames: [String: String]
    /// Each with whether there is a picture of it to draw on.
    var channels: [(id: String, name: String, hasPicture: Bool)]
    var today: LocalDay
    var failure: Refusal?
    var isSaved: Bool
    /// Of a device as it stands.
    var dossier: DeviceDossier?
    /// Of a shop: its newest cases.
    var cases: [CaseRecord] = []
    var isDue = false
}

struct LedgerImportPage: Sendable {
    var text: String
    var failure: String?
}

struct LedgerImportView: Sendable {
    let t: Wording
    let frame: PageFrame
    let listText: String
    let failure: String?

    init(_ model: LedgerImportPage, _ context: PageContext) {
        t = Wording(language: context.language)
        frame = PageFrame(context, page: "ledger", title: t[.ledgerImport], scripts: ["ledger-import.js"], place: "/ledgers")
        listText = model.text
        failure = model.failure
    }
}
