import Casework
import Foundation
import HTTPTypes

/// What is done with the ledgers, the same for pages and API.
struct LedgerDesk: Sendable {
    /// One entry with what its book reads in it.
    struct Item: Sendable {
        var entry: LedgerEntry
        var reading: LedgerBook.Reading

        /// Called by its title, or by its id where it has none.
        var title: String { reading.title.isEmpty ? entry.id : reading.title }
    }

    static let idLimit = 64
    /// Words that mean something else in a ledger's addresses.
    private static let takenWords: Set<String> = ["new", "import", "export.csv", "template.csv"]

    let store: any CaseStore
    let books: [LedgerBook]
    let settings: LedgerSettings
    let timeZone: TimeZone
    let now: @Sendable () -> Date

    var today: LocalDay { LocalDay(now(), in: timeZone) }

    func book(_ name: String) throws(Refusal) -> LedgerBook {
        guard let book = books.first(where: { $0.kind.rawValue == name }) else { throw .notFound }
        return book
    }

    // MARK: Reading

    func items(_ book: LedgerBook, includingRetired: Bool = false) async throws -> [Item] {
        let day = today
        return try await store.ledger(book.kind, includingRetired: includingRetired).map {
            Item(entry: $0, reading: book.read($0.document, replacing: $0.document, on: day))
        }
    }

    func item(_ book: LedgerBook, _ id: String) async throws -> Item {
        guard let entry = try await store.ledgerEntry(book.kind, id: id) else { throw Refusal.notFound }
        return Item(entry: entry, reading: book.read(entry.document, replacing: entry.document, on: today))
    }

    /// Oldest first.
    func history(_ book: LedgerBook, _ id: String) async throws -> [LedgerEntry] {
        let versions = try await store.ledgerHistory(book.kind, id: id)
        guard !versions.isEmpty else { throw Refusal.notFound }
        return versions
    }

    /// The nearest day on which something of it ends, if that is soon or past already.
    func ending(_ item: Item) -> LocalDay? {
        let horizon = today.adding(days: settings.expiryNoticeDays)
        return item.reading.expiries.map(\.day).filter { $0 <= horizon }.min()
    }

    // MARK: Writing

    /// - Parameters:
    ///   - id: empty for a new entry, which is then numbered.
    ///   - version: what the author saw; 0 for a new entry.
    /// - Throws: `Refusal` with everything that is wrong, or that another version stands.
    func save(
        _ book: LedgerBook, id: String, document: String, isRetired: Bool = false, expecting version: Int, by visit: Visit, address: String
    ) async throws -> LedgerEntry {
        try check(visit, book)
        let old = id.isEmpty ? nil : try await store.ledgerEntry(book.kind, id: id)
        let reading = book.read(document, replacing: old?.document, on: today)
        // What goes out of use need not be right any more.
        if !isRetired {
            guard reading.problems.isEmpty else { throw Self.refusal(reading.problems, book) }
            try await checkPlace(book, id, document)
        }
        let id = try await id.isEmpty ? nextID(book) : checked(id)
        let entry = try await store.putLedger(
            book.kind, id: id, document: (try? book.canonical(document)) ?? document, isRetired: isRetired, expecting: version,
            author: visit.user.id, at: now())
        try await log(isRetired ? "ledger-retired" : "ledger-changed", "\(book.kind.rawValue)/\(id)", visit, address)
        return entry
    }

    func retire(_ book: LedgerBook, _ id: String, expecting version: Int, by visit: Visit, address: String) async throws {
        let standing = try await item(book, id).entry
        _ = try await save(
            book, id: id, document: standing.document, isRetired: true, expecting: version, by: visit, address: address)
    }

    /// Makes an earlier version the newest again; it is checked as if it were new.
    func restore(
        _ book: LedgerBook, _ id: String, version: Int, expecting standing: Int, by visit: Visit, address: String
    ) async throws {
        guard let earlier = try await history(book, id).first(where: { $0.version == version }) else { throw Refusal.notFound }
        _ = try await save(book, id: id, document: earlier.document, expecting: standing, by: visit, address: address)
    }

    func check(_ visit: Visit, _ book: LedgerBook) throws(Refusal) {
        guard visit.user.role.mayEdit(book.kind) else { throw .roleMissing }
    }

    func log(_ action: String, _ subject: String, _ visit: Visit, _ address: String) async throws {
        try await store.appendAccess(AccessRecord(at: now(), userID: visit.user.id, action: action, subject: subject, address: address))
    }

    /// All problems in one refusal; its field is the first one's.
    static func refusal(_ problems: [LedgerProblem], _ book: LedgerBook) -> Refusal {
        func line(_ problem: LedgerProblem, _ language: Language) -> String {
            let label = book.field(problem.field)?.label.text(language)
            let text = problem.text.text(language)
            guard let label, !text.contains(label) else { return text }
            return language == .zh ? "\(label)：\(text)" : "\(label): \(text)"
        }
        let field = problems.first?.field ?? ""
        return .invalid(
            field.isEmpty ? "document" : field, zh: problems.map { line($0, .zh) }.joined(separator: " "),
            en: problems.map { line($0, .en) }.joined(separator: " "))
    }

    /// What only the other ledgers and the channels can tell.
    private func checkPlace(_ book: LedgerBook, _ id: String, _ document: String) async throws {
        let object = JSONValue.object(in: document)
        if book.kind == .device, try await store.channel(id: id) == nil {
            throw Refusal.invalid("id", zh: "没有通道“\(id)”。", en: "There is no channel “\(id)”.")
        }
        for field in book.fields where field.kind == .shapes {
            guard case .object(let shapes) = object[field.key] else { continue }
            for channelID in shapes.keys.sorted() where try await store.channel(id: channelID) == nil {
                throw Refusal.invalid(field.key, zh: "没有通道“\(channelID)”。", en: "There is no channel “\(channelID)”.")
            }
        }
        guard book.kind == .shop else { return }
        for permit in object["permits"]?.items.compactMap(\.text) ?? []
        where try await store.ledgerEntry(.permit, id: permit)?.isRetired ?? true {
            throw Refusal.invalid("permits", zh: "许可台账中没有“\(permit)”。", en: "The permit ledger holds no “\(permit)”.")
        }
    }

    /// Whether it can be an entry's id: the same characters as channels have, since it is part of addresses.
    static func isID(_ id: String) -> Bool {
        id.count <= idLimit && id.wholeMatch(of: /[A-Za-z0-9][A-Za-z0-9._\-]*/) != nil && !takenWords.contains(id)
    }

    private func checked(_ id: String) throws(Refusal) -> String {
        guard Self.isID(id) else {
            throw .invalid(
                "id", zh: "编号须为 1–\(Self.idLimit) 位字母、数字或 . _ -，且不是 \(Self.takenWords.sorted().joined(separator: "、"))。",
                en:
                    "An id has 1 to \(Self.idLimit) letters, digits or . _ - and is none of \(Self.takenWords.sorted().joined(separator: ", "))."
            )
        }
        return id
    }

    /// Numbers entries that come without an id; two at the same moment get the same number, and the second is told so.
    private func nextID(_ book: LedgerBook) async throws -> String {
        try await nextIDs(book, count: 1)[0]
    }

    func nextIDs(_ book: LedgerBook, count: Int) async throws -> [String] {
        let taken = Set(try await store.ledger(book.kind, includingRetired: true).map(\.id))
        var ids: [String] = []
        var number = 0
        while ids.count < count {
            number += 1
            let id = "\(book.kind.rawValue)-\(String(format: "%04d", number))"
            if !taken.contains(id) { ids.append(id) }
        }
        return ids
    }
}
