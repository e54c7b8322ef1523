import Casework
import Foundation
import HTTPTypes
import Hummingbird
import Pipeline

/// `/runs`: the list of re-analyses and the form of a new one.
struct RunRoutes: Sendable {
    /// nil where runs are not available.
    let desk: RunDesk?
    let listing: CaseListing
    let frame: PageDesk

    private var timeZone: TimeZone { frame.configuration.timeZone }

    func addRoutes(to routes: RouterGroup<ConsoleContext>) {
        routes.get("runs") { request, context in try await list(failure: nil, .ok, request, context) }
    }

    /// For those who may edit channels.
    func addEditingRoutes(to routes: RouterGroup<ConsoleContext>) {
        routes.get("runs/new") { request, context in
            try await form(FormFields(encoded: request.uri.query ?? ""), failure: nil, .ok, request, context)
        }
        // Out of the zone editor, with a draft that was never saved.
        routes.post("runs/new") { request, context in
            try await form(
                context.form, failure: nil, .ok, request, context, draftOf: request.uri.queryParameters["channel"].map(String.init))
        }
        routes.post("runs") { request, context in
            do {
                _ = try await available().start(fields(context.form), by: context.requireVisit(), address: context.address)
                return Response.redirect(to: "/runs")
            } catch {
                guard let refusal = Refusal(error) else { throw error }
                return try await form(
                    context.form, failure: refusal.message.text(context.language), refusal.status, request, context)
            }
        }
        routes.post("runs/:id/wish") { request, context in
            do {
                guard let wish = RunWish(rawValue: context.form["wish"] ?? "") else {
                    throw Refusal.invalid("wish", zh: "请选择暂停、继续或取消。", en: "The wish is run, pause or cancel.")
                }
                let id = try context.parameters.require("id")
                _ = try await available().wish(wish, id, by: context.requireVisit(), address: context.address)
                return Response.redirect(to: "/runs#run-\(id)")
            } catch let refusal as Refusal where refusal.status != .notFound {
                return try await list(failure: refusal.message.text(context.language), refusal.status, request, context)
            }
        }
    }

    private func available() throws(Refusal) -> RunDesk {
        guard let desk else { throw .notFound }
        return desk
    }

    private func list(
        failure: String?, _ status: HTTPResponse.Status, _ request: Request, _ context: ConsoleContext
    ) async throws -> Response {
        let isConfigured = await desk?.archive.contents().folders.isEmpty == false
        let model = try await RunsPage(
            runs: desk?.runs.runs(), userNames: listing.userNames(), failure: failure, isConfigured: isConfigured)
        return await PageDesk.html(frame.pages.runs(model, frame.pageContext(request, context)), status: status)
    }

    // MARK: A new one

    private func fields(_ form: FormFields) async throws -> RunDesk.Fields {
        let from = form.filled("from").map { LocalMoment.date($0, in: timeZone) }
        let to = form.filled("to").map { LocalMoment.date($0, in: timeZone) }
        if case .some(.none) = from { throw Refusal.invalid("from", zh: "开始时间无法识别。", en: "The begin is no time.") }
        if case .some(.none) = to { throw Refusal.invalid("to", zh: "结束时间无法识别。", en: "The end is no time.") }
        let chosen = try await chosen(form)
        guard form["which"] != "chosen" || !chosen.isEmpty else {
            throw Refusal.invalid("channels", zh: "请至少选择一路通道。", en: "Choose at least one channel.")
        }
        return RunDesk.Fields(
            name: form["name"] ?? "", from: from ?? nil, to: to ?? nil, everyFrame: form["everyFrame"] == "1",
            channels: form["which"] == "chosen" ? chosen.map { RunDesk.Choice(channelID: $0.key, zones: $0.value) } : [])
    }

    private func chosen(_ form: FormFields) async throws -> [String: RunDesk.Choice.Zones] {
        var chosen: [String: RunDesk.Choice.Zones] = [:]
        for channel in try await listing.store.channels() where form["channel-\(channel.id)"] != nil {
            switch form["zones-\(channel.id)"] ?? "live" {
            case "live": chosen[channel.id] = .live
            case "draft": chosen[channel.id] = .draft(form["draft-\(channel.id)"] ?? "")
            case let text:
                guard let version = Int(text), version > 0 else {
                    throw Refusal.invalid("zones", zh: "区域版本须为数字。", en: "A version of the zones is a number.")
                }
                chosen[channel.id] = .version(version)
            }
        }
        return chosen
    }

    private func form(
        _ given: FormFields, failure: String?, _ status: HTTPResponse.Status, _ request: Request, _ context: ConsoleContext,
        draftOf draftID: String? = nil
    ) async throws -> Response {
        let desk = try available()
        let contents = await desk.archive.contents()
        var chosen = try await chosen(given)
        if let draftID { chosen[draftID] = .draft(given["document"] ?? "") }
        let channels = try await listing.store.channels().map {
            RunFormPage.Channel(id: $0.id, name: $0.name, zonesVersion: $0.zonesVersion, footage: contents.timelines[$0.id])
        }
        let everyFrame = given["everyFrame"] == "1"
        let model = await RunFormPage(
            contents: contents, channels: channels, name: given["name"] ?? "",
            from: given.filled("from").flatMap { LocalMoment.date($0, in: timeZone) },
            to: given.filled("to").flatMap { LocalMoment.date($0, in: timeZone) }, everyFrame: everyFrame,
            isAll: draftID == nil && given["which"] != "chosen", chosen: chosen,
            usualRate: desk.runs.usualRate(everyFrame: everyFrame), failure: failure)
        return await PageDesk.html(frame.pages.runForm(model, frame.pageContext(request, context)), status: status)
    }
}
