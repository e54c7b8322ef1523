import Casework
import HTTPTypes

extension CaseDesk {
    /// Refuses reminders and orders for what only another body may punish.
    func checkRouting(_ id: String, _ action: CaseAction) async throws {
        guard action.kind == .remind || action.kind == .order else { return }
        let violation = try await record(id).incident.violation
        guard let wrong = routing.refusal(of: action.kind, violation: violation) else { return }
        let code = wrong.primary.body
        let text = wrong.text(name: reasons.reason(code, for: .transfer)?.name ?? BilingualText(zh: code, en: code))
        throw Refusal(.conflict, "other-bodys-matter", zh: text.zh, en: text.en, field: "kind")
    }
}
