import Casework
import Foundation

/// Whether looking at a case is this user's work of the moment: then the duty is the reason, and nobody is asked for one.
///
/// Ten seconds a decision leave no room for a form; the law's reason is answered by the duty itself (public-security video regulation of
/// 2025, art. 16).
enum CaseDuty {
    /// What somebody is waited for to do; holding, objecting, withdrawing and the like are done of one's own accord.
    private static let work: Set<CaseAction.Kind> = [
        .screen, .confirm, .falseAlarm, .exempt, .transfer, .undo, .remind, .order, .corrected, .notCorrected, .cannotSee, .agree,
        .disagree,
        .handOver, .drop, .uphold, .revoke,
    ]

    static func covers(_ record: CaseRecord, of user: UserRecord, life: CaseLife, at now: Date) -> Bool {
        guard record.deletedAt == nil,
            !work.isDisjoint(with: life.possible(for: CaseActor(user), at: now, from: record.standing))
        else { return false }
        switch record.state {
        // Between two steps a case is in the hands of those who took it so far.
        case .confirmed, .awaitingCorrection: return record.standing.involved.contains(user.id)
        default: return true
        }
    }
}
