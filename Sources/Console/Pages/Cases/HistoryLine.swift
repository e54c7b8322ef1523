import Casework
import Foundation

/// One event of a case in words.
struct HistoryLine: Sendable {
    let iso: String
    let time: String
    let actor: String
    let what: String
    let remark: String?

    init(_ event: CaseEvent, _ model: CasePage, _ context: PageContext) {
        let t = Wording(language: context.language)
        iso = t.iso(event.at)
        time = t.exact(event.at, timeZone: context.timeZone)
        actor = event.actor == "machine" ? t[.machine] : event.actor == "party" ? t[.party] : model.userNames[event.actor] ?? t[.someone]
        let action = CaseLog.action(of: event)
        // A detail that cannot be read only leaves the remark out: the log itself is checked elsewhere.
        remark = (action?.note ?? Self.note(event)).flatMap { $0.isEmpty ? nil : $0 }
        what = Self.words(event, action, model, t)
    }

    private static func note(_ event: CaseEvent) -> String? {
        (try? JSONDecoder().decode([String: String].self, from: Data(event.detail.utf8)))?["note"]
    }

    private static func words(_ event: CaseEvent, _ action: CaseAction?, _ model: CasePage, _ t: Wording) -> String {
        switch event.kind {
        case "sealed": t[.eventSealed]
        case "decided": t.text(.eventDecided, ["decision": decision(action, model, t)])
        case "undone": t[.eventUndone]
        case "cleared": t[.eventCleared]
        case "seen-again": t[.eventSeenAgain]
        case "noted": t[.eventNoted]
        case "time-stamped": t[.eventTimeStamped]
        case "repaired": t[.eventRepaired]
        case "package-missing": t[.eventPackageMissing]
        case "viewed": t[.eventViewed]
        case "ledgers-asked": t[.eventLedgersAsked]
        case "promoted": t[.eventPromoted]
        case "external-duplicate": t[.eventExternalDuplicate]
        case "party-code": t[.eventPartyCode]
        case "party-contact": t[.eventPartyContact]
        case "export-failed": t[.eventExportFailed]
        case "deleted": t[.eventDeleted]
        default:
            action?.kind.name.text(t.language)
                ?? NoticeReport.Kind.allCases.first { $0.eventKind == event.kind }?.name.text(t.language)
                ?? DutyEventText.words(event, model.catalogue, t) ?? event.kind
        }
    }

    private static func decision(_ action: CaseAction?, _ model: CasePage, _ t: Wording) -> String {
        guard let action, let verdict = Decision.Verdict(rawValue: action.kind.rawValue) else { return "–" }
        let state = verdict.state.name.text(t.language)
        guard let code = action.reason else { return state }
        return "\(state) · \(model.reasons.reason(code, for: verdict)?.name.text(t.language) ?? code)"
    }
}
