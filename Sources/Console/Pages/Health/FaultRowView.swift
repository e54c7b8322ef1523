import Casework
import Foundation

/// Its members have names of their own: what is nil here would be looked for in the page around it.
struct FaultRowView: Sendable {
    let faultID: String
    let isOpen: Bool
    let kindName: String
    let reason: String
    let channelName: String
    let faultPlace: String?
    let channelHref: String?
    let faultStillHref: String?
    let startISO: String
    let when: String
    let duration: String
    let notes: [LabelledText]
    let isNoted: Bool
    let mayNote: Bool
    let noteAction: String
    /// Where the form comes back to.
    let back: String

    init(_ model: FaultItem, _ t: Wording, _ context: PageContext) {
        let fault = model.fault
        faultID = fault.id
        isOpen = fault.isOpen
        kindName = t[fault.kind.phrase]
        reason = t.faultText(fault)
        channelName = model.channelName ?? t[.thisMachine]
        faultPlace = model.place.isEmpty ? nil : model.place
        channelHref = fault.channelID.map { "/channels/\($0)" }
        faultStillHref = fault.hasStill ? "/faults/\(fault.id)/still.jpg" : nil
        startISO = t.iso(fault.startedAt)
        func moment(_ date: Date) -> String { t.moment(date, now: context.now, timeZone: context.timeZone) }
        let lasted = t.duration(seconds: (fault.endedAt ?? context.now).timeIntervalSince(fault.startedAt))
        if let end = fault.endedAt {
            when = t.text(.faultLasted, ["start": moment(fault.startedAt), "end": moment(end)])
            duration = t.text(.faultLastedFor, ["duration": lasted])
        } else {
            when = t.text(.faultSince, ["time": moment(fault.startedAt)])
            duration = t.text(.faultGoesOn, ["duration": lasted])
        }
        notes = fault.notes.map {
            LabelledText(
                label: t.text(.noteBy, ["name": model.userNames[$0.userID] ?? t[.someone], "time": moment($0.at)]), text: $0.text)
        }
        isNoted = !fault.notes.isEmpty
        mayNote = context.viewer?.mayEditChannels ?? false
        noteAction = "/faults/\(fault.id)/note"
        back = context.path
    }
}
