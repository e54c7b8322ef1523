import Casework
import Foundation
import HTTPTypes
import Hummingbird
import Pipeline

/// `/ledgers`: all ledgers, one ledger, one entry with its form and its versions.
struct LedgerRoutes: Sendable {
    private static let caseLimit = 12

    let desk: LedgerDesk
    let patrol: any PatrolControl
    let listing: CaseListing
    let frame: PageDesk

    func addRoutes(to routes: RouterGroup<ConsoleContext>) {
        routes.get("ledgers") { request, context in try await overview(request, context) }
        routes.get("ledgers/:kind") { request, context in try await table(request, context) }
        routes.get("ledgers/:kind/new") { request, context in
            let book = try desk.book(context.parameters.require("kind"))
            try desk.check(context.requireVisit(), book)
            return try await form(book, id: "", given: nil, failure: nil, .ok, request, context)
        }
        routes.get("ledgers/:kind/import") { request, context in try await importPage(nil, .ok, request, context) }
        routes.get("ledgers/:kind/template.csv") { _, context in
            guard try context.parameters.require("kind") == LedgerKind.shop.rawValue else { throw Refusal.notFound }
            return LedgerAPI.csv(LedgerDesk.emptyShopList)
        }
        routes.get("ledgers/:kind/export.csv") { _, context in
            guard try context.parameters.require("kind") == LedgerKind.shop.rawValue else { throw Refusal.notFound }
            try await listing.log("ledger-exported", LedgerKind.shop.rawValue, context)
            return try await LedgerAPI.csv(desk.shopList())
        }
        routes.get("ledgers/:kind/:id") { request, context in
            let book = try desk.book(context.parameters.require("kind"))
            let id = try context.parameters.require("id")
            try await listing.log("ledger-viewed", "\(book.kind.rawValue)/\(id)", context)
            return try await form(book, id: id, given: nil, failure: nil, .ok, request, context)
        }
        // Which roles may change a ledger depends on the ledger: the desk asks.
        routes.post("ledgers/:kind/import") { request, context in try await importShops(request, context) }
        routes.post("ledgers/:kind/new") { request, context in try await save(id: "", request, context) }
        routes.post("ledgers/:kind/:id") { request, context in
            try await save(id: context.parameters.require("id"), request, context)
        }
        routes.post("ledgers/:kind/:id/retire") { request, context in
            try await change(request, context) { book, id, version in
                try await desk.retire(book, id, expecting: version, by: context.requireVisit(), address: context.address)
            }
        }
        routes.post("ledgers/:kind/:id/restore") { request, context in
            try await change(request, context) { book, id, version in
                let earlier = Int(context.form["earlier"] ?? "") ?? 0
                try await desk.restore(
                    book, id, version: earlier, expecting: version, by: context.requireVisit(), address: context.address)
            }
        }
        routes.post("ledgers/:kind/:id/looked") { request, context in
            try await change(request, context) { book, id, version in
                guard book.kind == .shop else { throw Refusal.notFound }
                try await desk.looked(at: id, expecting: version, by: context.requireVisit(), address: context.address)
            }
        }
    }

    // MARK: Reading

    private func overview(_ request: Request, _ context: ConsoleContext) async throws -> Response {
        var counts: [LedgerKind: LedgersPage.Count] = [:]
        for book in desk.books {
            let items = try await desk.items(book)
            counts[book.kind] = LedgersPage.Count(entries: items.count, ending: items.count { desk.ending($0) != nil })
        }
        let model = try await LedgersPage(
            counts: counts, books: desk.books, dueShops: desk.dueShops().count, days: desk.settings.expiryNoticeDays)
        return await PageDesk.html(frame.pages.ledgers(model, frame.pageContext(request, context)))
    }

    private func table(_ request: Request, _ context: ConsoleContext) async throws -> Response {
        let book = try desk.book(context.parameters.require("kind"))
        let query = request.uri.queryParameters
        try await listing.log("ledger-viewed", book.kind.rawValue, context)
        var model = try await LedgerTablePage(
            book: book, items: desk.items(book, includingRetired: query["all"] != nil), search: query["q"].map(String.init) ?? "",
            showsRetired: query["all"] != nil, onlyDue: query["due"] != nil, today: desk.today, ending: [:],
            channels: book.kind == .device ? desk.store.channels().map { ($0.id, $0.name) } : [],
            due: book.kind == .shop ? Set(desk.dueShops().map(\.shopID)) : [],
            imported: query["imported"].flatMap { Int($0) })
        for item in model.items { model.ending[item.entry.id] = desk.ending(item) }
        return await PageDesk.html(frame.pages.ledgerTable(model, frame.pageContext(request, context)))
    }

