public import Foundation

/// All that was said of a case and still stands: what its log, read from the first line to the last, comes to.
public struct CaseStanding: Codable, Sendable, Hashable {
    /// Who sorted it beforehand, and how.
    public struct Screening: Codable, Sendable, Hashable {
        public var suggestion: Decision.Verdict
        public var reason: String?
        public var note: String
        public var userID: String
        public var at: Date
    }

    /// A reminder or an order, and the time that it gives.
    public struct Correction: Codable, Sendable, Hashable {
        /// `remind` or `order`.
        public var kind: CaseAction.Kind
        public var userID: String
        public var at: Date
        public var dueAt: Date
        public var notice: NoticeText?

        package init(kind: CaseAction.Kind, userID: String, at: Date, dueAt: Date, notice: NoticeText?) {
            self.kind = kind
            self.userID = userID
            self.at = at
            self.dueAt = dueAt
            self.notice = notice
        }
    }

    /// What the machine saw at the re-check.
    public struct Look: Codable, Sendable, Hashable {
        public var at: Date
        public var findings: SecondLook

        public init(at: Date, findings: SecondLook) {
            self.at = at
            self.findings = findings
        }
    }

    /// What one person said after the review: the re-check, the second opinion, a settlement, an objection.
    public struct Word: Codable, Sendable, Hashable {
        public var kind: CaseAction.Kind
        public var note: String
        public var userID: String
        public var at: Date

        package init(kind: CaseAction.Kind, note: String, userID: String, at: Date) {
            self.kind = kind
            self.note = note
            self.userID = userID
            self.at = at
        }
    }

    public var state = CaseState.candidate
    public var screening: Screening?
    /// The review that stands.
    public var decision: Decision?
    /// The latest reminder or order.
    public var correction: Correction?
    /// How many reminders and orders went out.
    public var corrections = 0
    public var look: Look?
    /// The first officer's word on the re-check.
    public var recheck: Word?
    public var secondOpinion: Word?
    /// The head's word.
    public var settlement: Word?
    public var outcome: CaseAction.Outcome?
    public var objection: Word?
    /// Where the case stood when the party objected.
    public var objectedFrom: CaseState?
    public var reexamination: Word?
    /// Users who are out by a conflict of interest.
    public var recused: [String] = []
    public var hold: Word?
    public var shopID: String?
    public var permitID: String?
    /// When the case came to its final state; nil while it goes on.
    public var settledAt: Date?

    public init() {}

    /// When the view is to be looked at again; nil unless the time to correct runs.
    public var dueAt: Date? { state == .awaitingCorrection ? correction?.dueAt : nil }

    /// Whoever had a part in bringing the case this far.
    public var involved: Set<String> {
        Set(
            [screening?.userID, decision?.userID, correction?.userID, recheck?.userID, secondOpinion?.userID, settlement?.userID].compactMap
            { $0 })
    }
}
