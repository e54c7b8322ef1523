import Casework
import Foundation
import HTTPTypes
import Hummingbird
import Pipeline

/// `/retention` and `/api/v1/retention`.
struct RetentionRoutes: Sendable {
    private struct Answer: Encodable {
        struct Item: Encodable {
            var caseID: String
            var rule: String
            var since: Date
        }

        var at: Date
        var seen: Int
        var isComplete: Bool
        /// Until an administrator confirms the clock.
        var isWaiting: Bool
        var dueCount: Int
        var due: [Item]
        var next: [Item]
        var held: [String]
        var countsByRule: [String: Int]

        init(_ plan: RetentionPlan) {
            at = plan.at
            seen = plan.seen
            isComplete = plan.isComplete
            if case .waits = plan.answer { isWaiting = true } else { isWaiting = false }
            dueCount = plan.dueCount
            due = plan.due.map { Item(caseID: $0.caseID, rule: $0.row.id, since: $0.since) }
            next = plan.next.map { Item(caseID: $0.caseID, rule: $0.row.id, since: $0.since) }
            held = plan.held.map(\.id)
            countsByRule = plan.countsByRow
        }
    }

    /// A page must come soon whatever the store holds: ten thousand take about a second.
    private static let most = 10_000
    private static let deletionsShown = 50

    let retention: any RetentionControl
    let store: any CaseStore
    let frame: PageDesk
    let now: @Sendable () -> Date

    func addRoutes(to routes: RouterGroup<ConsoleContext>) {
        routes.get("retention") { request, context in
            let model = try await RetentionPage(
                plan: retention.plan(limit: Self.most), deletions: store.deletionEvents(before: nil, limit: Self.deletionsShown),
                userNames: store.users().reduce(into: [:]) { $0[$1.id] = $1.displayName },
                mayConfirm: context.requireVisit().user.role.may(.administer))
            return await PageDesk.html(frame.pages.retention(model, frame.pageContext(request, context)))
        }
        routes.get("retention/certificates/:case") { _, context in try await certificate(context) }
    }

    func addConfirmRoutes(to routes: RouterGroup<ConsoleContext>) {
        routes.post("retention/confirm") { _, context in
            try await confirm(context)
            return Response.redirect(to: "/retention")
        }
    }

    func addAPI(to api: RouterGroup<ConsoleContext>) {
        api.get("retention") { _, _ in try await JSONAnswer.response(Answer(retention.plan(limit: Self.most))) }
        api.get("retention/certificates/:case") { _, context in try await certificate(context) }
    }

    func addConfirmAPI(to api: RouterGroup<ConsoleContext>) {
        api.post("retention/confirm") { _, context in
            try await confirm(context)
            return try await JSONAnswer.response(Answer(retention.plan(limit: Self.most)))
        }
    }

    private func confirm(_ context: ConsoleContext) async throws {
        let visit = try context.requireVisit()
        try await store.appendAccess(
            AccessRecord(at: now(), userID: visit.user.id, action: "retention-confirmed", subject: "", address: context.address))
        try await retention.confirm(by: visit.user.id)
    }

    private func certificate(_ context: ConsoleContext) async throws -> Response {
        let id = try context.parameters.require("case")
        guard let document = try await retention.certificate(caseID: id) else { throw Refusal.notFound }
        return Response(
            status: .ok, headers: [.contentType: "application/json; charset=utf-8"],
            body: ResponseBody(byteBuffer: ByteBuffer(bytes: document)))
    }
}
