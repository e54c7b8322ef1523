import Foundation
import FrameCore
import Pipeline

struct PastView: Sendable {
    struct ChannelView: Sendable {
        let optionID: String
        let optionName: String
        let isCurrent: Bool
    }

    struct RecentView: Sendable {
        let recentHref: String
        let recentName: String
        let recentSpan: String
        let recentState: String
        let isShown: Bool
    }

    let t: Wording
    let frame: PageFrame
    let failure: String?
    /// Nobody said where the exports lie.
    let isUnconfigured: Bool
    /// Nothing was listed yet.
    let isScanning: Bool
    let isStranger: Bool
    let strangerText: String
    let mayAsk: Bool
    let channels: [ChannelView]
    let channelID: String
    let footage: String?
    let untimed: String?
    let from: String
    let to: String
    let stay: String
    let region: String
    let stillHref: String
    let listed: String?
    let recent: [RecentView]
    let hasRecent: Bool
    let result: PastResultView?

    init(_ model: PastPage, _ context: PageContext) {
        let t = Wording(language: context.language)
        self.t = t
        frame = PageFrame(context, page: "past", title: t[.past], scripts: ["shapes.js", "past.js"], place: "/past")
        failure = model.failure
        let contents = model.contents
        let hasFootage = !contents.timelines.isEmpty
        isUnconfigured = contents.folders.isEmpty
        isScanning = !isUnconfigured && contents.listedAt == nil
        isStranger = !isUnconfigured && !isScanning && !hasFootage
        let names = contents.strangers.keys.sorted().prefix(8).joined(separator: context.language == .zh ? "、" : ", ")
        strangerText = t.text(.pastNoFootageText, ["names": names.isEmpty ? "–" : names])
        mayAsk = hasFootage
        channels = model.channels.filter(\.hasFootage).map {
            ChannelView(optionID: $0.id, optionName: $0.name.isEmpty ? $0.id : $0.name, isCurrent: $0.id == model.form.channelID)
        }
        channelID = model.form.channelID
        let zone = context.timeZone
        let timeline = contents.timelines[model.form.channelID]
        footage = timeline.flatMap { timeline in
            timeline.span.map { span in
                t.text(
                    .pastFootage,
                    [
                        "from": t.exact(span.start, timeZone: zone), "to": t.exact(span.end, timeZone: zone),
                        "files": String(timeline.files.count),
                    ]) + (timeline.gaps.isEmpty ? "" : t.text(.pastGaps, ["n": String(timeline.gaps.count)]))
            }
        }
        untimed = contents.untimedFiles[model.form.channelID].map { t.text(.pastUntimed, ["n": String($0)]) }
        from = model.form.from.map { LocalMoment.text($0, in: zone) } ?? ""
        to = model.form.to.map { LocalMoment.text($0, in: zone) } ?? ""
        stay = t.number(model.form.staySeconds, digits: 0)
        region = RegionText.text(model.form.region)
        stillHref =
            "/past/still.jpg?channel=\(FormFields.encode(model.form.channelID))&at=\(FormFields.encode(from))"
        listed = contents.listedAt.map { t.text(.pastListed, ["time": t.moment($0, now: context.now, timeZone: zone)]) }
        let channelNames = Dictionary(model.channels.map { ($0.id, $0.name) }, uniquingKeysWith: { $1 })
        recent = model.recent.map { search in
            RecentView(
                recentHref: "/past/\(search.id)", recentName: channelNames[search.channelID] ?? search.channelID,
                recentSpan: t.span(search.span, timeZone: zone), recentState: t[search.phrase], isShown: search.id == model.search?.id)
        }
        hasRecent = !recent.isEmpty
        result = model.search.map { PastResultView($0, channelName: channelNames[$0.channelID] ?? $0.channelID, t, context) }
    }
}

extension PastDesk.Search {
    var phrase: Phrase {
        switch state {
        case .waiting: .pastWaiting
        case .running: .pastRunning
        case .done: .pastDone
        case .failed: .pastFailed
        case .cancelled: .pastCancelled
        }
    }
}

extension Wording {
    /// From and to, the day said once where it is the same.
    func span(_ span: DateInterval, timeZone: TimeZone) -> String {
        let sameDay = day(span.start, timeZone: timeZone) == day(span.end, timeZone: timeZone)
        return exact(span.start, timeZone: timeZone) + " – "
            + (sameDay ? clock(span.end, timeZone: timeZone) : exact(span.end, timeZone: timeZone))
    }
}

/// A moment as `<input type="datetime-local">` has it: local time without a zone.
enum LocalMoment {
    static func text(_ date: Date, in timeZone: TimeZone) -> String {
        let parts = Calendar(identifier: .gregorian).dateComponents(in: timeZone, from: date)
        return String(
            format: "%04d-%02d-%02dT%02d:%02d:%02d", parts.year ?? 0, parts.month ?? 0, parts.day ?? 0, parts.hour ?? 0, parts.minute ?? 0,
            parts.second ?? 0)
    }

    /// - Parameter text: with or without seconds.
    static func date(_ text: String, in timeZone: TimeZone) -> Date? {
        guard let match = text.wholeMatch(of: /(\d{4})-(\d{2})-(\d{2})T(\d{2}):(\d{2})(?::(\d{2})(?:\.\d+)?)?/) else { return nil }
        var parts = DateComponents()
        parts.timeZone = timeZone
        (parts.year, parts.month, parts.day) = (Int(match.1), Int(match.2), Int(match.3))
        (parts.hour, parts.minute, parts.second) = (Int(match.4), Int(match.5), match.6.flatMap { Int($0) } ?? 0)
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = timeZone
        guard parts.isValidDate(in: calendar) else { return nil }
        return calendar.date(from: parts)
    }
}

/// A region as a form field has it: `x,y x,y x,y` in parts of the picture.
enum RegionText {
    static func text(_ points: [UnitPoint]) -> String { points.map { "\($0.x),\($0.y)" }.joined(separator: " ") }

    /// Empty for what is no list of points.
    static func points(_ text: String) -> [UnitPoint] {
        guard text.utf8.count < 4096 else { return [] }
        var points: [UnitPoint] = []
        for pair in text.split(separator: " ") {
            let numbers = pair.split(separator: ",", omittingEmptySubsequences: false).map { Double($0) }
            guard numbers.count == 2, let x = numbers[0], let y = numbers[1], x.isFinite, y.isFinite else { return [] }
            points.append(UnitPoint(x: x, y: y))
        }
        return points
    }
}
