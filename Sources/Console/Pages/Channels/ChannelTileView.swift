import Casework
import Foundation
import Mustache
import Pipeline

struct ChannelTileView: Sendable {
    let channelID: String
    let health: String
    let sign: String
    let stateName: String
    let name: String
    let place: String?
    let reason: String?
    /// What an operator should know where there is no trouble.
    let note: String?
    let thumbHref: String?
    let channelHref: String
    let bar: DayBar
    let barLabel: String
    let eyesOpen: String?
    let openIncidents: String?
    let faults: String?
    /// Of a picture that is no longer true.
    let lastFrame: String?
    /// What the search on the page looks through.
    let find: String

    init(_ model: ChannelTile, _ t: Wording, dayStart: Date, now: Date) {
        let record = model.record
        let health = model.health
        channelID = record.id
        self.health = health.rawValue
        sign = health.sign
        stateName = Self.stateName(model, t)
        name = record.name.isEmpty ? record.id : record.name
        place = record.place.isEmpty ? nil : record.place
        reason = Self.reason(model, t)
        note =
            if reason != nil || !record.enabled { nil } else if model.status?.restraint.isEmpty == false {
                t[.reasonRestraint]
            } else { record.zonesVersion == 0 ? t[.zonesMissing] : nil }
        channelHref = "/channels/\(record.id)"
        thumbHref = model.status?.lastFrameAt == nil ? nil : "/channels/\(record.id)/thumb.jpg"
        bar = DayBar(model.today)
        let open = OpenPart(model.today, created: record.createdAt, dayStart: dayStart, now: now)
        eyesOpen = record.enabled ? open.part.map { t.text(.eyesOpenToday, ["part": t.percent($0)]) } : nil
        barLabel = t.text(
            .dayBarLabel,
            [
                "open": String(open.open),
                "blind": String((model.today?.watched.count ?? 0) - (model.today?.eyesOpen.count ?? 0)),
            ])
        openIncidents = model.status.flatMap {
            $0.openIncidents > 0 ? t.text(.openIncidents, ["n": String($0.openIncidents)]) : nil
        }
        faults =
            switch model.faults.count {
            case 0: nil
            case 1: t[.oneOpenFault]
            case let count: t.text(.openFaults, ["n": String(count)])
            }
        lastFrame = model.status?.lastFrameAt.flatMap { last in
            health == .bad && model.status?.hasViewFault == false ? t.text(.lastFrame, ["time": t.age(of: last, now: now)]) : nil
        }
        find = "\(record.name) \(record.place) \(record.id) \(record.grid) \(record.nationalID)".lowercased()
    }

    /// Why the channel is not seen, or else its oldest fault.
    private static func reason(_ model: ChannelTile, _ t: Wording) -> String? {
        guard model.record.enabled else { return nil }
        if let status = model.status, !status.reason.isEmpty { return t.reason(status.reason, figure: status.figure) }
        return model.faults.first.map { t.faultText($0) }
    }

    static func stateName(_ model: ChannelTile, _ t: Wording) -> String {
        guard model.record.enabled else { return t[.channelPaused] }
        guard let status = model.status else { return t[.channelUnknown] }
        guard model.health != .bad || !status.hasViewFault else { return t[.channelBlind] }
        switch status.state {
        case .connecting: return t[.channelConnecting]
        case .warmingUp: return t[.channelWarmingUp]
        case .patrolling: return t[.channelPatrolling]
        case .watching: return t[.channelWatching]
        case .stalled: return t[.channelStalled]
        case .backingOff: return t[.channelBackingOff]
        case .stopped: return t[.channelStopped]
        }
    }
}

/// Ninety tiles make a page, and looking each name up by reflection would take most of its time.
extension ChannelTileView: MustacheParent {
    func child(named name: String) -> Any? {
        switch name {
        case "channelID": channelID
        case "health": health
        case "sign": sign
        case "stateName": stateName
        case "name": self.name
        case "place": place
        case "reason": reason
        case "note": note
        case "thumbHref": thumbHref
        case "channelHref": channelHref
        case "bar": bar
        case "barLabel": barLabel
        case "eyesOpen": eyesOpen
        case "openIncidents": openIncidents
        case "faults": faults
        case "lastFrame": lastFrame
        case "find": find
        default: nil
        }
    }
}

extension Wording {
    /// What is wrong, with its figure; of a restrained channel the patrol's own code is not for people.
    func faultText(_ fault: FaultRecord) -> String {
        fault.kind == .restraint ? self[.reasonRestraint] : reason(fault.reason, figure: fault.figure)
    }
}
