import Casework
import Foundation
import HTTPTypes
import Hummingbird
import Pipeline

/// `/api/v1/runs/…`: what a run was asked, what it found, what would change, and what becomes of it.
struct FindingAPI: Sendable {
    private struct Detail: Encodable {
        var run: RunRecord
        /// Missing while nobody has begun with it.
        var progress: RunProgress?
    }

    private struct Item: Encodable {
        var finding: RunFinding
        var stillURL: String?
        /// The live case of the same act.
        var caseID: String?
    }

    private struct Findings: Encodable { var findings: [Item] }

    private struct Promotion: RequestFields {
        var reason: String

        enum CodingKeys: String, CodingKey, CaseIterable { case reason }
    }

    private struct Promoted: Encodable {
        var caseID: String
        var isNew: Bool
    }

    private struct Approval: RequestFields {
        var channel: String
        var reason: String
        /// A run's id; missing where `decided` is true.
        var before: String?
        var decided: Bool?

        enum CodingKeys: String, CodingKey, CaseIterable { case channel, reason, before, decided }
    }

    private struct Approved: Encodable {
        var channel: String
        var zonesVersion: Int
    }

    let desk: FindingDesk
    let listing: CaseListing

    /// To be added before any other route below `runs`, since `compare` is no run.
    func addRoutes(to api: RouterGroup<ConsoleContext>) {
        api.get("runs/compare") { request, context in
            let comparison = try await comparison(request, context)
            return Self.file(try comparison.json(), "application/json; charset=utf-8", nil)
        }
        api.get("runs/compare.csv") { request, context in
            let comparison = try await comparison(request, context)
            // The mark by which spreadsheets know UTF-8.
            return Self.file(Data("\u{FEFF}\(comparison.csv)".utf8), "text/csv; charset=utf-8", "comparison.csv")
        }
        api.get("runs/:id/record") { _, context in
            let run = try await desk.shelf.run(context.parameters.require("id"))
            var progress = run.progress
            progress?.processID = nil
            return try JSONAnswer.response(Detail(run: run.record, progress: progress))
        }
        api.get("runs/:id/findings") { _, context in try await findings(context) }
    }

    /// For those who may decide.
    func addDecisionRoutes(to api: RouterGroup<ConsoleContext>) {
        api.post("runs/:id/findings/:finding/promote") { request, context in
            let fields = try await Promotion.read(request, context)
            let run = try await desk.shelf.run(context.parameters.require("id"))
            let promoted = try await desk.promote(
                FindingRoutes.findingID(context), of: run, reason: fields.reason, by: context.requireVisit(), address: context.address)
            return try JSONAnswer.response(
                Promoted(caseID: promoted.caseID, isNew: promoted.isNew), status: promoted.isNew ? .created : .ok)
        }
    }

    /// For those who may edit channels.
    func addEditingRoutes(to api: RouterGroup<ConsoleContext>) {
        api.post("runs/:id/approve") { request, context in
            let fields = try await Approval.read(request, context)
            let run = try await desk.shelf.run(context.parameters.require("id"))
            let choice = FindingRoutes.Choice(["before": fields.before ?? "", "decided": fields.decided == true ? "1" : ""])
            let saved = try await desk.approve(
                run, channelID: fields.channel, comparedWith: choice.requireBefore(), reason: fields.reason, by: context.requireVisit(),
                address: context.address)
            return try JSONAnswer.response(Approved(channel: saved.channelID, zonesVersion: saved.version))
        }
    }

    private func findings(_ context: ConsoleContext) async throws -> Response {
        let run = try await desk.shelf.run(context.parameters.require("id"))
        let cases = try await desk.cases(met: run)
        try await listing.log("run-viewed", run.record.id, context)
        return try JSONAnswer.response(
            Findings(
                findings: (run.findings ?? []).map { finding in
                    Item(
                        finding: finding,
                        stillURL: finding.still.map { _ in "/runs/\(run.record.id)/findings/\(FormFields.encode(finding.id))/still.jpg" },
                        caseID: cases[finding.id]?.id)
                }))
    }

    private func comparison(_ request: Request, _ context: ConsoleContext) async throws -> RunComparison {
        let choice = FindingRoutes.Choice(request.uri.queryParameters.choices)
        let before = try choice.requireBefore()
        guard let afterID = choice.afterID else {
            throw Refusal.invalid("after", zh: "请用 after 指明分析。", en: "Name the run with “after”.")
        }
        let comparison = try await desk.comparison(before, desk.shelf.run(afterID))
        try await listing.log("runs-compared", (comparison.before.runID ?? "decided") + " " + afterID, context)
        return comparison
    }

    private static func file(_ data: Data, _ type: String, _ name: String?) -> Response {
        var headers: HTTPFields = [.contentType: type, .cacheControl: "private, no-store"]
        if let name { headers[.contentDisposition] = "attachment; filename=\"\(name)\"" }
        return Response(status: .ok, headers: headers, body: ResponseBody(byteBuffer: ByteBuffer(bytes: data)))
    }
}
