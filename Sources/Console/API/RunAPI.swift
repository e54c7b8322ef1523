import Casework
import Foundation
import HTTPTypes
import Hummingbird
import Pipeline

/// `/api/v1/runs`: re-analyses, their progress, and a hand on them.
struct RunAPI: Sendable {
    private struct NewRun: RequestFields {
        struct Channel: Decodable {
            var id: String
            /// A stored version; without it, and without a document, the one in force.
            var zonesVersion: Int?
            /// A zones document that was never saved.
            var zones: String?
        }

        var name: String
        /// ISO 8601; without them all there is.
        var from: String?
        var to: String?
        var everyFrame: Bool?
        /// Without it all that have zones and footage.
        var channels: [Channel]?

        enum CodingKeys: String, CodingKey, CaseIterable { case name, from, to, everyFrame, channels }
    }

    private struct Wish: RequestFields {
        var wish: RunWish

        enum CodingKeys: String, CodingKey, CaseIterable { case wish }
    }

    private struct Answer: Encodable {
        struct Channel: Encodable {
            var id: String
            var zonesVersion: Int?
        }

        var id: String
        var name: String
        var createdAt: Date
        var createdBy: String
        var ruleVersion: String
        var profilesSHA256: String
        var everyFrame: Bool
        var channels: [Channel]
        var files: Int
        var footageSeconds: Double
        var from: Date?
        var to: Date?
        var wish: RunWish
        var progress: RunProgress?

        init(_ run: RunSummary) {
            id = run.record.id
            name = run.record.name
            createdAt = run.record.createdAt
            createdBy = run.record.createdBy
            ruleVersion = run.record.ruleVersion
            profilesSHA256 = run.record.profilesSHA256
            everyFrame = run.record.everyFrame
            channels = run.record.channels.map { Channel(id: $0.channelID, zonesVersion: $0.zonesVersion) }
            files = run.files
            footageSeconds = run.footageSeconds
            from = run.span?.start
            to = run.span?.end
            wish = run.wish
            progress = run.progress
            progress?.processID = nil
        }
    }

    private struct Runs: Encodable { var runs: [Answer] }

    let desk: RunDesk

    func addRoutes(to api: RouterGroup<ConsoleContext>) {
        api.get("runs") { _, _ in try await JSONAnswer.response(Runs(runs: desk.runs.runs().map(Answer.init))) }
        api.get("runs/:id") { _, context in
            try await JSONAnswer.response(Answer(desk.run(context.parameters.require("id"))))
        }
    }

    /// For those who may edit channels.
    func addEditingRoutes(to api: RouterGroup<ConsoleContext>) {
        api.post("runs") { request, context in
            let new = try await NewRun.read(request, context)
            let id = try await desk.start(Self.fields(new), by: context.requireVisit(), address: context.address)
            return try await JSONAnswer.response(Answer(desk.run(id)), status: .created)
        }
        api.post("runs/:id/wish") { request, context in
            let wish = try await Wish.read(request, context)
            let run = try await desk.wish(
                wish.wish, context.parameters.require("id"), by: context.requireVisit(), address: context.address)
            return try JSONAnswer.response(Answer(run))
        }
    }

    private static func fields(_ new: NewRun) throws(Refusal) -> RunDesk.Fields {
        func date(_ text: String?, _ field: String) throws(Refusal) -> Date? {
            guard let text else { return nil }
            guard let date = JSONAnswer.date(text) else {
                throw .invalid(field, zh: "\(field) 须为 ISO 8601 时间。", en: "\(field) is a time in ISO 8601.")
            }
            return date
        }
        var choices: [RunDesk.Choice] = []
        for channel in new.channels ?? [] {
            guard channel.zones == nil || channel.zonesVersion == nil else {
                throw .invalid("channels", zh: "zones 与 zonesVersion 只能写一个。", en: "Give zones or zonesVersion, not both.")
            }
            let zones: RunDesk.Choice.Zones = channel.zones.map { .draft($0) } ?? channel.zonesVersion.map { .version($0) } ?? .live
            choices.append(RunDesk.Choice(channelID: channel.id, zones: zones))
        }
        return RunDesk.Fields(
            name: new.name, from: try date(new.from, "from"), to: try date(new.to, "to"), everyFrame: new.everyFrame ?? false,
            channels: choices)
    }
}
