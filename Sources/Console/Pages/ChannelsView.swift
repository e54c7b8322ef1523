import Foundation
import Pipeline

struct ChannelsView: Sendable {
    let t: Wording
    let frame: PageFrame
    let summary: String
    let failure: String?
    let fileProblem: String?
    let mayEdit: Bool
    let tiles: [ChannelTileView]
    let hasTiles: Bool

    init(_ model: ChannelsPage, _ context: PageContext) {
        let t = Wording(language: context.language)
        let mayEdit = context.viewer?.mayEditChannels ?? false
        self.t = t
        frame = PageFrame(context, page: "channels", title: t[.channels], scripts: ["channels.js"], place: "/channels")
        failure = model.failure
        // It names files of this machine, which are the operators' business.
        fileProblem = mayEdit ? model.fileProblem : nil
        self.mayEdit = mayEdit
        // Those in trouble first: a camera that sees nothing is work, one that sees all is not.
        let tiles = model.tiles.map { ChannelTileView($0, context) }
            .sorted { ($0.rank, $0.name, $0.channelID) < ($1.rank, $1.name, $1.channelID) }
        self.tiles = tiles
        hasTiles = !tiles.isEmpty
        func count(_ health: ChannelHealth) -> String { String(tiles.count { $0.health == health.rawValue }) }
        summary = t.text(
            .channelsSummary,
            [
                "n": String(tiles.count), "seeing": count(.good), "busy": count(.busy), "blind": count(.bad),
                "off": count(.off),
            ])
    }
}

/// How a channel is doing, in four colours.
enum ChannelHealth: String, Sendable {
    case good, busy, bad, off

    var rank: Int {
        switch self {
        case .bad: 0
        case .busy: 1
        case .good: 2
        case .off: 3
        }
    }
}
