import Casework
import Evidence
import Foundation
import Pipeline

extension LedgerDesk {
    /// Lines of an import that are named in a refusal.
    private static let namedProblems = 8
    private static let caseLimit = 200

    /// What the ledgers say of a case and its party, for the case page.
    struct PartyFinding: Sendable {
        struct Shop: Sendable {
            var id: String
            var record: ShopRecord
        }

        /// That an officer set, or else the one on whose frontage the object stands.
        var shop: Shop?
        /// Whether the shop is only the machine's suggestion.
        var isSuggested: Bool
        /// The shop's newest other cases.
        var cases: [CaseRecord]
        /// nil without a shop.
        var offence: OffenceHistory.Answer?
        /// That covers the hit, or covered it when it was exempted.
        var permit: (id: String, record: PermitRecord)?
    }

    /// - Parameter place: nil where the case's picture is not known.
    func finding(on record: CaseRecord, at place: IncidentPlace?) async throws -> PartyFinding {
        let ledgers = try await CaseLedgers.read(store)
        let answer = ledgers.answer(on: record.incident, at: place, ExemptionPolicy(settings: settings, timeZone: timeZone))
        var finding = PartyFinding(isSuggested: record.standing.shopID == nil, cases: [])
        if let id = record.standing.shopID ?? answer.shopID, let shop = try await shop(id, ledgers) {
            finding.shop = .init(id: id, record: shop)
            let cases = try await store.shopCases(shopID: id, limit: Self.caseLimit)
            finding.cases = cases.filter { $0.id != record.id }
            finding.offence = OffenceHistory(years: settings.firstOffenceYears, timeZone: timeZone).answer(
                violation: record.incident.violation, at: record.incident.openedAt, caseID: record.id, cases: cases)
        }
        if let id = record.standing.permitID ?? answer.permitID {
            let permit: PermitRecord? =
                if let permit = ledgers.permits[id] { permit } else {
                    try await store.ledgerEntry(.permit, id: id)?.decoded(PermitRecord.self)
                }
            finding.permit = permit.map { (id, $0) }
        }
        return finding
    }

    /// Of a shop that went out of use since, too.
    private func shop(_ id: String, _ ledgers: CaseLedgers) async throws -> ShopRecord? {
        if let shop = ledgers.shops[id] { return shop }
        return try await store.ledgerEntry(.shop, id: id)?.decoded(ShopRecord.self)
    }

    // MARK: Looking after

    /// Shops that are due for a look today, the worst grade first.
    func dueShops() async throws -> [ShopLooks.Due] {
        try await ShopLooks(settings: settings).due(of: CaseLedgers.read(store).shops, on: today)
    }

    /// Notes that somebody looked at the shop today.
    func looked(at id: String, expecting version: Int, by visit: Visit, address: String) async throws {
        let book = try book(LedgerKind.shop.rawValue)
        var members = try await JSONValue.object(in: item(book, id).entry.document)
        members["lastLook"] = .text(today.description)
        _ = try await save(
            book, id: id, document: JSONValue.object(members).document, expecting: version, by: visit, address: address)
    }

    // MARK: Lists

    /// Takes a list of shops over, all of it or nothing: what stands in the ledger is changed, what is new is added.
    /// - Returns: how many entries got a new version.
    func importShops(_ bytes: [UInt8], by visit: Visit, address: String) async throws -> Int {
        let book = try book(LedgerKind.shop.rawValue)
        try check(visit, book)
        let rows: [ShopList.Row]
        do {
            rows = try ShopList.read(bytes)
        } catch {
            throw Refusal.invalid(
                "content", zh: "\(error.line.map { "第 \($0) 行：" } ?? "")\(error.reason.zh)；\(error.advice.zh)。",
                en: "\(error.line.map { "Line \($0): " } ?? "")\(error.reason.en); \(error.advice.en).")
        }
        let standing = try await items(book, includingRetired: true)
        var shops: [String: ShopRecord] = [:]
        for item in standing { shops[item.entry.id] = try? item.entry.decoded(ShopRecord.self) }
        let versions = Dictionary(uniqueKeysWithValues: standing.map { ($0.entry.id, $0.entry) })
        var fresh = try await nextIDs(book, count: rows.count)[...]
        var drafts: [LedgerDraft] = []
        var wrong: [BilingualText] = []
        func report(_ line: Int, _ text: BilingualText) {
            wrong.append(BilingualText(zh: "第 \(line) 行：\(text.zh)", en: "Line \(line): \(text.en)"))
        }
        var seen: Set<String> = []
        for row in rows {
            // A shop without an id is known by its code at its address: a chain has one code in many places.
            let known = shops.first { !row.creditCode.isEmpty && $0.value.creditCode == row.creditCode && $0.value.address == row.address }
            let id = row.id.isEmpty ? known?.key ?? fresh.popFirst() ?? "" : row.id
            let (shop, problems) = row.applied(to: shops[id])
            for problem in problems { report(row.line, problem.text) }
            if !Self.isID(id) {
                report(row.line, BilingualText(zh: "编号“\(id)”不合规。", en: "“\(id)” is no id."))
            }
            if !seen.insert(id).inserted { report(row.line, BilingualText(zh: "“\(id)”出现了两次。", en: "“\(id)” stands twice.")) }
            if versions[id]?.isRetired == true {
                report(row.line, BilingualText(zh: "“\(id)”已停用，请先恢复。", en: "“\(id)” is out of use; bring it back first."))
            }
            let document = try book.canonical(String(decoding: JSONEncoder().encode(shop), as: UTF8.self))
            if document != versions[id]?.document {
                drafts.append(LedgerDraft(id: id, document: document, expecting: versions[id]?.version ?? 0))
            }
        }
        guard wrong.isEmpty else {
            let named = wrong.prefix(Self.namedProblems)
            let rest = wrong.count - named.count
            throw Refusal.invalid(
                "content", zh: named.map(\.zh).joined(separator: " ") + (rest > 0 ? " 另有 \(rest) 处。" : ""),
                en: named.map(\.en).joined(separator: " ") + (rest > 0 ? " And \(rest) more." : ""))
        }
        try await store.putLedger(.shop, all: drafts, author: visit.user.id, at: now())
        try await log("ledger-imported", "shop: \(drafts.count)", visit, address)
        return drafts.count
    }

    static var emptyShopList: String { ShopList.emptyCSV }

    /// The shops in use as a list.
    func shopList() async throws -> String { try await ShopList.csv(CaseLedgers.read(store).shops) }
}

extension IncidentPlace {
    /// Of a case by its package's manifest, which knows how large the picture is.
    init?(_ record: CaseRecord, _ manifest: EvidenceManifest) {
        self.init(
            channelID: record.incident.channelID, box: record.incident.box, pictureWidth: manifest.channel.width,
            pictureHeight: manifest.channel.height)
    }
}
