import Casework
import Evidence
import Foundation

/// `/q`: the form for the code, or what a party may know of its case.
struct PartyPage: Sendable {
    struct Facts: Sendable {
        var record: CaseRecord
        var code: PartyCode
        var entry: ViolationCatalogue.Entry?
        var channel: ChannelRecord?
        var pictures: [EvidenceManifest.Role]
        var mayObject: Bool
        var law: BilingualText?
        var party: ExchangeSettings.Party
    }

    var facts: Facts?
    /// An objection was just taken.
    var isDone = false
    var failure: String?
}

struct PartyView: Sendable {
    struct PictureView: Sendable {
        let pictureHref: String
        let pictureLabel: String
    }

    let t: Wording
    let frame: PageFrame
    let failure: String?
    let isDone: Bool
    let asksCode: Bool
    let hasFacts: Bool
    let code: String
    let facts: [LabelledText]
    let law: String
    let rights: String
    let office: String
    let pictures: [PictureView]
    let hasPictures: Bool
    let mayObject: Bool

    init(_ model: PartyPage, _ context: PageContext) {
        let t = Wording(language: context.language)
        self.t = t
        frame = PageFrame(context, page: "party", title: t[.partyTitle])
        failure = model.failure
        isDone = model.isDone
        asksCode = model.facts == nil
        hasFacts = model.facts != nil
        let language = context.language
        code = model.facts?.code.printed ?? ""
        law = model.facts?.law?.text(language) ?? ""
        rights = model.facts?.party.rights.text(language) ?? ""
        office = model.facts?.party.office.text(language) ?? ""
        mayObject = model.facts?.mayObject ?? false
        pictures = (model.facts?.pictures ?? []).map { role in
            PictureView(
                pictureHref: "/q/picture/\(role.fileName)?code=\(model.facts?.code.text ?? "")", pictureLabel: t[Self.label(role)])
        }
        hasPictures = !pictures.isEmpty
        facts = model.facts.map { Self.lines($0, t, context) } ?? []
    }

    private static func lines(_ facts: PartyPage.Facts, _ t: Wording, _ context: PageContext) -> [LabelledText] {
        let record = facts.record
        func time(_ date: Date) -> String { t.exact(date, timeZone: context.timeZone) }
        var lines = [
            LabelledText(label: t[.partyCode], text: facts.code.printed),
            LabelledText(label: t[.partyMatter], text: facts.entry?.name.text(t.language) ?? record.incident.violation),
            LabelledText(
                label: t[.place], text: [facts.channel?.place, facts.channel?.name].compactMap { $0 }.first { !$0.isEmpty } ?? "–"),
            LabelledText(label: t[.partySeen], text: time(record.incident.openedAt)),
        ]
        if let definition = facts.entry?.definition.text(t.language) {
            lines.append(LabelledText(label: t[.partyFact], text: definition))
        }
        lines.append(LabelledText(label: t[.partyStanding], text: t[standing(record.state)]))
        if let due = record.standing.dueAt { lines.append(LabelledText(label: t[.partyDeadline], text: time(due))) }
        if let outcome = record.standing.outcome {
            lines.append(LabelledText(label: t[.partyOutcome], text: outcome.name.text(t.language)))
        }
        if let objection = record.standing.objection {
            lines.append(LabelledText(label: t[.partyObjectedAt], text: time(objection.at)))
        }
        return lines
    }

    /// In the party's words: what the officers do among themselves is none of its concern.
    private static func standing(_ state: CaseState) -> Phrase {
        switch state {
        case .awaitingCorrection: .partyAwaits
        case .reexamination: .partyReexamined
        case .handedOver: .partyHandedOver
        case .closed, .falseAlarm, .exempt: .partyClosed
        case .transferred: .partyTransferred
        case .candidate, .screened, .confirmed, .recheckDue, .secondReview, .disputed: .partyUnderWay
        }
    }

    private static func label(_ role: EvidenceManifest.Role) -> Phrase {
        switch role {
        case .sceneBefore: .stillBefore
        case .atStart: .stillAtStart
        case .closeUp: .stillCloseUp
        default: .stillAfterDwell
        }
    }
}
