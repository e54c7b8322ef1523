import Casework
import Foundation

/// One event of a case in words.
struct HistoryLine: Sendable {
    let iso: String
    let time: String
    let actor: String
    let what: String
    let remark: String?

    /// What the store writes with a decision; other kinds have members of their own, which are not shown.
    private struct Detail: Decodable {
        var verdict: String?
        var reason: String?
        var note: String?
    }

    init(_ event: CaseEvent, _ model: CasePage, _ context: PageContext) {
        let t = Wording(language: context.language)
        iso = t.iso(event.at)
        time = t.exact(event.at, timeZone: context.timeZone)
        actor = event.actor == "machine" ? t[.machine] : model.userNames[event.actor] ?? t[.someone]
        // A detail that cannot be read only leaves the remark out: the log itself is checked elsewhere.
        let detail = try? JSONDecoder().decode(Detail.self, from: Data(event.detail.utf8))
        remark = detail?.note.flatMap { $0.isEmpty ? nil : $0 }
        what = Self.words(event, detail, model, t)
    }

    private static func words(_ event: CaseEvent, _ detail: Detail?, _ model: CasePage, _ t: Wording) -> String {
        switch event.kind {
        case "sealed": t[.eventSealed]
        case "decided": t.text(.eventDecided, ["decision": decision(detail, model, t)])
        case "undone": t[.eventUndone]
        case "cleared": t[.eventCleared]
        case "seen-again": t[.eventSeenAgain]
        case "noted": t[.eventNoted]
        case "repaired": t[.eventRepaired]
        case "package-missing": t[.eventPackageMissing]
        case "viewed": t[.eventViewed]
        case "promoted": t[.eventPromoted]
        default: event.kind
        }
    }

    private static func decision(_ detail: Detail?, _ model: CasePage, _ t: Wording) -> String {
        guard let verdict = detail?.verdict.flatMap({ Decision.Verdict(rawValue: $0) }) else { return "–" }
        let state = t[verdict.state.phrase]
        guard let code = detail?.reason else { return state }
        return "\(state) · \(model.reasons.reason(code, for: verdict)?.name.text(t.language) ?? code)"
    }
}
