import Casework
import Evidence
import Foundation
import HTTPTypes
import Hummingbird

/// `/api/v1/cases` and `/api/v1/counts`.
struct CaseAPI: Sendable {
    /// The members of `CaseAction`, times as ISO 8601.
    private struct ActionFields: RequestFields {
        var kind: CaseAction.Kind
        var reason: String?
        var note: String?
        var ticks: Set<CaseAction.Tick>?
        var declaresNoConflict: Bool?
        var suggestion: Decision.Verdict?
        var dueAt: String?
        var outcome: CaseAction.Outcome?
        var notice: NoticeText?
        var shopID: String?
        var permitID: String?

        enum CodingKeys: String, CodingKey, CaseIterable {
            case kind, reason, note, ticks, declaresNoConflict, suggestion, dueAt, outcome, notice, shopID, permitID
        }

        func action() throws(Refusal) -> CaseAction {
            let due = dueAt.map { JSONAnswer.date($0) }
            if case .some(nil) = due {
                throw .invalid("dueAt", zh: "dueAt 须为 ISO 8601 时间。", en: "“dueAt” is an ISO 8601 time.")
            }
            return CaseAction(
                kind, reason: reason, note: note ?? "", ticks: ticks ?? [], declaresNoConflict: declaresNoConflict ?? false,
                suggestion: suggestion, dueAt: due ?? nil, outcome: outcome, notice: notice, shopID: shopID, permitID: permitID)
        }
    }

    private struct List: Encodable {
        var cases: [CaseAnswer]
        /// Present and null on the last page.
        var next: String?
        var counts: CaseCounts

        private enum CodingKeys: String, CodingKey { case cases, next, counts }

        func encode(to encoder: any Encoder) throws {
            var container = encoder.container(keyedBy: CodingKeys.self)
            try container.encode(cases, forKey: .cases)
            try container.encode(next, forKey: .next)
            try container.encode(counts, forKey: .counts)
        }
    }

    private struct Detail: Encodable {
        struct File: Encodable {
            var name: String
            var url: String
            var bytes: Int64
            var sha256: String
        }

        var `case`: CaseAnswer
        var manifest: EvidenceManifest?
        var files: [File]
        var events: [CaseEvent]
        var possible: [CaseAction.Kind]
    }

    private struct Done: Encodable {
        var `case`: CaseAnswer
        /// What the same user could do next.
        var possible: [CaseAction.Kind]
        var nextCaseID: String?

        private enum CodingKeys: String, CodingKey { case `case`, possible, nextCaseID }

        func encode(to encoder: any Encoder) throws {
            var container = encoder.container(keyedBy: CodingKeys.self)
            try container.encode(`case`, forKey: .case)
            try container.encode(possible, forKey: .possible)
            try container.encode(nextCaseID, forKey: .nextCaseID)
        }
    }

    private struct Events: Encodable { var events: [CaseEvent] }

    private struct Verification: Encodable {
        var intact: Bool
        var problem: String?
    }

    private static let pageLimit = 200

    let desk: CaseDesk
    let listing: CaseListing

    func addRoutes(to api: RouterGroup<ConsoleContext>) {
        api.get("counts") { _, _ in try await JSONAnswer.response(desk.store.counts()) }
        api.get("cases") { request, context in try await list(request, context) }
        api.get("cases/:id") { request, context in try await detail(request, context) }
        api.get("cases/:id/events") { _, context in
            let record = try await desk.record(context.parameters.require("id"))
            return try await JSONAnswer.response(Events(events: desk.events(of: record, for: context.requireVisit())))
        }
        api.get("cases/:id/verification") { _, context in
            let record = try await desk.record(context.parameters.require("id"))
            if record.deletedAt != nil {
                throw Refusal(
                    .gone, "deleted", zh: "证据包已按保存期限删除。", en: "The package was deleted by the rules of retention.")
            }
            switch try await desk.seal(of: record) {
            case .broken(let problem):
                return try JSONAnswer.response(Verification(intact: false, problem: problem))
            case .sound, .unchecked: return try JSONAnswer.response(Verification(intact: true))
            }
        }
    }

    /// For those who may act on cases.
    func addActionRoutes(to api: RouterGroup<ConsoleContext>) {
        api.post("cases/:id/actions") { request, context in
            let visit = try context.requireVisit()
            let action = try await ActionFields.read(request, context).action()
            let record = try await desk.act(context.parameters.require("id"), action, by: visit)
            let next = try await desk.idAfterDecision(on: record, QueueFilter(request))
            return try await JSONAnswer.response(
                Done(
                    case: answer(BlindReview.record(record, for: visit.user)), possible: desk.possible(for: visit, on: record),
                    nextCaseID: next))
        }
    }

