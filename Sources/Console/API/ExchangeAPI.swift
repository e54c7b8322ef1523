import Casework
import Foundation
import HTTPTypes
import Hummingbird
import Pipeline

/// `/api/v1/exports`, a case's bundle and party code, and `/api/v1/external-findings`.
struct ExchangeAPI: Sendable {
    private struct Finding: RequestFields {
        var source: String
        var id: String
        /// Five digits of list A, or `04-05` with `list`.
        var code: String
        var list: String?
        /// ISO 8601.
        var at: String
        var latitude: Double?
        var longitude: Double?
        var channel: String?
        var grid: String?
        var place: String?
        /// JPEG in base64.
        var picture: String?

        enum CodingKeys: String, CodingKey, CaseIterable {
            case source, id, code, list, at, latitude, longitude, channel, grid, place, picture
        }
    }

    struct Answer: Encodable {
        var sequence: Int64
        var source: String
        var id: String
        var violation: String?
        var at: Date
        var receivedAt: Date
        var duplicateOfCase: String?
        var duplicateOf: Int64?

        init(_ record: ExternalRecord) {
            sequence = record.sequence
            source = record.finding.source
            id = record.finding.id
            violation = record.finding.violation
            at = record.finding.at
            receivedAt = record.receivedAt
            duplicateOfCase = record.duplicateOfCase
            duplicateOf = record.duplicateOf
        }
    }

    private struct List: Encodable {
        var findings: [Answer]
        var next: Int64?
    }

    private struct Lines: Encodable {
        struct Problem: Encodable {
            var line: Int
            var message: String
        }

        var added = 0
        var known = 0
        var problems: [Problem] = []
    }

    private struct Code: Encodable {
        var code: String
        var address: String
    }

    private static let pageSize = 100

    let desk: ExchangeDesk

    // MARK: Out

    func addRoutes(to api: RouterGroup<ConsoleContext>) {
        api.get("external-findings") { request, _ in
            let before = request.uri.queryParameters["before"].flatMap { Int64($0) }
            let records = try await desk.store.externals(before: before, limit: Self.pageSize)
            return try JSONAnswer.response(
                List(findings: records.map(Answer.init), next: records.count == Self.pageSize ? records.last?.sequence : nil))
        }
        api.get("exports/codes.csv") { _, _ in
            Response(
                status: .ok,
                headers: [.contentType: "text/csv; charset=utf-8", .contentDisposition: "attachment; filename=\"codes.csv\""],
                body: ResponseBody(byteBuffer: ByteBuffer(string: desk.codes())))
        }
    }

    /// For those who work on cases.
    func addExportRoutes(to api: RouterGroup<ConsoleContext>) {
        for form in [GridExport.Form.csv, .json] {
            api.get("exports/shanghai-grid.\(form.rawValue)") { request, context in
                try await desk.grid(
                    form, FormFields(encoded: request.uri.query ?? ""), by: context.requireVisit(), address: context.address)
            }
        }
        api.get("cases/:id/bundle") { request, context in
            try await desk.bundle(
                context.parameters.require("id"), reason: FormFields(encoded: request.uri.query ?? "")["reason"],
                by: context.requireVisit(), address: context.address)
        }
    }

    /// For enforcement officers: the clear code is answered this once.
    func addDecisionRoutes(to api: RouterGroup<ConsoleContext>) {
        api.post("cases/:id/party-code") { _, context in
            let visit = try context.requireVisit()
            let id = try context.parameters.require("id")
            let code = try await desk.store.issuePartyCode(caseID: id, by: visit.user.id, at: desk.now())
            desk.feed.publish(.caseChanged(id: id))
            return try JSONAnswer.response(Code(code: code.printed, address: "/q?code=\(code.text)"), status: .created)
        }
    }

    // MARK: In

    /// For programs that show the token of `external.token`; nobody logs in.
    func addPublicRoutes(to api: RouterGroup<ConsoleContext>) {
        api.post("external-findings") { request, context in
            guard desk.hands.externalToken?.accepts(authorization: request.headers[.authorization]) == true else {
                throw Refusal(
                    .unauthorized, "token-needed", zh: "须出示 external.token 中的令牌。", en: "Show the token of external.token as a bearer token."
                )
            }
            let limit = desk.hands.settings.external.pictureLimitKilobytes << 10
            if request.headers[.contentType]?.lowercased().hasPrefix("text/csv") == true {
                let body = try await request.body.collect(upTo: context.maxUploadSize)
                return try JSONAnswer.response(try await table(String(buffer: body), context.language))
            }
            // Base64 takes four bytes for three.
            let given = try await Finding.read(request, context, limitBytes: limit * 4 / 3 + 8192)
            guard let at = JSONAnswer.date(given.at) else {
                throw Refusal.invalid("at", zh: "at 须为 ISO 8601 时间。", en: "“at” is an ISO 8601 time.")
            }
            var picture: [UInt8]?
            if let text = given.picture {
                guard let data = Data(base64Encoded: text) else {
                    throw Refusal.invalid("picture", zh: "图片须为 base64。", en: "The picture must be base64.")
                }
                picture = [UInt8](data)
            }
            let (record, isNew) = try await desk.add(
                ExchangeDesk.External(
                    source: given.source, id: given.id, code: given.code, list: given.list, at: at, latitude: given.latitude,
                    longitude: given.longitude, channel: given.channel, grid: given.grid, place: given.place, picture: picture))
            return try JSONAnswer.response(Answer(record), status: isNew ? .created : .ok)
        }
    }

    /// One line for each finding, the first with the names of the fields above but `picture`. Good lines are taken, bad ones named.
    private func table(_ text: String, _ language: Language) async throws -> Lines {
        var answer = Lines()
        let table: [(line: Int, values: [String: String])]
        do {
            table = try SeparatedTable.read(text)
        } catch {
            throw Refusal(.badRequest, "malformed-csv", zh: "CSV 有误：\(error)", en: "The CSV is malformed: \(error)")
        }
        for (line, values) in table {
            func filled(_ name: String) -> String? { values[name].flatMap { $0.isEmpty ? nil : $0 } }
            do {
                guard let at = filled("at").flatMap(JSONAnswer.date) else {
                    throw Refusal.invalid("at", zh: "at 须为 ISO 8601 时间。", en: "“at” is an ISO 8601 time.")
                }
                for name in ["latitude", "longitude"] where filled(name) != nil && filled(name).flatMap(Double.init) == nil {
                    throw Refusal.invalid(name, zh: "\(name) 不是数字。", en: "\(name) is no number.")
                }
                let added = try await desk.add(
                    ExchangeDesk.External(
                        source: filled("source") ?? "", id: filled("id") ?? "", code: filled("code") ?? "", list: filled("list"), at: at,
                        latitude: filled("latitude").flatMap(Double.init), longitude: filled("longitude").flatMap(Double.init),
                        channel: filled("channel"), grid: filled("grid"), place: filled("place")))
                if added.isNew { answer.added += 1 } else { answer.known += 1 }
            } catch {
                guard let refusal = Refusal(error) else { throw error }
                answer.problems.append(.init(line: line, message: refusal.message.text(language)))
            }
        }
        return answer
    }
}
