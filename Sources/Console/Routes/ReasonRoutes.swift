import Casework
import Foundation
import HTTPTypes
import Hummingbird

/// `/reasons`: where the form that asks why is sent; `/api/v1/access-reasons`: what a program may give.
struct ReasonRoutes: Sendable {
    private struct Answer: Encodable {
        struct Reason: Encodable {
            var code: String
            var name: BilingualText
            var needsText: Bool
        }

        var reasons: [Reason]
        var rememberMinutes: Int
        var textLimit: Int
    }

    let desk: AccessDesk
    let frame: PageDesk

    func addRoutes(to routes: RouterGroup<ConsoleContext>) {
        routes.post("reasons") { request, context in
            do {
                let record = try await desk.give(context.form, context)
                guard let next = context.form["next"], ConsoleCookies.isOwnPath(next) else {
                    return Response.redirect(to: "/cases/\(record.id)")
                }
                return Response.redirect(to: next)
            } catch let refusal as Refusal where refusal.status != .notFound {
                guard let record = try await desk.store.caseRecord(id: context.form["case"] ?? "") else { throw refusal }
                return try await frame.reasonForm(record, desk.rules, failure: refusal, request, context)
            }
        }
    }

    func addAPI(to api: RouterGroup<ConsoleContext>) {
        api.get("access-reasons") { _, _ in
            try JSONAnswer.response(
                Answer(
                    reasons: desk.rules.reasons.map { Answer.Reason(code: $0.code, name: $0.name, needsText: $0.needsText) },
                    rememberMinutes: desk.rules.rememberMinutes, textLimit: AccessRules.textLimit))
        }
    }
}

extension PageDesk {
    /// The small form that stands in the place of what was asked for; its answer leads there.
    func reasonForm(
        _ record: CaseRecord, _ rules: AccessRules, failure: Refusal?, _ request: Request, _ context: ConsoleContext
    ) async throws -> Response {
        var page = await pageContext(request, context)
        let next = failure == nil ? request.uri.string : context.form["next"] ?? ""
        let model = ReasonPage(
            caseID: record.id, next: ConsoleCookies.isOwnPath(next) ? next : "/cases/\(record.id)", rules: rules,
            chosen: context.form["reason"], words: context.form["words"] ?? "", failure: failure?.message.text(context.language))
        // The language link must lead to what was asked for, not to where the form is sent.
        if failure != nil { page.path = model.next }
        return PageDesk.html(pages.reason(model, page), status: failure?.status ?? .forbidden)
    }
}
