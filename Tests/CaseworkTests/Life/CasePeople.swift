import Casework
import Foundation

/// People and times that the tests of a case's life share.
enum CasePeople {
    static let start = Date(timeIntervalSince1970: 1_764_000_000)
    static let today = LocalDay(start, in: CaseLife().timeZone)
    static let valid = OfficerCertificate(number: "沪-1", validFrom: today.adding(days: -10), validUntil: today.adding(days: 10))

    static func user(_ id: String, _ role: UserRecord.Role, _ certificate: OfficerCertificate? = valid) -> CaseActor {
        CaseActor(id: id, kind: .user(role), certificate: certificate)
    }

    /// One of each role, and those who are no users.
    static let everyone: [CaseActor] = UserRecord.Role.allCases.map { user($0.rawValue, $0) } + [.machine, .party]

    /// An action of this kind with all that any kind could need.
    static func full(_ kind: CaseAction.Kind, at: Date = start) -> CaseAction {
        CaseAction(
            kind, reason: "delivery", note: "说明", ticks: Set(CaseAction.Tick.allCases), declaresNoConflict: true, suggestion: .confirm,
            dueAt: at + 1_800, outcome: .corrected, look: look)
    }

    static let look = SecondLook(proposal: .notCorrected, reason: BilingualText(zh: "仍在原处", en: "still there"), likeness: 0.9)

    /// A standing in this state, by the shortest way there; time goes on by an hour with each step.
    static func standing(_ state: CaseState) -> (CaseStanding, Date) {
        let review: [(CaseAction.Kind, CaseActor)] = [(.confirm, user("a", .officer))]
        let reminded = review + [(.remind, user("a", .officer))]
        let looked = reminded + [(.look, .machine)]
        let second = looked + [(.notCorrected, user("a", .officer))]
        let ways: [CaseState: [(CaseAction.Kind, CaseActor)]] = [
            .candidate: [], .screened: [(.screen, user("s", .screener))], .confirmed: review,
            .falseAlarm: [(.falseAlarm, user("a", .officer))], .exempt: [(.exempt, user("a", .officer))],
            .transferred: [(.transfer, user("a", .officer))], .awaitingCorrection: reminded, .recheckDue: looked,
            .secondReview: second, .disputed: second + [(.disagree, user("b", .secondOfficer))],
            .handedOver: second + [(.agree, user("b", .secondOfficer))],
            .reexamination: second + [(.agree, user("b", .secondOfficer)), (.object, .party)],
            .closed: looked + [(.corrected, user("a", .officer))],
        ]
        var standing = CaseStanding()
        var at = start
        for (kind, actor) in ways[state] ?? [] {
            standing = (try? CaseLife().standing(after: full(kind, at: at), by: actor, at: at, from: standing)) ?? standing
            at += 3_600
        }
        return (standing, at)
    }
}
