import Casework
import Foundation
import HTTPTypes
import Hummingbird
import Pipeline

/// `/api/v1/deadlines`, `/api/v1/grid`, `/api/v1/referrals` and a case's clocks.
struct DutyAPI: Sendable {
    private struct Mark: RequestFields {
        var step: Referral.Step
        /// The other body's words; needed for `answered` and `returned`.
        var text: String?

        enum CodingKeys: String, CodingKey, CaseIterable { case step, text }
    }

    private struct Answer: RequestFields {
        var step: CityAnswer.Step
        /// Of the decision or of its service; today by default.
        var day: LocalDay?
        /// Number of the decision; needed for `decided`.
        var note: String?

        enum CodingKeys: String, CodingKey, CaseIterable { case step, day, note }
    }

    private static let usualLimit = 50
    private static let longestLimit = 500

    let desk: DutyDesk
    let listing: CaseListing

    func addRoutes(to api: RouterGroup<ConsoleContext>) {
        api.get("deadlines") { request, _ in
            let filter = try DeadlineFilter(request, desk)
            let limit = request.uri.queryParameters["limit"].map { Int($0) ?? 0 } ?? Self.usualLimit
            guard (1...Self.longestLimit).contains(limit) else {
                throw Refusal.invalid(
                    "limit", zh: "limit 须为 1–\(Self.longestLimit)。", en: "limit is 1 to \(Self.longestLimit).")
            }
            return try await JSONAnswer.response(DeadlinesAnswer(desk.deadlines(filter, limit: limit), desk))
        }
        api.get("cases/:id/clocks") { _, context in
            guard let record = try await desk.store.caseRecord(id: context.parameters.require("id")) else { throw Refusal.notFound }
            return try await JSONAnswer.response(CaseClocksAnswer(desk.clocks(of: record), desk))
        }
        api.get("grid") { _, _ in try await JSONAnswer.response(GridAnswer(desk.grid(), desk)) }
        api.get("referrals") { request, context in
            let filter = try ReferralFilter(request, desk)
            let found = try await desk.referrals(body: filter.body, status: filter.status)
            // A queue that leaves the station names places and cases: who took it is kept.
            try await listing.log("referrals-exported", filter.body ?? "all", context)
            let answer = ReferralsAnswer(found, desk)
            guard request.uri.queryParameters["format"] == "csv" else { return try JSONAnswer.response(answer) }
            return Response(
                status: .ok,
                headers: [
                    .contentType: "text/csv; charset=utf-8; header=present",
                    .contentDisposition: "attachment; filename=\"referrals-\(filter.body ?? "all").csv\"",
                ], body: ResponseBody(byteBuffer: ByteBuffer(string: answer.csv)))
        }
    }

    /// For those who may decide.
    func addReferralRoutes(to api: RouterGroup<ConsoleContext>) {
        api.post("cases/:id/referrals/:body") { request, context in
            let mark = try await Mark.read(request, context)
            let referrals = try await desk.mark(
                mark.step, context.parameters.require("id"), body: context.parameters.require("body"), text: mark.text ?? "",
                by: context.requireVisit())
            return try JSONAnswer.response(["referrals": referrals])
        }
        api.post("cases/:id/city-answers") { request, context in
            let fields = try await Answer.read(request, context)
            let answers = try await desk.enter(
                fields.step, on: fields.day, note: fields.note ?? "", context.parameters.require("id"), by: context.requireVisit())
            return try JSONAnswer.response(["answers": answers])
        }
    }
}