    /// - Parameter given: what was typed, if it was refused; nil for what stands.
    private func form(
        _ book: LedgerBook, id: String, given: String?, failure: Refusal?, _ status: HTTPResponse.Status, _ request: Request,
        _ context: ConsoleContext
    ) async throws -> Response {
        let versions = id.isEmpty ? [] : try await desk.store.ledgerHistory(book.kind, id: id)
        let pictured = Set(await patrol.channelStatuses().filter { $0.lastFrameAt != nil }.map(\.id))
        var model = LedgerEntryPage(
            book: book, catalogue: listing.catalogue, id: id, title: "", standing: versions.last,
            document: JSONValue.object(in: given ?? versions.last?.document ?? "{}"),
            versions: versions, userNames: try await listing.userNames(),
            channels: try await desk.store.channels().map { ($0.id, $0.name, pictured.contains($0.id)) },
            today: desk.today, failure: failure, isSaved: request.uri.queryParameters["saved"] != nil)
        if let standing = versions.last { model.title = try await desk.item(book, standing.id).title }
        switch book.kind {
        case .device:
            // A camera without a dossier yet has an empty one.
            guard let channel = try await desk.store.channel(id: id) else { throw Refusal.notFound }
            model.title = channel.name
            model.dossier = versions.last.flatMap { try? $0.decoded(DeviceDossier.self) } ?? DeviceDossier()
        case .shop where !versions.isEmpty:
            model.cases = try await desk.store.shopCases(shopID: id, limit: Self.caseLimit)
            model.isDue = try await desk.dueShops().contains { $0.shopID == id }
        default: break
        }
        guard id.isEmpty || book.kind == .device || !versions.isEmpty else { throw Refusal.notFound }
        return await PageDesk.html(frame.pages.ledgerEntry(model, frame.pageContext(request, context)), status: status)
    }

    private func importPage(
        _ failure: Refusal?, _ status: HTTPResponse.Status, _ request: Request, _ context: ConsoleContext
    ) async throws -> Response {
        let book = try desk.book(context.parameters.require("kind"))
        guard book.kind == .shop else { throw Refusal.notFound }
        try desk.check(context.requireVisit(), book)
        let model = LedgerImportPage(text: context.form["text"] ?? "", failure: failure?.message.text(context.language))
        return await PageDesk.html(frame.pages.ledgerImport(model, frame.pageContext(request, context)), status: status)
    }

    // MARK: Writing

    private func save(id: String, _ request: Request, _ context: ConsoleContext) async throws -> Response {
        let book = try desk.book(context.parameters.require("kind"))
        try desk.check(context.requireVisit(), book)
        var document: String?
        do {
            let typed = try LedgerFormFields.document(context.form, book)
            document = typed
            let saved = try await desk.save(
                book, id: id.isEmpty ? context.form.filled("id") ?? "" : id, document: typed,
                expecting: Int(context.form["version"] ?? "") ?? 0, by: context.requireVisit(), address: context.address)
            return Response.redirect(to: "/ledgers/\(book.kind.rawValue)/\(FormFields.encode(saved.id))?saved=1")
        } catch {
            guard let refusal = Refusal(error), refusal.status != .notFound, refusal.status != .forbidden else { throw error }
            return try await form(book, id: id, given: document, failure: refusal, refusal.status, request, context)
        }
    }

    private func change(
        _ request: Request, _ context: ConsoleContext, _ body: (LedgerBook, String, Int) async throws -> Void
    ) async throws -> Response {
        let book = try desk.book(context.parameters.require("kind"))
        let id = try context.parameters.require("id")
        try desk.check(context.requireVisit(), book)
        do {
            try await body(book, id, Int(context.form["version"] ?? "") ?? 0)
            return Response.redirect(to: "/ledgers/\(book.kind.rawValue)/\(FormFields.encode(id))?saved=1")
        } catch {
            guard let refusal = Refusal(error), refusal.status != .notFound, refusal.status != .forbidden else { throw error }
            return try await form(book, id: id, given: nil, failure: refusal, refusal.status, request, context)
        }
    }

    private func importShops(_ request: Request, _ context: ConsoleContext) async throws -> Response {
        do {
            guard try context.parameters.require("kind") == LedgerKind.shop.rawValue else { throw Refusal.notFound }
            let changed = try await desk.importShops(
                Array((context.form["text"] ?? "").utf8), by: context.requireVisit(), address: context.address)
            return Response.redirect(to: "/ledgers/shop?imported=\(changed)")
        } catch {
            guard let refusal = Refusal(error), refusal.status != .notFound, refusal.status != .forbidden else { throw error }
            return try await importPage(refusal, refusal.status, request, context)
        }
    }
}
