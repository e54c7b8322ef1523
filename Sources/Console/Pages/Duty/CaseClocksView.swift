import Casework
import Foundation
import Pipeline

/// The clocks on a case's page, made with the partial `case-clocks`.
struct CaseClocksView: Sendable {
    struct Escalated: Sendable {
        let loopLine: String
    }

    /// What the city's case system did, and the form for what it did next.
    struct CityView: Sendable {
        let answers: [AnswerLine]
        let nextAnswer: NextAnswer?
    }

    struct AnswerLine: Sendable {
        let answerLine: String
        let answerNote: String?
    }

    struct NextAnswer: Sendable {
        let answerAction: String
        let answerStepID: String
        let answerStep: String
        let today: String
        let needsNumber: Bool
    }

    let running: [ClockView]
    let stopped: [ClockView]
    let hasStopped: Bool
    let loopName: String
    let gridName: String
    let onDuty: String
    let escalations: [Escalated]
    let referrals: [ReferralView]
    let hasReferrals: Bool
    let city: CityView?

    /// - Parameter back: the page to return to after a referral was marked.
    init(_ duty: ClockedCase, _ settings: DutySettings, _ catalogue: ViolationCatalogue, back: String, _ context: PageContext) {
        let t = Wording(language: context.language)
        func view(_ clock: CaseClock) -> ClockView { ClockView(clock, settings, catalogue, t, context) }
        running = duty.entry.clocks.filter(\.isRunning).sorted { $0.dueAt < $1.dueAt }.map(view)
        stopped = duty.entry.clocks.filter { !$0.isRunning }.map(view)
        hasStopped = !stopped.isEmpty
        loopName = duty.entry.level.name.text(t.language)
        gridName = duty.grid.map { "\($0.name.text(t.language)) (\($0.code))" } ?? t[.gridNone]
        onDuty = duty.duty.map { Self.text(of: $0, t) } ?? t[.dutyNobody]
        escalations = duty.escalations.map { at, escalation in
            Escalated(loopLine: Self.line(escalation, at: at, t, context))
        }
        referrals = duty.entry.referrals.map {
            ReferralView($0, caseID: duty.entry.record.id, catalogue, mayMark: context.viewer?.mayDecide ?? false, back: back, t, context)
        }
        hasReferrals = !referrals.isEmpty
        city = Self.city(duty, context, t)
    }

    /// nil where the site has no settings for deadlines.
    init?(_ model: CasePage, _ context: PageContext) {
        guard let duty = model.duty, let settings = model.dutySettings else { return nil }
        self.init(duty, settings, model.catalogue, back: "/cases/\(model.record.id)", context)
    }

    /// nil for a case that was never handed over.
    private static func city(_ duty: ClockedCase, _ context: PageContext, _ t: Wording) -> CityView? {
        guard !duty.answers.isEmpty || duty.nextAnswer != nil else { return nil }
        let mayEnter = context.viewer?.mayDecide ?? false
        return CityView(
            answers: duty.answers.map {
                AnswerLine(answerLine: "\($0.step.name.text(t.language)) · \($0.day)", answerNote: $0.note.isEmpty ? nil : $0.note)
            },
            nextAnswer: duty.nextAnswer.flatMap { step in
                guard mayEnter else { return nil }
                return NextAnswer(
                    answerAction: "/cases/\(duty.entry.record.id)/city-answers", answerStepID: step.rawValue,
                    answerStep: step.name.text(t.language), today: LocalDay(context.now, in: context.timeZone).description,
                    needsNumber: step == .decided)
            })
    }

    static func text(of duty: DutyRoster.Duty, _ t: Wording) -> String {
        let people = duty.people.map { "\($0.name) \($0.telephone)" }.joined(separator: t.language == .zh ? "、" : ", ")
        return "\(people) (\(duty.grid.name.text(t.language)))"
    }

    private static func line(_ escalation: Escalation, at: Date, _ t: Wording, _ context: PageContext) -> String {
        let why = escalation.clock.map { t.text(.escalatedByClock, ["clock": $0.name.text(t.language)]) } ?? t[.escalatedByPower]
        let to = escalation.to.isEmpty ? "" : " → " + escalation.to.joined(separator: ", ")
        let time = t.moment(at, now: context.now, timeZone: context.timeZone)
        return "\(escalation.level.name.text(t.language)) · \(why) · \(time)\(to)"
    }
}
