public import Foundation

/// One deadline of one case: what started it, when it is over, what stopped it.
public struct CaseClock: Codable, Sendable, Hashable {
    /// Which step it measures.
    public enum Kind: String, Codable, Sendable, CaseIterable {
        /// From sealing to the officer's word.
        case review
        /// From confirming to the reminder or order.
        case handling
        /// The time that a reminder or an order gives the party.
        case correction
        /// From the notice until the operator has cleared its bikes.
        case clearance
        /// From the end of the time to correct until the officer's word on it.
        case recheck
        case secondReview = "second-review"
        /// From a disagreement until the head settles it.
        case settlement
        /// From an objection to its answer.
        case objection
        /// From filing, which the hand-over leads to, until the decision.
        case decision
        /// From the decision until it is served.
        case service
        /// From the act until the case is filed or ended.
        case limitation
        /// From transferring or copying until it has gone out.
        case referralSending = "referral-sending"
        /// From sending to the other body's answer.
        case referralAnswer = "referral-answer"

        /// Whether log lines start it, not a state of the case.
        var isStartedByLine: Bool { self == .service }
    }

    public enum Status: String, Codable, Sendable, CaseIterable {
        /// Still time.
        case running
        /// Time is over and nobody has acted.
        case breached
        /// The party's time is over; what follows is the officers'.
        case over
        /// Acted in time.
        case met
        /// Acted, but too late.
        case late
    }

    public var kind: Kind
    /// The rule by which `dueAt` was reckoned; nil for the time to correct, which the officer gives.
    public var rule: String?
    /// The other body, for referrals.
    public var body: String?
    public var unit: DeadlineAmount.Unit
    public var startedAt: Date
    /// Kind of the log line that started it.
    public var startedBy: String
    public var dueAt: Date
    public var stoppedAt: Date?
    /// Kind of the log line that stopped it.
    public var stoppedBy: String?

    public init(
        kind: Kind, rule: String? = nil, body: String? = nil, unit: DeadlineAmount.Unit, startedAt: Date, startedBy: String, dueAt: Date,
        stoppedAt: Date? = nil, stoppedBy: String? = nil
    ) {
        self.kind = kind
        self.rule = rule
        self.body = body
        self.unit = unit
        self.startedAt = startedAt
        self.startedBy = startedBy
        self.dueAt = dueAt
        self.stoppedAt = stoppedAt
        self.stoppedBy = stoppedBy
    }

    /// A clock set back between start and now, or between start and stop, makes it no later than it is.
    public func status(at now: Date) -> Status {
        if let stoppedAt { return stoppedAt <= dueAt || kind == .correction ? .met : .late }
        if now <= dueAt { return .running }
        return kind == .correction ? .over : .breached
    }

    public var isRunning: Bool { stoppedAt == nil }

    /// Time left in the unit that the deadline counts in: working time for working hours, else by the clock. Seconds, negative
    /// once it is over.
    public func left(at now: Date, in calendar: WorkingCalendar) -> TimeInterval {
        // Beyond a month nobody reads hours any more, and walking the days would cost.
        guard unit == .workingHours, abs(dueAt.timeIntervalSince(now)) < 31 * 86_400 else { return dueAt.timeIntervalSince(now) }
        return calendar.workingTime(from: now, to: dueAt)
    }
}

extension CaseClock.Kind {
    /// What people call it where no rule names it.
    public var name: BilingualText {
        switch self {
        case .review: BilingualText(zh: "复审", en: "review")
        case .handling: BilingualText(zh: "处置", en: "handling")
        case .correction: BilingualText(zh: "整改时限", en: "time to correct")
        case .clearance: BilingualText(zh: "企业清理", en: "operator's clearance")
        case .recheck: BilingualText(zh: "复查", en: "re-check")
        case .secondReview: BilingualText(zh: "二审", en: "second review")
        case .settlement: BilingualText(zh: "负责人裁定", en: "settlement")
        case .objection: BilingualText(zh: "异议答复", en: "answer to the objection")
        case .decision: BilingualText(zh: "处罚决定", en: "decision")
        case .service: BilingualText(zh: "送达", en: "service")
        case .limitation: BilingualText(zh: "追责时效", en: "limitation")
        case .referralSending: BilingualText(zh: "移送发出", en: "sending the referral")
        case .referralAnswer: BilingualText(zh: "移送答复", en: "answer to the referral")
        }
    }
}
