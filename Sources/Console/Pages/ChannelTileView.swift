import Foundation
import Pipeline

struct ChannelTileView: Sendable {
    let channelID: String
    let health: String
    let rank: Int
    let name: String
    let place: String?
    let source: String
    let stateName: String
    let reason: String?
    let facts: [String]
    let openIncidents: String?
    let isEnabled: Bool
    let mayEdit: Bool
    /// What the search on the page looks through.
    let find: String
    let channelHref: String
    let stillHref: String
    let zonesHref: String
    let zonesText: String
    let zonesLabel: String
    let casesHref: String
    let removeQuestion: String

    init(_ model: ChannelTile, _ context: PageContext) {
        let t = Wording(language: context.language)
        let health = Self.health(model)
        channelID = model.id
        self.health = health.rawValue
        rank = health.rank
        name = model.name.isEmpty ? model.id : model.name
        place = model.place.isEmpty ? nil : model.place
        source = model.source
        let fault = model.status.flatMap { Self.viewFaults[$0.reason] }
        stateName = Self.stateName(model, hasFault: fault != nil, t)
        let said = model.status?.reason ?? ""
        reason =
            if let fault { t[fault] } else if model.enabled, !said.isEmpty {
                Self.sourceFaults[said].map { t[$0] } ?? said
            } else if model.zonesVersion == 0 {
                t[.zonesMissing]
            } else { nil }
        facts = Self.facts(model, context, t)
        openIncidents = model.status.flatMap {
            $0.openIncidents > 0 ? t.text(.openIncidents, ["n": String($0.openIncidents)]) : nil
        }
        isEnabled = model.enabled
        mayEdit = context.viewer?.mayEditChannels ?? false
        find = "\(model.name) \(model.place) \(model.id)".lowercased()
        channelHref = "/channels/\(model.id)"
        stillHref = "/channels/\(model.id)/still.jpg"
        zonesHref = "/channels/\(model.id)/zones"
        zonesText =
            model.zonesVersion == 0 ? t[.drawZones] : t.text(.editZones, ["n": String(model.zonesVersion)])
        zonesLabel = t.text(.zonesOf, ["name": name])
        casesHref = "/queue" + QueueFilter(state: nil, channel: model.id).query()
        removeQuestion = t.text(.removeQuestion, ["name": name])
    }

    static func health(_ model: ChannelTile) -> ChannelHealth {
        guard model.enabled, let status = model.status else { return .off }
        switch status.state {
        case .patrolling, .watching: return viewFaults[status.reason] == nil ? .good : .bad
        case .connecting, .warmingUp: return .busy
        case .stalled, .backingOff: return .bad
        case .stopped: return status.reason.isEmpty ? .off : .bad
        }
    }

    /// The patrol's codes for what is wrong with a view.
    private static let viewFaults: [String: Phrase] = [
        "view-black": .viewBlack, "view-frozen": .viewFrozen, "view-blocked": .viewBlocked,
        "view-defocused": .viewDefocused, "view-shifted": .viewShifted, "view-noisy": .viewNoisy,
        "view-colour-cast": .viewColourCast, "view-signal-lost": .viewSignalLost,
    ]

    /// The patrol's codes for what is wrong with a source; anything else it says is shown as it is.
    private static let sourceFaults: [String: Phrase] = [
        ChannelStatus.Reason.fileOver: .fileOver, ChannelStatus.Reason.ended: .sourceEnded,
        ChannelStatus.Reason.unauthorized: .sourceUnauthorized, ChannelStatus.Reason.forbidden: .sourceForbidden,
        ChannelStatus.Reason.notFound: .sourceNotFound, ChannelStatus.Reason.refused: .sourceRefused,
        ChannelStatus.Reason.silent: .sourceSilent, ChannelStatus.Reason.unreachable: .sourceUnreachable,
        ChannelStatus.Reason.broke: .sourceBroke, ChannelStatus.Reason.noVideo: .sourceNoVideo,
        ChannelStatus.Reason.damaged: .sourceDamaged, ChannelStatus.Reason.noFile: .sourceNoFile,
        ChannelStatus.Reason.noPicture: .sourceNoPicture, ChannelStatus.Reason.changed: .sourceChanged,
        ChannelStatus.Reason.clockJumped: .clockJumped, ChannelStatus.Reason.clockOffset: .clockOffset,
        ChannelStatus.Reason.clockDrift: .clockDrift, ChannelStatus.Reason.groupTooLong: .groupTooLong,
        ChannelStatus.Reason.noMainStream: .noMainStream,
    ]

    private static func stateName(_ model: ChannelTile, hasFault: Bool, _ t: Wording) -> String {
        guard model.enabled else { return t[.channelPaused] }
        guard !hasFault else { return t[.channelBlind] }
        switch model.status?.state {
        case nil: return t[.channelUnknown]
        case .connecting: return t[.channelConnecting]
        case .warmingUp: return t[.channelWarmingUp]
        case .patrolling: return t[.channelPatrolling]
        case .watching: return t[.channelWatching]
        case .stalled: return t[.channelStalled]
        case .backingOff: return t[.channelBackingOff]
        case .stopped: return t[.channelStopped]
        }
    }

    private static func facts(_ model: ChannelTile, _ context: PageContext, _ t: Wording) -> [String] {
        guard let status = model.status else { return [] }
        var facts: [String] = []
        if status.width > 0 { facts.append("\(status.width) × \(status.height)") }
        if !status.codec.isEmpty { facts.append(status.codec.uppercased()) }
        if status.analysedPerSecond > 0 {
            facts.append(t.text(.analysedRate, ["n": t.number(status.analysedPerSecond, digits: 1)]))
        }
        if let last = status.lastFrameAt, health(model) != .good {
            facts.append(t.text(.lastFrame, ["time": t.age(of: last, now: context.now)]))
        }
        if status.reconnects > 0 { facts.append(t.text(.reconnects, ["n": String(status.reconnects)])) }
        return facts
    }
}
