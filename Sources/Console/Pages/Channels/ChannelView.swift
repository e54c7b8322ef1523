import Casework
import Foundation
import Pipeline

struct ChannelView: Sendable {
    let t: Wording
    let frame: PageFrame
    let channelID: String
    let name: String
    let place: String?
    let health: String
    let sign: String
    let stateName: String
    let reason: String?
    let stillHref: String?
    let isEnabled: Bool
    let mayEdit: Bool
    let zonesText: String
    let channelHref: String
    let zonesHref: String
    let casesHref: String
    let faultsHref: String
    let removeQuestion: String
    let facts: [LabelledText]
    let chart: DayChart
    let daysTitle: String
    let faults: [FaultRowView]
    let hasFaults: Bool

    init(_ model: ChannelPage, _ context: PageContext) {
        let t = Wording(language: context.language)
        let record = model.tile.record
        let tile = ChannelTileView(model.tile, t, dayStart: context.dayStart, now: context.now)
        self.t = t
        frame = PageFrame(context, page: "channel", title: tile.name, scripts: ["renew.js"], place: "/channels")
        channelID = record.id
        name = tile.name
        place = tile.place
        health = tile.health
        sign = tile.sign
        stateName = tile.stateName
        reason = tile.reason ?? tile.note
        stillHref = model.tile.status?.lastFrameAt == nil ? nil : "/channels/\(record.id)/still.jpg"
        isEnabled = record.enabled
        mayEdit = context.viewer?.mayEditChannels ?? false
        zonesText =
            record.zonesVersion == 0 ? t[.drawZones] : t.text(.editZones, ["n": String(record.zonesVersion)])
        channelHref = tile.channelHref
        zonesHref = "/channels/\(record.id)/zones"
        casesHref = "/queue" + QueueFilter(state: nil, channel: record.id).query()
        faultsHref = FaultFilter(channelID: record.id).href()
        removeQuestion = t.text(.removeQuestion, ["name": tile.name])
        facts = Self.facts(model, t, context)
        chart = DayChart(model.days, t, context)
        daysTitle = t.text(.eyesOpenDays, ["n": String(model.days.count)])
        faults = model.faults.map { FaultRowView($0, t, context) }
        hasFaults = !faults.isEmpty
    }

    private static func facts(_ model: ChannelPage, _ t: Wording, _ context: PageContext) -> [LabelledText] {
        let record = model.tile.record
        var facts: [LabelledText] = []
        func add(_ label: Phrase, _ text: String?) {
            guard let text, !text.isEmpty else { return }
            facts.append(LabelledText(label: t[label], text: text))
        }
        if let status = model.tile.status { for (label, text) in running(status, t, context) { add(label, text) } }
        add(.videoSource, model.source)
        add(.registered, [record.nationalID, record.grid, record.owner].filter { !$0.isEmpty }.joined(separator: " · "))
        return facts
    }

    private static func running(_ status: ChannelStatus, _ t: Wording, _ context: PageContext) -> [(Phrase, String?)] {
        let streams = status.streams.map { $0 == "sub" ? t[.streamSub] : $0 == "main" ? t[.streamMain] : $0 }
        let counters = status.counters
        let clock = [
            status.clocks?.senderOffsetSeconds.map { t.text(.clockOffsetText, ["n": t.number($0, digits: 2)]) },
            status.clocks?.driftPPM.map { t.text(.clockDriftText, ["n": t.number($0, digits: 0)]) },
        ].compactMap { $0 }
        var lateness: String?
        if let median = status.latenessMedianSeconds, let p99 = status.latenessP99Seconds {
            lateness = t.text(.latenessText, ["median": t.number(median, digits: 2), "p99": t.number(p99, digits: 2)])
        }
        let skipped = status.skipped.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" }.joined(separator: ", ")
        return [
            (.since, t.moment(status.since, now: context.now, timeZone: context.timeZone)),
            (.camera, status.width > 0 ? "\(status.width) × \(status.height) · \(status.codec.uppercased())" : nil),
            (.streamsOpen, streams.joined(separator: " + ")),
            (.keyFrameGap, status.gopSeconds.map { t.text(.seconds, ["n": t.number($0, digits: 1)]) }),
            (
                .analysis,
                status.analysedPerSecond > 0 ? t.text(.analysedRate, ["n": t.number(status.analysedPerSecond, digits: 1)]) : nil
            ),
            (
                .keyFramesDone,
                counters.keyFramesDue > 0
                    ? t.text(.keyFramesText, ["due": String(counters.keyFramesDue), "done": String(counters.keyFramesAnalysed)]) : nil
            ),
            (.lateness, lateness),
            (.framesSkipped, skipped),
            (
                .preRoll,
                status.ringBytes > 0
                    ? t.text(
                        .preRollText,
                        ["seconds": t.number(status.preRollSeconds, digits: 0), "size": t.size(bytes: Int64(status.ringBytes))])
                        + " · " + t[status.canRecord ? .recordable : .notRecordable] : nil
            ),
            (.cameraClock, clock.joined(separator: " · ")),
            (.connections, status.reconnects > 0 ? t.text(.reconnects, ["n": String(status.reconnects)]) : nil),
        ]
    }
}
