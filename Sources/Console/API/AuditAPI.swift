import Casework
import Foundation
import HTTPTypes
import Hummingbird

/// `/api/v1/access-log`, for auditor, head and administrator.
struct AuditAPI: Sendable {
    private struct Log: Encodable {
        struct Entry: Encodable {
            var sequence: Int64
            var at: Date
            var userID: String
            var unit: String
            var action: String
            var subject: String
            var reason: String
            var address: String
            var hash: String

            init(_ line: AccessLine) {
                sequence = line.sequence
                at = line.record.at
                userID = line.record.userID
                unit = line.record.unit
                action = line.record.action
                subject = line.record.subject
                reason = line.record.reason
                address = line.record.address
                hash = line.hash
            }
        }

        var entries: [Entry]
        /// For `after` of the next page.
        var next: Int64?
    }

    private static let pageLimit = 500

    let desk: AuditDesk

    func addRoutes(to api: RouterGroup<ConsoleContext>) {
        api.get("access-log") { request, context in
            let query = FormFields(encoded: request.uri.query ?? "")
            let limit = min(max(query.filled("limit").flatMap { Int($0) } ?? 100, 1), Self.pageLimit)
            var filter = try await desk.filter(query)
            if let text = query.filled("before") {
                guard let date = JSONAnswer.date(text) else {
                    throw Refusal(
                        .badRequest, "bad-time", zh: "before 须为 ISO 8601 时间。", en: "“before” is an ISO 8601 time.", field: "before")
                }
                filter.time =
                    min(filter.time?.lowerBound ?? .init(timeIntervalSince1970: 0), date)..<min(filter.time?.upperBound ?? date, date)
            }
            var after: Int64?
            if let text = query.filled("after") {
                guard let sequence = Int64(text), sequence > 0 else {
                    throw Refusal(
                        .badRequest, "bad-cursor", zh: "after 须为上一页的 next。", en: "“after” is the “next” of the page before.",
                        field: "after")
                }
                after = sequence
            }
            let page = try await desk.page(filter, before: after, limit: limit, context)
            return try JSONAnswer.response(Log(entries: page.lines.map(Log.Entry.init), next: page.next))
        }
        api.get("access-log/chain") { _, _ in try await JSONAnswer.response(desk.store.accessChain()) }
    }
}
