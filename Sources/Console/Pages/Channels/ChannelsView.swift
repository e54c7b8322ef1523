import Casework
import Foundation
import Pipeline

struct ChannelsView: Sendable {
    struct Choice: Sendable {
        let label: String
        let href: String
        let isCurrent: Bool
        var count: String?
        var sign: String?
        var health = ""
    }

    let t: Wording
    let frame: PageFrame
    let summary: String
    let eyesOpenOfAll: String
    let failure: String?
    let fileProblem: String?
    let mayEdit: Bool
    let shows: [Choice]
    let sorts: [Choice]
    let tiles: [ChannelTileView]
    let hasChannels: Bool
    let hasTiles: Bool

    init(_ model: ChannelsPage, _ context: PageContext) {
        let t = Wording(language: context.language)
        self.t = t
        frame = PageFrame(context, page: "channels", title: t[.channels], scripts: ["channels.js"], place: "/channels")
        failure = model.failure
        mayEdit = context.viewer?.mayEditChannels ?? false
        // It names files of this machine, which are the operators' business.
        fileProblem = mayEdit ? model.fileProblem : nil
        hasChannels = !model.tiles.isEmpty
        let filter = model.filter
        let dayStart = context.dayStart
        tiles = model.tiles.filter(filter.shows).sorted(by: filter.isBefore).map {
            ChannelTileView($0, t, dayStart: dayStart, now: context.now)
        }
        hasTiles = !tiles.isEmpty
        func count(_ health: ChannelHealth) -> String { String(model.tiles.count { $0.health == health }) }
        summary = t.text(
            .boardSummary,
            [
                "seeing": count(.good), "blind": count(.bad), "busy": count(.busy), "off": count(.off),
                "faults": String(model.tiles.reduce(0) { $0 + $1.faults.count }),
            ])
        let watched = model.tiles.filter { $0.record.enabled }
        let open = OpenPart(
            watched.map { OpenPart($0.today, created: $0.record.createdAt, dayStart: dayStart, now: context.now) })
        eyesOpenOfAll = open.part.map { t.text(.eyesOpenAll, ["part": t.percent($0)]) } ?? t[.eyesOpenUnknown]
        shows = BoardFilter.Show.allCases.map { show in
            let health = show.health
            return Choice(
                label: t[show.phrase], href: "/channels" + BoardFilter(show: show, sort: filter.sort).query,
                isCurrent: show == filter.show, count: String(model.tiles.count { BoardFilter(show: show).shows($0) }),
                sign: health?.sign, health: health?.rawValue ?? "")
        }
        sorts = BoardFilter.Sort.allCases.map { sort in
            Choice(
                label: t[sort == .worst ? .sortWorst : .sortPlace],
                href: "/channels" + BoardFilter(show: filter.show, sort: sort).query, isCurrent: sort == filter.sort)
        }
    }
}

extension BoardFilter.Show {
    fileprivate var health: ChannelHealth? { ChannelHealth(rawValue: rawValue) }

    fileprivate var phrase: Phrase {
        switch self {
        case .all: .healthAll
        case .faulty: .healthFaulty
        case .bad, .busy, .good, .off: health?.phrase ?? .healthAll
        }
    }
}
