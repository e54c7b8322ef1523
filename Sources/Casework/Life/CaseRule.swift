/// From where one kind of action leads, who may do it and what it needs: one row of the table by which cases move.
struct CaseRule: Sendable {
    /// What an action needs beside the right state and role.
    enum Need: Sendable, Hashable {
        /// The actor's certificate holds on the day.
        case certificate
        /// All four ticks (administrative penalty law art. 41).
        case ticks
        /// The declaration that there is no conflict of interest (art. 43).
        case noConflict
        case reason
        case note
        case suggestion
        /// A time to look again, later than now.
        case dueAt
        case outcome
        case look
        /// The actor had no part in the case yet.
        case uninvolved
        /// The actor did not sort the case beforehand.
        case notScreener
    }

    var from: Set<CaseState>
    var roles: Set<UserRecord.Role> = []
    var allowsMachine = false
    var allowsParty = false
    var needs: Set<Need> = []

    private static let officers: Set<UserRecord.Role> = [.officer, .secondOfficer, .head]
    private static let review = CaseRule(
        from: [.candidate, .screened], roles: officers, needs: [.certificate, .noConflict, .notScreener])
    private static let underWay: Set<CaseState> = [
        .candidate, .screened, .confirmed, .awaitingCorrection, .recheckDue, .secondReview, .disputed, .reexamination,
    ]

    static func of(_ kind: CaseAction.Kind) -> CaseRule {
        switch kind {
        case .screen:
            CaseRule(from: [.candidate], roles: officers.union([.screener]), needs: [.suggestion])
        case .confirm: review.needing(.ticks)
        case .falseAlarm, .transfer: review.needing(.reason)
        case .exempt:
            // A permit that covers the place and the hour needs no officer: the hit is kept for audit.
            CaseRule(from: review.from, roles: review.roles, allowsMachine: true, needs: review.needs.union([.reason]))
        case .undo:
            CaseRule(from: [.confirmed, .falseAlarm, .exempt, .transferred], roles: officers)
        case .reopen:
            CaseRule(from: [.falseAlarm, .exempt, .transferred], roles: officers, needs: [.certificate, .note])
        case .remind, .order:
            CaseRule(from: [.confirmed, .recheckDue], roles: officers, needs: [.certificate, .dueAt])
        case .look:
            CaseRule(from: [.awaitingCorrection, .recheckDue], allowsMachine: true, needs: [.look])
        case .corrected:
            CaseRule(from: [.awaitingCorrection, .recheckDue], roles: officers, needs: [.certificate, .outcome])
        case .notCorrected:
            // From `awaitingCorrection` once its time is over: a machine that stands still must not hold a case up.
            CaseRule(from: [.awaitingCorrection, .recheckDue], roles: officers, needs: [.certificate, .noConflict])
        case .cannotSee:
            CaseRule(from: [.recheckDue], roles: officers, needs: [.certificate, .dueAt])
        case .agree:
            CaseRule(from: [.secondReview], roles: [.secondOfficer], needs: [.certificate, .ticks, .noConflict, .uninvolved])
        case .disagree:
            CaseRule(from: [.secondReview], roles: [.secondOfficer], needs: [.certificate, .note, .noConflict, .uninvolved])
        case .handOver, .drop:
            CaseRule(from: [.disputed], roles: [.head], needs: [.certificate, .note, .noConflict, .uninvolved])
        case .withdraw:
            CaseRule(
                from: [.confirmed, .awaitingCorrection, .recheckDue, .secondReview], roles: [.head], needs: [.certificate, .note])
        case .object:
            CaseRule(
                from: [.awaitingCorrection, .recheckDue, .secondReview, .disputed, .handedOver, .closed],
                roles: officers.union([.legalReview]), allowsParty: true, needs: [.note])
        case .uphold, .revoke:
            CaseRule(from: [.reexamination], roles: [.legalReview, .head], needs: [.note, .noConflict, .uninvolved])
        case .recuse:
            CaseRule(from: underWay, roles: officers.union([.screener, .legalReview]), needs: [.note])
        case .hold, .release:
            CaseRule(from: Set(CaseState.allCases), roles: [.legalReview, .head], needs: [.note])
        }
    }

    private func needing(_ need: Need) -> CaseRule {
        var rule = self
        rule.needs.insert(need)
        return rule
    }
}
