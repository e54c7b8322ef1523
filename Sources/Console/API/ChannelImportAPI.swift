import Casework
import Foundation
import HTTPTypes
import Hummingbird
import Pipeline

/// `/api/v1/channels/imports`: lists of channels, tried and then applied; for those who may edit channels.
struct ChannelImportAPI: Sendable {
    private struct NewImport: RequestFields {
        var name: String?
        /// The file's bytes in base64.
        var content: Data
        /// Addresses by the channel's code, `rtsp://gateway/{id}`. In the body, as they may hold a password.
        var template: String?
        var subTemplate: String?
        var skipsTrial: Bool?

        enum CodingKeys: String, CodingKey, CaseIterable { case name, content, template, subTemplate, skipsTrial }
    }

    private struct Applying: RequestFields {
        var onlyGood: Bool?

        enum CodingKeys: String, CodingKey, CaseIterable { case onlyGood }
    }

    private struct ProblemAnswer: Encodable {
        var field: String?
        var reason: BilingualText
        var advice: BilingualText
    }

    private struct RowAnswer: Encodable {
        var line: Int
        var id: String
        var name: String
        /// Without user, password and query.
        var source: String
        /// `new`, `changed` or `same`.
        var change: String
        var changed: [String]
        var isTried: Bool
        var problems: [ProblemAnswer]
        var hints: [BilingualText]

        init(_ row: ChannelPlan.Row) {
            line = row.line
            id = row.channel.id
            name = row.channel.name
            source = SourceAddress.redacted(row.channel.url)
            (change, changed) =
                switch row.change {
                case .new: ("new", [])
                case .changed(let fields): ("changed", fields.map(\.formName))
                case .same: ("same", [])
                }
            isTried = row.isTried
            problems = row.problems.map { ProblemAnswer(field: $0.field?.formName, reason: $0.reason, advice: $0.advice) }
            hints = row.hints
        }
    }

    private struct NoteAnswer: Encodable {
        var line: Int
        var text: BilingualText
    }

    private struct Answer: Encodable {
        var id: String
        var isRunning: Bool
        var tried: Int
        var toTry: Int
        var applied: Int?
        var rows: [RowAnswer]
        var notes: [NoteAnswer]

        init(_ session: ImportDesk.Session) {
            id = session.id
            isRunning = session.isRunning
            tried = session.tried
            toTry = session.toTry
            applied = session.applied
            rows = session.plan.rows.map(RowAnswer.init)
            notes = session.plan.notes.map { NoteAnswer(line: $0.line, text: $0.text) }
        }
    }

    /// A list in base64, and the JSON around it.
    private static let bodyLimitBytes = ChannelList.sizeLimit * 4 / 3 + (64 << 10)

    let imports: ImportDesk

    func addRoutes(to api: RouterGroup<ConsoleContext>) {
        api.post("channels/imports") { request, context in
            let new = try await NewImport.read(request, context, limitBytes: Self.bodyLimitBytes)
            let session = try await imports.begin(
                [UInt8](new.content), name: new.name ?? "", template: (new.template ?? "", new.subTemplate ?? ""),
                skipsTrial: new.skipsTrial ?? false, by: context.requireVisit())
            return try JSONAnswer.response(Answer(session), status: .created)
        }
        api.get("channels/imports/:import") { _, context in
            try await JSONAnswer.response(Answer(imports.session(context.parameters.require("import"), context.requireVisit())))
        }
        api.post("channels/imports/:import/apply") { request, context in
            let applying = try await Applying.read(request, context)
            let session = try await imports.apply(
                context.parameters.require("import"), onlyGood: applying.onlyGood ?? false, by: context.requireVisit(),
                address: context.address)
            return try JSONAnswer.response(Answer(session))
        }
        api.delete("channels/imports/:import") { _, context in
            try await imports.drop(context.parameters.require("import"), context.requireVisit())
            return Response(status: .noContent)
        }
    }
}
