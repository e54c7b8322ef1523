import Casework

/// Lines of deadlines and referrals in words, for a case's history.
enum DutyEventText {
    /// nil for lines of other kinds.
    static func words(_ event: CaseEvent, _ catalogue: ViolationCatalogue, _ t: Wording) -> String? {
        func body(_ id: String) -> String { catalogue.body(id)?.name.text(t.language) ?? id }
        if event.kind == Escalation.lineKind, let escalation = CaseLine.decode(Escalation.self, event.detail) {
            return t.text(.eventEscalated, ["level": escalation.level.name.text(t.language)])
        }
        if event.kind == Referral.copiedLine, let line = CaseLine.decode(Referral.CopyLine.self, event.detail) {
            return t.text(.eventCopied, ["body": body(line.body)])
        }
        if let step = CityAnswer.Step.allCases.first(where: { $0.eventKind == event.kind }) {
            return t.text(.eventCityAnswer, ["step": step.name.text(t.language)])
        }
        guard let step = Referral.Step.allCases.first(where: { $0.eventKind == event.kind }),
            let line = CaseLine.decode(Referral.Line.self, event.detail), let status = Referral.Status(rawValue: step.rawValue)
        else { return nil }
        return t.text(.eventReferral, ["body": body(line.body), "status": status.name.text(t.language)])
    }
}
