import Casework
import Foundation
import FrameCore
import HTTPTypes
import Hummingbird
import Pipeline

/// `/api/v1/past`: searches of stored footage without a rule; `/api/v1/archive`: which footage there is.
struct PastAPI: Sendable {
    private struct NewSearch: RequestFields {
        var channel: String
        /// ISO 8601.
        var from: String
        var to: String
        /// Corners in parts of the picture's width and height.
        var region: [UnitPoint]
        var staySeconds: Double?

        enum CodingKeys: String, CodingKey, CaseIterable { case channel, from, to, region, staySeconds }
    }

    private struct Answer: Encodable {
        var id: String
        var channel: String
        var from: Date
        var to: Date
        var region: Polygon
        var staySeconds: Double
        /// `waiting`, `running`, `done`, `failed`, `cancelled`.
        var state: String
        var part: Double
        var found: Int
        var problem: BilingualText?
        var result: Result?

        init(_ search: PastDesk.Search) {
            id = search.id
            channel = search.channelID
            from = search.span.start
            to = search.span.end
            region = search.question.region
            staySeconds = search.question.stay.inSeconds
            part = search.progress.part
            found = search.answer?.entries.count ?? search.progress.found
            result = search.answer.map { Result($0, id: search.id) }
            state =
                switch search.state {
                case .waiting: "waiting"
                case .running: "running"
                case .done: "done"
                case .failed: "failed"
                case .cancelled: "cancelled"
                }
            if case .failed(let refusal) = search.state { problem = refusal.message }
        }
    }

    /// Files of the machine are named without their folders.
    private struct Result: Encodable {
        struct Moment: Encodable {
            var at: Date?
            var seconds: Double
            var file: String
            var picture: String?

            init(_ moment: PastMoment, picture: String? = nil) {
                at = moment.at
                seconds = moment.seconds
                file = PastAPI.name(moment.path)
                self.picture = picture
            }
        }

        struct Entry: Encodable {
            var id: Int
            var beginning: PastEntry.Beginning
            var ending: PastEntry.Ending
            var from: Moment
            var staying: Moment
            var to: Moment
            var seconds: Double
            var box: [Double]
        }

        struct Gap: Encodable {
            var from: Moment
            var to: Moment
            var reason: String?

            init(_ gap: PastGap) {
                from = Moment(gap.from)
                to = Moment(gap.to)
                reason = gap.reason
            }
        }

        var first: Moment
        var last: Moment
        var pictures: Int
        var busyPictures: Int
        var stepSeconds: Double
        var entries: [Entry]
        var gaps: [Gap]
        var blind: [Gap]
        var problems: [RunProblem]

        init(_ answer: PastAnswer, id: String) {
            first = Moment(answer.first)
            last = Moment(answer.last)
            pictures = answer.pictures
            busyPictures = answer.busyPictures
            stepSeconds = answer.stepSeconds
            entries = answer.entries.map { entry in
                func moment(_ which: PastDesk.Picture, _ moment: PastMoment) -> Moment {
                    Moment(moment, picture: "/past/\(id)/\(entry.id)/\(which.rawValue).jpg")
                }
                return Entry(
                    id: entry.id, beginning: entry.beginning, ending: entry.ending, from: moment(.from, entry.from),
                    staying: moment(.staying, entry.staying), to: moment(.to, entry.to), seconds: entry.seconds, box: entry.box)
            }
            gaps = answer.gaps.map(Gap.init)
            blind = answer.blind.map(Gap.init)
            problems = answer.problems.map { RunProblem(path: PastAPI.name($0.path), reason: $0.reason, isLost: $0.isLost) }
        }
    }

    private struct Archive: Encodable {
        struct Channel: Encodable {
            var channel: String
            var from: Date?
            var to: Date?
            var files: Int
            var untimedFiles: Int
            var gaps: Int
            var overlaps: Int
        }

        var isConfigured: Bool
        var isScanning: Bool
        var listedAt: Date?
        var channels: [Channel]
        var strangers: [String: Int]
        var problems: Int
    }

    private struct Searches: Encodable { var searches: [Answer] }

    let desk: PastDesk
    let listing: CaseListing

    func addRoutes(to api: RouterGroup<ConsoleContext>) {
        api.get("archive") { _, _ in
            let contents = await desk.archive.contents()
            let ids = Set(contents.timelines.keys).union(contents.untimedFiles.keys)
            return try JSONAnswer.response(
                Archive(
                    isConfigured: !contents.folders.isEmpty, isScanning: contents.isScanning, listedAt: contents.listedAt,
                    channels: ids.sorted().map { id in
                        let timeline = contents.timelines[id]
                        return Archive.Channel(
                            channel: id, from: timeline?.span?.start, to: timeline?.span?.end, files: timeline?.files.count ?? 0,
                            untimedFiles: contents.untimedFiles[id] ?? 0, gaps: timeline?.gaps.count ?? 0,
                            overlaps: timeline?.overlaps.count ?? 0)
                    }, strangers: contents.strangers, problems: contents.problems.count))
        }
        api.get("past") { _, context in
            try await JSONAnswer.response(Searches(searches: desk.searches(of: context.requireVisit()).map(Answer.init)))
        }
        api.post("past") { request, context in
            let new = try await NewSearch.read(request, context)
            let fields = PastDesk.Fields(
                channelID: new.channel, from: JSONAnswer.date(new.from), to: JSONAnswer.date(new.to), region: new.region,
                staySeconds: new.staySeconds)
            let search = try await desk.begin(fields, by: context.requireVisit(), address: context.address)
            return try JSONAnswer.response(Answer(search), status: .created)
        }
        api.get("past/:id") { _, context in
            let search = try await desk.search(context.parameters.require("id"), context.requireVisit())
            if search.answer != nil { try await listing.logPast(search.id, context) }
            return try JSONAnswer.response(Answer(search))
        }
        api.delete("past/:id") { _, context in
            try await desk.cancel(context.parameters.require("id"), context.requireVisit())
            return Response(status: .noContent)
        }
    }

    private static func name(_ path: String) -> String { path.split(separator: "/").last.map(String.init) ?? "" }
}