    private func list(_ request: Request, _ context: ConsoleContext) async throws -> Response {
        let query = request.uri.queryParameters
        var states = CaseState.waiting
        if let text = query["state"], !text.isEmpty {
            states = try text == "all" ? [] : text.split(separator: ",").map { try Self.state($0) }
        }
        let limit = try query["limit"].map { try Self.limit($0) } ?? 50
        let cursor = try query["after"].flatMap { $0.isEmpty ? nil : try CursorText.cursor(String($0)) }
        func given(_ name: Substring) -> String? { query[name].flatMap { $0.isEmpty ? nil : String($0) } }
        let filter = try CaseFilter(
            states: states, violation: given("violation"), channelID: given("channel"),
            from: given("from").map { try Self.moment($0, "from") },
            until: given("until").map { try Self.moment($0, "until") }, shopID: given("shop"), outcome: given("outcome").map(Self.outcome),
            decidedBy: given("decidedBy"))
        let page = try await desk.store.cases(filter, after: cursor, limit: limit)
        let channels = try await listing.channels()
        let user = try context.requireVisit().user
        return try await JSONAnswer.response(
            List(
                cases: page.cases.map { answer(BlindReview.record($0, for: user), channels) }, next: page.next.map(CursorText.text),
                counts: desk.store.counts()))
    }

    private func detail(_ request: Request, _ context: ConsoleContext) async throws -> Response {
        let record = try await desk.record(context.parameters.require("id"))
        try await listing.log("case-viewed", record.id, context)
        let manifest = try await desk.evidence.manifest(of: record)
        let files = manifest?.files.map {
            Detail.File(name: $0.name, url: "/evidence/\(record.id)/\($0.name)", bytes: $0.bytes, sha256: $0.sha256.hex)
        }
        let visit = try context.requireVisit()
        return try await JSONAnswer.response(
            Detail(
                case: answer(BlindReview.record(record, for: visit.user)), manifest: manifest, files: files ?? [],
                events: desk.events(of: record, for: visit), possible: desk.possible(for: visit, on: record)))
    }

    private func answer(_ record: CaseRecord) async throws -> CaseAnswer {
        try await answer(record, listing.channels())
    }

    private func answer(_ record: CaseRecord, _ channels: [String: ChannelRecord]) -> CaseAnswer {
        let channel = channels[record.incident.channelID]
        return CaseAnswer(
            record: record, violationName: listing.catalogue.entry(record.incident.violation)?.name,
            channelName: channel?.name ?? record.incident.channelID, place: channel?.place ?? "")
    }

    private static func state(_ text: Substring) throws(Refusal) -> CaseState {
        guard let state = CaseState(rawValue: String(text)) else {
            let known = CaseState.allCases.map(\.rawValue).joined(separator: ", ")
            throw Refusal(
                .badRequest, "bad-state", zh: "未知状态；可用：\(known)、all。", en: "Unknown state; known are \(known) and all.",
                field: "state")
        }
        return state
    }

    private static func moment(_ text: String, _ field: String) throws(Refusal) -> Date {
        guard let date = JSONAnswer.date(text) else {
            throw Refusal(
                .badRequest, "bad-time", zh: "时间须写作 2026-11-24T08:00:00+08:00。", en: "A time is written as 2026-11-24T08:00:00+08:00.",
                field: field)
        }
        return date
    }

    private static func outcome(_ text: String) throws(Refusal) -> CaseAction.Outcome {
        guard let outcome = CaseAction.Outcome(rawValue: text) else {
            let known = CaseAction.Outcome.allCases.map(\.rawValue).joined(separator: ", ")
            throw Refusal(.badRequest, "bad-outcome", zh: "未知结果；可用：\(known)。", en: "Unknown outcome; known are \(known).", field: "outcome")
        }
        return outcome
    }

    private static func limit(_ text: Substring) throws(Refusal) -> Int {
        guard let limit = Int(text), (1...pageLimit).contains(limit) else {
            throw Refusal(
                .badRequest, "bad-limit", zh: "limit 须为 1–\(pageLimit)。", en: "limit is a number from 1 to \(pageLimit).",
                field: "limit")
        }
        return limit
    }
}

extension QueueFilter {
    init(_ request: Request) {
        let query = request.uri.queryParameters
        self.init(
            state: query["state"].map(String.init), violation: query["violation"].map(String.init),
            channel: query["channel"].map(String.init))
    }
}
