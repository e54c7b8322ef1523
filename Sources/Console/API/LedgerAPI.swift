import Casework
import Foundation
import HTTPTypes
import Hummingbird

/// `/api/v1/ledgers`: the ledgers' entries, their versions, and lists of shops.
struct LedgerAPI: Sendable {
    private struct NewEntry: RequestFields {
        /// Without it the entry is numbered.
        var id: String?
        var document: JSONValue

        enum CodingKeys: String, CodingKey, CaseIterable { case id, document }
    }

    private struct NewVersion: RequestFields {
        var document: JSONValue
        /// The version that was seen.
        var version: Int
        var isRetired: Bool?

        enum CodingKeys: String, CodingKey, CaseIterable { case document, version, isRetired }
    }

    private struct List: RequestFields {
        /// The file's bytes in base64.
        var content: String

        enum CodingKeys: String, CodingKey, CaseIterable { case content }
    }

    private struct Answer: Encodable {
        var kind: LedgerKind
        var id: String
        var version: Int
        var isRetired: Bool
        var author: String
        var at: Date
        var hash: String
        var document: JSONValue

        init(_ entry: LedgerEntry) {
            kind = entry.kind
            id = entry.id
            version = entry.version
            isRetired = entry.isRetired
            author = entry.author
            at = entry.at
            hash = entry.hash
            document = .object(JSONValue.object(in: entry.document))
        }
    }

    private struct Entries: Encodable { var entries: [Answer] }
    private struct Versions: Encodable { var versions: [Answer] }
    private struct Imported: Encodable { var changed: Int }

    /// What the ledgers say of a case.
    private struct Party: Encodable {
        struct Shop: Encodable {
            var id: String
            var name: String
            /// Whether no officer has set it yet.
            var isSuggested: Bool
        }

        struct Permit: Encodable {
            var id: String
            var number: String
        }

        var shop: Shop?
        /// `yes`, `no`, or `open` while an earlier case is under way; nil without a shop.
        var isFirstOffence: String?
        var permit: Permit?

        init(_ finding: LedgerDesk.PartyFinding) {
            shop = finding.shop.map { Shop(id: $0.id, name: $0.record.name, isSuggested: finding.isSuggested) }
            isFirstOffence = finding.offence.map {
                switch $0 {
                case .first: "yes"
                case .repeated: "no"
                case .open: "open"
                }
            }
            permit = finding.permit.map { Permit(id: $0.id, number: $0.record.number) }
        }
    }

    /// In base64, which makes four bytes of three.
    private static let listLimitBytes = 8 << 20

    let desk: LedgerDesk
    let cases: CaseDesk

    func addRoutes(to api: RouterGroup<ConsoleContext>) {
        api.get("ledgers/:kind") { request, context in
            let book = try desk.book(context.parameters.require("kind"))
            let all = request.uri.queryParameters["all"] != nil
            try await log("ledger-viewed", book.kind.rawValue, context)
            return try await JSONAnswer.response(
                Entries(entries: desk.store.ledger(book.kind, includingRetired: all).map(Answer.init)))
        }
        api.get("ledgers/:kind/export.csv") { _, context in
            guard try context.parameters.require("kind") == LedgerKind.shop.rawValue else { throw Refusal.notFound }
            try await log("ledger-exported", LedgerKind.shop.rawValue, context)
            return try await Self.csv(desk.shopList())
        }
        api.get("ledgers/:kind/:id") { _, context in
            let (book, id) = try entry(context)
            try await log("ledger-viewed", "\(book.kind.rawValue)/\(id)", context)
            return try await JSONAnswer.response(Answer(desk.item(book, id).entry))
        }
        api.get("ledgers/:kind/:id/history") { _, context in
            let (book, id) = try entry(context)
            try await log("ledger-viewed", "\(book.kind.rawValue)/\(id)", context)
            return try await JSONAnswer.response(Versions(versions: desk.history(book, id).map(Answer.init)))
        }
        api.get("cases/:id/party") { _, context in
            let record = try await cases.record(context.parameters.require("id"))
            let manifest = try await cases.evidence.manifest(of: record)
            return try await JSONAnswer.response(
                Party(desk.finding(on: record, at: manifest.flatMap { IncidentPlace(record, $0) })))
        }
        // Which roles may change a ledger depends on the ledger: the desk asks.
        api.post("ledgers/:kind") { request, context in
            let book = try desk.book(context.parameters.require("kind"))
            try desk.check(context.requireVisit(), book)
            let new = try await NewEntry.read(request, context)
            let saved = try await desk.save(
                book, id: new.id ?? "", document: new.document.document, expecting: 0, by: context.requireVisit(), address: context.address)
            return try JSONAnswer.response(Answer(saved), status: .created)
        }
        api.put("ledgers/:kind/:id") { request, context in
            let (book, id) = try entry(context)
            try desk.check(context.requireVisit(), book)
            let new = try await NewVersion.read(request, context)
            let saved = try await desk.save(
                book, id: id, document: new.document.document, isRetired: new.isRetired ?? false, expecting: new.version,
                by: context.requireVisit(), address: context.address)
            return try JSONAnswer.response(Answer(saved))
        }
        api.post("ledgers/:kind/import") { request, context in
            let book = try desk.book(context.parameters.require("kind"))
            guard book.kind == .shop else { throw Refusal.notFound }
            try desk.check(context.requireVisit(), book)
            let list = try await List.read(request, context, limitBytes: Self.listLimitBytes)
            guard let bytes = Data(base64Encoded: list.content) else {
                throw Refusal.invalid("content", zh: "content 须为 base64。", en: "content is the file in base64.")
            }
            let changed = try await desk.importShops(Array(bytes), by: context.requireVisit(), address: context.address)
            return try JSONAnswer.response(Imported(changed: changed))
        }
    }

    static func csv(_ text: String) -> Response {
        Response(
            status: .ok,
            headers: [.contentType: "text/csv; charset=utf-8", .contentDisposition: "attachment; filename=\"shops.csv\""],
            body: ResponseBody(byteBuffer: ByteBuffer(string: text)))
    }

    private func entry(_ context: ConsoleContext) throws -> (LedgerBook, String) {
        (try desk.book(context.parameters.require("kind")), try context.parameters.require("id"))
    }

    /// Shops are people too: their names and telephones are looked at, so the look is logged.
    private func log(_ action: String, _ subject: String, _ context: ConsoleContext) async throws {
        try await desk.log(action, subject, context.requireVisit(), context.address)
    }
}
