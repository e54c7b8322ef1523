import Casework
import Foundation
import Pipeline

/// One referral or copy, with what can be said of it next.
struct ReferralView: Sendable {
    struct StepChoice: Sendable {
        let stepID: String
        let stepName: String
    }

    let bodyName: String
    let referralStatusID: String
    let referralStatus: String
    let referralTimes: String
    let referralText: String?
    let markAction: String
    let markBack: String
    let steps: [StepChoice]
    let hasSteps: Bool

    init(
        _ referral: Referral, caseID: String, _ catalogue: ViolationCatalogue, mayMark: Bool, back: String, _ t: Wording,
        _ context: PageContext
    ) {
        bodyName = catalogue.body(referral.body)?.name.text(t.language) ?? referral.body
        referralStatusID = referral.status.rawValue
        referralStatus = referral.status.name.text(t.language)
        let ended = referral.status == .returned ? Referral.Status.returned : .answered
        let times: [(BilingualText, Date?)] = [
            (referral.kind.name, referral.at), (Referral.Status.sent.name, referral.sentAt),
            (Referral.Status.acknowledged.name, referral.acknowledgedAt), (ended.name, referral.endedAt),
            (Referral.Status.withdrawn.name, referral.withdrawnAt),
        ]
        referralTimes = times.compactMap { name, date in
            date.map { "\(name.text(t.language)) \(t.moment($0, now: context.now, timeZone: context.timeZone))" }
        }.joined(separator: " · ")
        referralText = referral.text.isEmpty ? nil : referral.text
        markAction = "/referrals/\(caseID)/\(FormFields.encode(referral.body))"
        markBack = back
        steps = mayMark ? referral.nextSteps.map { StepChoice(stepID: $0.rawValue, stepName: $0.name.text(t.language)) } : []
        hasSteps = !steps.isEmpty
    }
}
