import Casework
import Foundation
import HTTPTypes
import Hummingbird
import Pipeline

/// `/api/v1/notices` and what cases have of them.
struct NoticeAPI: Sendable {
    /// What a gateway, or a person, says of a message.
    private struct Report: Decodable {
        /// The message's id once more: the signature covers it.
        var notice: Int64
        var status: NoticeReport.Kind
        var text: String?
        var reference: String?
    }

    private struct Drafts: Encodable { var drafts: [NoticeDraft] }
    private struct Notices: Encodable { var notices: [NoticeRecord] }

    private static let bodyLimit = 16 << 10
    /// In the log, for what the gateway itself reported.
    private static let gateway = "gateway"

    let desk: NoticeDesk
    /// Of the whole store: the gateway is no user, and knows messages of every camera.
    let gatewayDesk: NoticeDesk
    let cases: CaseDesk

    /// Answers the gateway without a log-in; its signature is its pass.
    func addPublicRoutes(to api: RouterGroup<ConsoleContext>) {
        api.post("notices/:id/status") { request, context in
            let id = try Self.id(context)
            let body = Data(try await request.body.collect(upTo: Self.bodyLimit).readableBytesView)
            let actor = try actor(request, context, id: id, body: body)
            guard let report = try? JSONDecoder().decode(Report.self, from: body) else {
                throw Refusal.invalid(
                    "body", zh: "须为 {\"notice\", \"status\", \"text\", \"reference\"}。",
                    en: "The body is {\"notice\", \"status\", \"text\", \"reference\"}; status is delivered, failed or replied.")
            }
            guard report.notice == id else {
                throw Refusal.invalid("notice", zh: "notice 与地址不一致。", en: "“notice” is not the one of the address.")
            }
            guard actor != Self.gateway || report.status != .retried else { throw Refusal.roleMissing }
            let notice = try await (actor == Self.gateway ? gatewayDesk : desk).report(
                id, NoticeReport(report.status, text: report.text ?? "", reference: report.reference ?? ""), by: actor)
            return try JSONAnswer.response(notice.masked)
        }
    }

    func addRoutes(to api: RouterGroup<ConsoleContext>) {
        api.get("notices") { request, _ in
            let query = request.uri.queryParameters
            let statuses = try NoticeDesk.statuses(query["status"].map(String.init))
            let notices = try await desk.store.notices(
                statuses, before: query["before"].flatMap { Int64($0) }, limit: NoticeDesk.pageSize)
            return try JSONAnswer.response(Notices(notices: notices.map(\.masked)))
        }
        api.get("notices/:id") { _, context in try await JSONAnswer.response(desk.notice(Self.id(context)).masked) }
        api.get("cases/:id/notices") { _, context in
            let record = try await cases.record(context.parameters.require("id"))
            guard !BlindReview.applies(to: record, for: try context.requireVisit().user) else {
                return try JSONAnswer.response(Notices(notices: []))
            }
            return try await JSONAnswer.response(Notices(notices: desk.store.notices(caseID: record.id).map(\.masked)))
        }
    }

    /// For those who act on cases.
    func addActionRoutes(to api: RouterGroup<ConsoleContext>) {
        api.get("cases/:id/notice-drafts") { _, context in
            let record = try await cases.record(context.parameters.require("id"))
            return try await JSONAnswer.response(Drafts(drafts: desk.drafts(for: record)))
        }
    }

    private func actor(_ request: Request, _ context: ConsoleContext, id: Int64, body: Data) throws -> String {
        if let signature = request.headers[.noticeSignature] {
            let timestamp = request.headers[.noticeTimestamp] ?? ""
            guard desk.configuration.signature.isValid(signature, timestamp: timestamp, id: id, body: body, now: desk.now()) else {
                throw Refusal(
                    .unauthorized, "signature", zh: "签名无效或已过期。", en: "The signature is wrong, or older than five minutes.")
            }
            return Self.gateway
        }
        let visit = try context.requireVisit()
        guard visit.user.role.may(.decide) else { throw Refusal.roleMissing }
        return visit.user.id
    }

    static func id(_ context: ConsoleContext) throws -> Int64 {
        guard let id = Int64(try context.parameters.require("id")) else { throw Refusal.notFound }
        return id
    }
}

extension NoticeRecord {
    /// For lists and programs: most of the number is hidden, there and in the text.
    var masked: NoticeRecord {
        var copy = self
        copy.notice.recipient = notice.maskedRecipient
        return copy
    }
}

extension NoticeDesk {
    /// - Throws: `Refusal` for a status that there is not.
    static func statuses(_ text: String?) throws(Refusal) -> [NoticeRecord.Status] {
        guard let text, !text.isEmpty else { return [] }
        guard let status = NoticeRecord.Status(rawValue: text) else {
            let names = NoticeRecord.Status.allCases.map(\.rawValue).joined(separator: ", ")
            throw .invalid("status", zh: "状态须为：\(names)。", en: "The status is one of \(names).")
        }
        return [status]
    }
}
