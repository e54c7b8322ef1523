import Casework
import Foundation
import HTTPTypes
import Hummingbird
import Pipeline

/// `/channels/add` and `/channels/{id}/edit`, with the versions of a channel; for those who may edit channels.
struct ChannelFormRoutes: Sendable {
    let desk: ChannelDesk
    let listing: CaseListing
    let frame: PageDesk

    func addRoutes(to routes: RouterGroup<ConsoleContext>) {
        routes.get("channels/add") { request, context in await form(ChannelFormPage(), .ok, request, context) }
        routes.post("channels/probe") { request, context in try await probe(request, context) }
        routes.post("channels") { request, context in try await add(request, context) }
        routes.get("channels/:id/edit") { request, context in
            var model = try await page(context.parameters.require("id"))
            model.isSaved = request.uri.queryParameters["saved"] != nil
            return await form(model, .ok, request, context)
        }
        routes.post("channels/:id/edit") { request, context in try await save(request, context) }
        routes.post("channels/:id/restore") { request, context in
            let id = try context.parameters.require("id")
            do {
                guard let version = context.form["version"].flatMap({ Int($0) }) else { throw Refusal.notFound }
                _ = try await desk.restore(id, version: version, by: context.requireVisit(), address: context.address)
                return Response.redirect(to: "/channels/\(id)/edit?saved=1")
            } catch {
                return try await form(error, page(id), request, context)
            }
        }
    }

    private func page(_ id: String) async throws -> ChannelFormPage {
        var model = ChannelFormPage(try await desk.channel(id))
        model.versions = try await ChannelFormPage.Version.history(
            desk.store.channelVersions(id: id), names: listing.userNames())
        return model
    }

    private func form(
        _ model: ChannelFormPage, _ status: HTTPResponse.Status, _ request: Request, _ context: ConsoleContext
    ) async -> Response {
        await PageDesk.html(frame.pages.channelForm(model, frame.pageContext(request, context)), status: status)
    }

    private func form(
        _ error: any Error, _ model: ChannelFormPage, _ request: Request, _ context: ConsoleContext
    ) async -> Response {
        var model = model
        let refusal = Refusal(error) ?? .internalFailure
        let text = refusal.message.text(context.language)
        if let field = refusal.field.flatMap(ChannelField.init(formName:)) {
            model.fieldFailures[field] = text
        } else {
            model.failure = text
        }
        return await form(model, refusal.status, request, context)
    }

    // MARK: What was sent

    private func probe(_ request: Request, _ context: ConsoleContext) async throws -> Response {
        let id = context.form.filled("channel")
        var model = try await typed(id, context)
        let transport = model.texts[.transport] ?? "tcp"
        do {
            model.main = try await desk.probe(url: context.form["url"] ?? "", transport: transport, channelID: id)
            if let url = context.form.filled("subURL") {
                model.sub = try await desk.probe(url: url, transport: transport, field: .subURL, channelID: id)
            }
            return await form(model, .ok, request, context)
        } catch {
            return await form(error, model, request, context)
        }
    }

    private func add(_ request: Request, _ context: ConsoleContext) async throws -> Response {
        do {
            let channel = try await desk.add(fields(context), by: context.requireVisit(), address: context.address)
            return Response.redirect(to: "/channels/\(channel.id)/zones")
        } catch {
            return try await form(error, typed(nil, context), request, context)
        }
    }

    private func save(_ request: Request, _ context: ConsoleContext) async throws -> Response {
        let id = try context.parameters.require("id")
        do {
            var fields = fields(context)
            fields[.id] = nil
            _ = try await desk.update(
                id, fields, base: context.form["base"].flatMap { Int($0) }, by: context.requireVisit(), address: context.address)
            return Response.redirect(to: "/channels/\(id)/edit?saved=1")
        } catch {
            return try await form(error, typed(id, context), request, context)
        }
    }

    /// The fields that the form has; those left out stay as they are.
    private func fields(_ context: ConsoleContext) -> ChannelDesk.Fields {
        ChannelField.allCases.reduce(into: [:]) { $0[$1] = context.form[$1.formName] }
    }

    /// What was typed; an address only if it is what the console shows anyway.
    private func typed(_ id: String?, _ context: ConsoleContext) async throws -> ChannelFormPage {
        var model = ChannelFormPage()
        if let id { model = try await page(id) }
        for (field, text) in fields(context) where field != .id || id == nil {
            let isAddress = field == .url || field == .subURL
            if !isAddress || SourceAddress.isHarmless(text) {
                model.texts[field] = text
            } else if text != model.texts[field] {
                model.texts[field] = ""
                model.fieldFailures[field] = Wording(language: context.language)[.addressAgain]
            }
        }
        model.base = context.form["base"].flatMap { Int($0) } ?? model.base
        return model
    }
}
