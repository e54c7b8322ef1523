import Casework
import Foundation
import FrameCore
import Pipeline

/// What a search found, or how far it is.
struct PastResultView: Sendable {
    struct PictureView: Sendable {
        let what: String
        let when: String
        let clockISO: String?
        let thumbHref: String
        let pictureHref: String
        let pictureAlt: String
        /// Over the close-up and over the whole picture, each a view of 100×100.
        let near: OverlayView
        let whole: OverlayView
    }

    struct OverlayView: Sendable {
        let regionPoints: String
        /// Not where it is gone.
        let hasBox: Bool
        let boxX: String
        let boxY: String
        let boxWidth: String
        let boxHeight: String
    }

    struct EntryView: Sendable {
        let number: Int
        let stood: String
        let pictures: [PictureView]
    }

    let searchID: String
    let headline: String
    let spanText: String
    let stateText: String
    let isUnderWay: Bool
    let part: String
    let progressText: String
    let cancelAction: String
    let problem: String?
    let isDone: Bool
    let isEmpty: Bool
    let emptyText: String
    let busyText: String
    let stepText: String
    let entries: [EntryView]
    let remarks: [String]
    let hasRemarks: Bool
    let problemFiles: [LabelledText]
    let hasProblemFiles: Bool

    init(_ search: PastDesk.Search, channelName: String, _ t: Wording, _ context: PageContext) {
        let zone = context.timeZone
        searchID = search.id
        headline = channelName
        spanText = t.span(search.span, timeZone: zone)
        stateText = t[search.phrase]
        isUnderWay = !search.state.isOver
        part = String(format: "%.3f", search.progress.part)
        progressText = t.text(
            .pastProgress, ["part": t.percent((search.progress.part * 100).rounded(.down) / 100), "n": String(search.progress.found)])
        cancelAction = "/past/\(search.id)/cancel"
        problem =
            switch search.state {
            case .failed(let refusal): refusal.message.text(context.language)
            case .cancelled: t[.pastCancelled]
            default: nil
            }
        let answer = search.answer
        isDone = answer != nil
        isEmpty = answer?.entries.isEmpty ?? false
        emptyText = t.text(
            .pastNothingText,
            [
                "from": t.exact(search.span.start, timeZone: zone), "to": t.exact(search.span.end, timeZone: zone),
                "n": t.number(search.question.stay.inSeconds, digits: 0),
            ])
        let pictures = answer?.pictures ?? 0
        busyText = t.text(
            .pastBusy,
            [
                "part": t.percent((Double(answer?.busyPictures ?? 0) / Double(max(1, pictures)) * 100).rounded() / 100),
                "pictures": String(pictures),
            ])
        stepText = t.text(.pastStep, ["n": t.number(answer?.stepSeconds ?? 0, digits: 1)])
        entries = (answer?.entries ?? []).map { Self.entry($0, search, t, zone) }
        func when(_ moment: PastMoment) -> String {
            moment.at.map { t.exact($0, timeZone: zone) } ?? "\(t.number(moment.seconds, digits: 1)) s"
        }
        let gaps = (answer?.gaps ?? []).map { t.text(.pastMissing, ["from": when($0.from), "to": when($0.to)]) }
        let blind = (answer?.blind ?? []).map { gap in
            t.text(.pastBlind, ["reason": t[Self.phrase(ofView: gap.reason)], "from": when(gap.from), "to": when(gap.to)])
        }
        remarks = gaps + blind
        hasRemarks = !remarks.isEmpty
        problemFiles = (answer?.problems ?? []).map {
            LabelledText(label: $0.path.split(separator: "/").last.map(String.init) ?? $0.path, text: $0.reason)
        }
        hasProblemFiles = !problemFiles.isEmpty
    }

    private static func entry(_ entry: PastEntry, _ search: PastDesk.Search, _ t: Wording, _ zone: TimeZone) -> EntryView {
        let region = search.question.region
        func picture(_ which: PastDesk.Picture, _ moment: PastMoment, _ phrase: Phrase, isThere: Bool) -> PictureView {
            let href = "/past/\(search.id)/\(entry.id)/\(which.rawValue).jpg"
            let closeUp = PastCloseUp(region: region, box: entry.box)
            return PictureView(
                what: t[phrase], when: moment.at.map { t.clock($0, timeZone: zone) } ?? "\(t.number(moment.seconds, digits: 1)) s",
                clockISO: moment.at.map { t.iso($0) }, thumbHref: href + "?near", pictureHref: href,
                pictureAlt: t.text(.pastPictureAlt, ["n": String(entry.id), "what": t[phrase]]),
                near: overlay(region, isThere ? entry.box : []) { closeUp.place($0) },
                whole: overlay(region, isThere ? entry.box : []) { $0 })
        }
        return EntryView(
            number: entry.id, stood: t.text(.pastStood, ["duration": t.duration(seconds: entry.seconds)]),
            pictures: [
                picture(.from, entry.from, entry.beginning.phrase, isThere: true),
                picture(.staying, entry.staying, .pastStaying, isThere: true),
                picture(.to, entry.to, entry.ending.phrase, isThere: entry.ending == .standing),
            ])
    }

    private static func overlay(_ region: Polygon, _ box: [Double], _ place: (UnitPoint) -> UnitPoint) -> OverlayView {
        let points = region.vertices.map { vertex in
            let point = place(vertex)
            return "\(hundredths(point.x)),\(hundredths(point.y))"
        }
        let hasBox = box.count == 4
        let corner = place(UnitPoint(x: hasBox ? box[0] : 0, y: hasBox ? box[1] : 0))
        let opposite = place(UnitPoint(x: hasBox ? box[0] + box[2] : 0, y: hasBox ? box[1] + box[3] : 0))
        return OverlayView(
            regionPoints: points.joined(separator: " "), hasBox: hasBox, boxX: hundredths(corner.x), boxY: hundredths(corner.y),
            boxWidth: hundredths(opposite.x - corner.x), boxHeight: hundredths(opposite.y - corner.y))
    }

    private static func hundredths(_ part: Double) -> String { String(format: "%.2f", part * 100) }

    private static func phrase(ofView reason: String?) -> Phrase {
        switch reason {
        case "black": .viewBlack
        case "frozen": .viewFrozen
        case "blocked": .viewBlocked
        case "defocused": .viewDefocused
        case "shifted": .viewShifted
        case "noisy": .viewNoisy
        case "colour-cast": .viewColourCast
        case "signal-lost": .viewSignalLost
        default: .pastLearning
        }
    }
}

extension PastEntry.Beginning {
    var phrase: Phrase {
        switch self {
        case .appeared: .pastAppeared
        case .before: .pastBefore
        case .unknown: .pastUnknown
        case .unseen: .pastCameUnseen
        }
    }
}

extension PastEntry.Ending {
    var phrase: Phrase {
        switch self {
        case .vanished: .pastVanished
        case .standing: .pastStanding
        case .lost: .pastLost
        case .unseen: .pastLeftUnseen
        }
    }
}
