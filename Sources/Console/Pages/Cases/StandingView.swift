import Casework
import Foundation

/// What was said of a case and still stands, one line each, oldest first.
struct StandingView: Sendable {
    struct Line: Sendable {
        let words: String
        let remark: String?
    }

    let lines: [Line]

    init(_ model: CasePage, _ context: PageContext) {
        let t = Wording(language: context.language)
        let standing = model.record.standing
        func name(_ id: String) -> String {
            id == CaseActor.machine.id ? t[.machine] : id == CaseActor.party.id ? t[.party] : model.userNames[id] ?? t[.someone]
        }
        func time(_ date: Date) -> String { t.moment(date, now: context.now, timeZone: context.timeZone) }
        var lines: [Line] = []
        func add(_ phrase: Phrase, _ values: KeyValuePairs<String, String>, _ note: String? = nil) {
            lines.append(Line(words: t.text(phrase, values), remark: note.flatMap { $0.isEmpty ? nil : $0 }))
        }
        func add(_ phrase: Phrase, _ word: CaseStanding.Word?) {
            guard let word else { return }
            add(
                phrase, ["name": name(word.userID), "what": word.kind.name.text(t.language), "time": time(word.at)], word.note)
        }
        if let screening = standing.screening {
            let state = screening.suggestion.state.name.text(t.language)
            let reason = screening.reason.flatMap { model.reasons.reason($0, for: screening.suggestion)?.name.text(t.language) }
            add(
                .standingScreened,
                [
                    "name": name(screening.userID), "what": [state, reason].compactMap { $0 }.joined(separator: " · "),
                    "time": time(screening.at),
                ],
                screening.note)
        }
        if let decision = standing.decision {
            let reason = decision.reason.map { model.reasons.reason($0, for: decision.verdict)?.name.text(t.language) ?? $0 }
            let values: KeyValuePairs = ["name": name(decision.userID), "time": time(decision.at), "reason": reason ?? ""]
            add(reason == nil ? .standingDecision : .standingReason, values, decision.note)
        }
        if let correction = standing.correction {
            add(
                .standingCorrection,
                [
                    "name": name(correction.userID), "what": correction.kind.name.text(t.language), "time": time(correction.at),
                    "due": time(correction.dueAt),
                ], correction.notice?.text)
        }
        if let look = standing.look {
            let what = look.findings.reason.text(t.language)
            add(.standingLook, ["what": what, "time": time(look.at)])
        }
        add(.standingRecheck, standing.recheck)
        add(.standingSecond, standing.secondOpinion)
        add(.standingSettled, standing.settlement)
        add(.standingObjection, standing.objection)
        add(.standingReexamined, standing.reexamination)
        add(.standingHold, standing.hold)
        if let outcome = standing.outcome, standing.state == .closed {
            add(.standingOutcome, ["what": outcome.name.text(t.language)])
        }
        self.lines = lines
    }
}
