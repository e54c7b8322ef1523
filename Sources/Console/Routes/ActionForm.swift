import Casework
import Foundation

/// An action as the case page's forms send it.
struct ActionForm: Sendable {
    let action: CaseAction

    /// - Throws: `Refusal` that names the field.
    init(_ form: FormFields, now: Date) throws(Refusal) {
        guard let kind = form["kind"].flatMap(CaseAction.Kind.init(rawValue:)) else {
            throw .invalid("kind", zh: "请选择处理结果。", en: "Choose what to do.")
        }
        var action = CaseAction(kind, reason: form.filled("reason"), note: form["note"] ?? "")
        // The forms say so in words beside the button.
        action.declaresNoConflict = form["declaresNoConflict"] == "true"
        action.ticks = Set(CaseAction.Tick.allCases.filter { form["tick-\($0.rawValue)"] == "true" })
        action.outcome = form["outcome"].flatMap(CaseAction.Outcome.init(rawValue:))
        action.shopID = form.filled("shopID")
        action.permitID = form.filled("permitID")
        if let template = form.filled("noticeTemplate") {
            // The medium is the template's; what is empty is filled in from it.
            action.notice = NoticeText(
                template: template, medium: "", recipient: form.filled("noticeRecipient") ?? "", text: form.filled("noticeText") ?? "")
        }
        if let minutes = form.filled("dueMinutes") {
            guard let minutes = Int(minutes), (1...525_600).contains(minutes) else {
                throw .invalid("dueMinutes", zh: "复查时间须为 1–525600 分钟。", en: "The time until the re-check is 1 to 525,600 minutes.")
            }
            action.dueAt = now.addingTimeInterval(Double(minutes) * 60)
        }
        if let choice = form.filled("suggestion") {
            let parts = choice.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
            action.suggestion = Decision.Verdict(rawValue: String(parts[0]))
            if parts.count == 2, !parts[1].isEmpty { action.reason = String(parts[1]) }
        }
        self.action = action
    }
}
