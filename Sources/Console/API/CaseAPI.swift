import Casework
import Evidence
import Foundation
import HTTPTypes
import Hummingbird

/// `/api/v1/cases` and `/api/v1/counts`.
struct CaseAPI: Sendable {
    private struct DecisionFields: RequestFields {
        var verdict: Decision.Verdict
        var reason: String?
        var note: String?

        enum CodingKeys: String, CodingKey, CaseIterable { case verdict, reason, note }
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
    }

    private struct Decided: Encodable {
        var `case`: CaseAnswer
        var nextCaseID: String?

        private enum CodingKeys: String, CodingKey { case `case`, nextCaseID }

        func encode(to encoder: any Encoder) throws {
            var container = encoder.container(keyedBy: CodingKeys.self)
            try container.encode(`case`, forKey: .case)
            try container.encode(nextCaseID, forKey: .nextCaseID)
        }
    }

    private struct One: Encodable { var `case`: CaseAnswer }
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
        api.get("cases") { request, _ in try await list(request) }
        api.get("cases/:id") { request, context in try await detail(request, context) }
        api.get("cases/:id/events") { _, context in
            let record = try await desk.record(context.parameters.require("id"))
            return try await JSONAnswer.response(Events(events: desk.store.events(caseID: record.id)))
        }
        api.get("cases/:id/verification") { _, context in
            let record = try await desk.record(context.parameters.require("id"))
            switch try await desk.seal(of: record) {
            case .broken(let problem):
                return try JSONAnswer.response(Verification(intact: false, problem: problem))
            case .sound, .unchecked: return try JSONAnswer.response(Verification(intact: true))
            }
        }
    }

    /// For those who may decide.
    func addDecisionRoutes(to api: RouterGroup<ConsoleContext>) {
        api.post("cases/:id/decision") { request, context in
            let fields = try await DecisionFields.read(request, context)
            let record = try await desk.decide(
                context.parameters.require("id"), verdict: fields.verdict, reason: fields.reason, note: fields.note ?? "",
                by: context.requireVisit())
            let next = try await desk.idAfterDecision(on: record, QueueFilter(request))
            return try await JSONAnswer.response(Decided(case: answer(record), nextCaseID: next))
        }
        api.post("cases/:id/undo") { _, context in
            let record = try await desk.undo(context.parameters.require("id"), by: context.requireVisit())
            return try await JSONAnswer.response(One(case: answer(record)))
        }
    }

    private func list(_ request: Request) async throws -> Response {
        let query = request.uri.queryParameters
        var states: [CaseState] = [.candidate]
        if let text = query["state"], !text.isEmpty {
            states = try text == "all" ? [] : text.split(separator: ",").map { try Self.state($0) }
        }
        let limit = try query["limit"].map { try Self.limit($0) } ?? 50
        let cursor = try query["after"].flatMap { $0.isEmpty ? nil : try CursorText.cursor(String($0)) }
        let filter = CaseFilter(
            states: states, violation: query["violation"].flatMap { $0.isEmpty ? nil : String($0) },
            channelID: query["channel"].flatMap { $0.isEmpty ? nil : String($0) })
        let page = try await desk.store.cases(filter, after: cursor, limit: limit)
        let channels = try await listing.channels()
        return try await JSONAnswer.response(
            List(
                cases: page.cases.map { answer($0, channels) }, next: page.next.map(CursorText.text),
                counts: desk.store.counts()))
    }

    private func detail(_ request: Request, _ context: ConsoleContext) async throws -> Response {
        let record = try await desk.record(context.parameters.require("id"))
        try await listing.log("case-viewed", record.id, context)
        let manifest = try await desk.evidence.manifest(of: record)
        let files = manifest?.files.map {
            Detail.File(name: $0.name, url: "/evidence/\(record.id)/\($0.name)", bytes: $0.bytes, sha256: $0.sha256.hex)
        }
        return try await JSONAnswer.response(
            Detail(
                case: answer(record), manifest: manifest, files: files ?? [],
                events: desk.store.events(caseID: record.id)))
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
