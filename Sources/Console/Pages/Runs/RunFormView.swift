import Casework
import Foundation
import Pipeline

struct RunFormView: Sendable {
    struct VersionView: Sendable {
        let versionValue: String
        let versionLabel: String
        let isChosen: Bool
    }

    struct ChannelView: Sendable {
        let rowID: String
        let rowName: String
        let rowFootage: String
        let isChecked: Bool
        let isBarred: Bool
        let versions: [VersionView]
        let draft: String?
        /// For the estimate.
        let footageSeconds: String
        let startISO: String
        let endISO: String
    }

    let t: Wording
    let frame: PageFrame
    let failure: String?
    let isUnconfigured: Bool
    let name: String
    let from: String
    let to: String
    let isAll: Bool
    let everyFrame: Bool
    let channels: [ChannelView]
    let estimate: String

    init(_ model: RunFormPage, _ context: PageContext) {
        let t = Wording(language: context.language)
        self.t = t
        frame = PageFrame(context, page: "run-form", title: t[.newRun], scripts: ["runs.js"], place: "/runs")
        failure = model.failure
        isUnconfigured = model.contents.folders.isEmpty
        name = model.name
        from = model.from.map { LocalMoment.text($0, in: context.timeZone) } ?? ""
        to = model.to.map { LocalMoment.text($0, in: context.timeZone) } ?? ""
        isAll = model.isAll
        everyFrame = model.everyFrame
        channels = model.channels.map { Self.row($0, model, t, context) }
        let seconds = model.channels.filter { channel in
            model.isAll ? channel.zonesVersion > 0 : model.chosen[channel.id] != nil
        }.flatMap { RunDesk.files(of: $0.footage, from: model.from, to: model.to) }.reduce(0) { $0 + ($1.seconds ?? 0) }
        let footage = t.duration(seconds: seconds)
        estimate =
            model.usualRate.map { t.text(.runEstimate, ["footage": footage, "time": t.duration(seconds: seconds / max($0, 0.001))]) }
            ?? t.text(.runEstimateUnknown, ["footage": footage])
    }

    private static func row(_ channel: RunFormPage.Channel, _ model: RunFormPage, _ t: Wording, _ context: PageContext) -> ChannelView {
        let chosen = model.chosen[channel.id]
        var draft: String?
        if case .draft(let document) = chosen { draft = document }
        var versions: [VersionView] = []
        if draft != nil { versions.append(VersionView(versionValue: "draft", versionLabel: t[.runZonesDraft], isChosen: true)) }
        let oldest = max(0, channel.zonesVersion - RunDesk.versionLimit)
        for version in stride(from: channel.zonesVersion, to: oldest, by: -1) {
            let isLive = version == channel.zonesVersion
            versions.append(
                VersionView(
                    versionValue: isLive ? "live" : String(version),
                    versionLabel: t.text(isLive ? .runZonesLive : .runZonesVersion, ["n": String(version)]),
                    isChosen: chosen == .version(version) || isLive && chosen == .live))
        }
        if versions.isEmpty { versions.append(VersionView(versionValue: "live", versionLabel: t[.runZonesNone], isChosen: true)) }
        let span = channel.footage?.span
        let seconds = channel.footage?.files.reduce(0) { $0 + ($1.seconds ?? 0) } ?? 0
        return ChannelView(
            rowID: channel.id, rowName: channel.name.isEmpty ? channel.id : channel.name,
            rowFootage: span.map { "\(t.span($0, timeZone: context.timeZone)) · \(t.duration(seconds: seconds))" } ?? t[.pastNoStill],
            isChecked: chosen != nil, isBarred: channel.footage == nil || channel.zonesVersion == 0 && draft == nil, versions: versions,
            draft: draft, footageSeconds: String(format: "%.0f", seconds), startISO: span.map { t.iso($0.start) } ?? "",
            endISO: span.map { t.iso($0.end) } ?? "")
    }
}
