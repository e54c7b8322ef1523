import Casework

/// `/ledgers`.
struct LedgersPage: Sendable {
    struct Count: Sendable {
        var entries: Int
        /// Of which something ends soon or has ended.
        var ending: Int
    }

    var counts: [LedgerKind: Count]
    var books: [LedgerBook]
    var dueShops: Int
    /// What “soon” means.
    var days: Int
}

struct LedgersView: Sendable {
    struct Card: Sendable {
        let cardName: String
        let cardAbout: String
        let cardHref: String
        let entriesText: String?
        let endingText: String?
        let dueText: String?
    }

    let t: Wording
    let frame: PageFrame
    let cards: [Card]

    init(_ model: LedgersPage, _ context: PageContext) {
        let t = Wording(language: context.language)
        self.t = t
        frame = PageFrame(context, page: "ledgers", title: t[.ledgers], place: "/ledgers")
        let all = model.books.map { LedgerCard($0) } + LedgerCards.others
        cards = all.filter { context.viewer?.role.may($0.permission) ?? false }.map { card in
            let count = card.kind.flatMap { model.counts[$0] }
            let isShop = card.kind == .shop && model.dueShops > 0
            return Card(
                cardName: card.name.text(context.language), cardAbout: card.about.text(context.language), cardHref: card.href,
                entriesText: count.map { t.text(.ledgerEntries, ["n": String($0.entries)]) },
                endingText: count.flatMap {
                    $0.ending > 0 ? t.text(.ledgerEnding, ["n": String($0.ending), "days": String(model.days)]) : nil
                },
                dueText: isShop ? t.text(.ledgerDue, ["n": String(model.dueShops)]) : nil)
        }
    }
}
