import Casework
import Foundation

/// What the ledgers say of a case's party, beside the case: shop, its record so far, permit.
struct ShopPanelView: Sendable {
    let shopName: String?
    let shopHref: String
    let shopIsSuggested: Bool
    let shopFacts: [LabelledText]
    let offenceText: String?
    /// `good` for a first offence, `bad` for a repeated one, `open` while nobody knows.
    let offenceKind: String
    let offenceHref: String?
    let earlierCases: [LedgerEntryView.CaseLine]
    let hasEarlierCases: Bool
    let permitText: String?
    let permitHref: String

    private static let caseLimit = 5

    init(_ finding: LedgerDesk.PartyFinding, _ catalogue: ViolationCatalogue, years: Int, _ context: PageContext) {
        let t = Wording(language: context.language)
        let shop = finding.shop
        shopName = shop?.record.name
        shopHref = shop.map { "/ledgers/shop/\(FormFields.encode($0.id))" } ?? ""
        shopIsSuggested = finding.isSuggested
        shopFacts = shop.map { Self.facts($0.record, t) } ?? []
        switch finding.offence {
        case .first: (offenceText, offenceKind, offenceHref) = (t.text(.offenceFirst, ["n": String(years)]), "good", nil)
        case .repeated(let id, let date):
            let time = t.moment(date, now: context.now, timeZone: context.timeZone)
            (offenceText, offenceKind, offenceHref) = (t.text(.offenceRepeated, ["time": time]), "bad", "/cases/\(id)")
        case .open(let id): (offenceText, offenceKind, offenceHref) = (t[.offenceOpen], "open", "/cases/\(id)")
        case nil: (offenceText, offenceKind, offenceHref) = (nil, "open", nil)
        }
        earlierCases = finding.cases.prefix(Self.caseLimit).map { LedgerEntryView.line($0, catalogue, context, t) }
        hasEarlierCases = !earlierCases.isEmpty
        permitText = finding.permit.map { id, permit in
            t.text(
                .casePermitText, ["kind": permit.kind.name.text(t.language), "number": permit.number, "holder": permit.holder, "id": id])
        }
        permitHref = finding.permit.map { "/ledgers/permit/\(FormFields.encode($0.id))" } ?? ""
    }

    private static func facts(_ shop: ShopRecord, _ t: Wording) -> [LabelledText] {
        let fields = ShopRecord.fields(LedgerChoices())
        func label(_ key: String) -> String { fields.first { $0.key == key }?.label.text(t.language) ?? key }
        var facts: [LabelledText] = []
        if !shop.creditCode.isEmpty { facts.append(LabelledText(label: label("creditCode"), text: shop.creditCode)) }
        if !shop.address.isEmpty { facts.append(LabelledText(label: label("address"), text: shop.address)) }
        let contact = [shop.contactName, shop.contactPhone].filter { !$0.isEmpty }.joined(separator: " ")
        if !contact.isEmpty { facts.append(LabelledText(label: label("contactName"), text: contact)) }
        facts.append(LabelledText(label: label("grade"), text: shop.grade.name.text(t.language)))
        facts.append(
            LabelledText(label: label("acceptsElectronicService"), text: t[shop.acceptsElectronicService ? .ledgerYes : .ledgerNo]))
        return facts
    }
}
