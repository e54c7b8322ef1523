public import Foundation

/// One thing done to a case: what kind, and whatever that kind needs. Kept as it is in the case's log.
public struct CaseAction: Codable, Sendable, Hashable {
    public enum Kind: String, Codable, Sendable, CaseIterable {
        /// Sorts a candidate beforehand, with a suggestion; no certificate is needed.
        case screen
        /// The review: the violation is there.
        case confirm
        case falseAlarm = "false-alarm"
        case exempt
        case transfer
        /// Takes one's own review back within the window.
        case undo
        /// Undoes a review that ended the case: it was wrong, or the other body sent it back.
        case reopen
        /// A message asks for correction.
        case remind
        /// An order to correct (administrative penalty law art. 28).
        case order
        /// The machine looked at the same view again, or could not.
        case look
        case corrected
        case notCorrected = "not-corrected"
        /// The re-check shows nothing; another time is set.
        case cannotSee = "cannot-see"
        /// The second officer finds the violation proved.
        case agree
        case disagree
        /// The head settles a disagreement by hand-over.
        case handOver = "hand-over"
        /// The head settles a disagreement by ending the case.
        case drop
        /// The head ends a case that should not go on.
        case withdraw
        /// The party objects.
        case object
        /// The objection fails; the case stands where it stood.
        case uphold
        /// The objection holds; the case ends.
        case revoke
        /// An officer declares a conflict of interest and is out of the case (administrative penalty law art. 43).
        case recuse
        /// A legal hold: nothing of the case may be deleted.
        case hold
        case release
    }

    /// What the reviewer affirms of the record (administrative penalty law art. 41: true, clear, complete, accurate).
    public enum Tick: String, Codable, Sendable, CaseIterable {
        case isTrue = "true"
        case clear, complete, accurate
    }

    public enum Outcome: String, Codable, Sendable, CaseIterable {
        case corrected
        /// Corrected, first time, slight: no penalty, with education (administrative penalty law art. 33).
        case firstOffence = "first-offence"
        /// Slight, corrected in time, no harm: no penalty, with education (art. 33).
        case minor
        case dropped, withdrawn, revoked
    }

    public var kind: Kind
    /// Reason code: of `Config/reasons.yaml` for reviews and screenings.
    public var reason: String?
    /// Free text, at most `CaseLife.noteLimit` characters; the education note of an outcome by art. 33, the objection's text.
    public var note: String
    public var ticks: Set<Tick>
    /// Declares that there is no conflict of interest (art. 43).
    public var declaresNoConflict: Bool
    /// What the screener suggests.
    public var suggestion: Decision.Verdict?
    /// When the view is looked at again; for reminders, orders and `cannotSee`.
    public var dueAt: Date?
    /// For `corrected`.
    public var outcome: Outcome?
    /// For `look`.
    public var look: SecondLook?
    /// The message that goes out with a reminder or an order.
    public var notice: NoticeText?
    /// The shop that the case is about, of the shop ledger.
    public var shopID: String?
    /// The permit that covers it, of the permit ledger; for `exempt`.
    public var permitID: String?

    public init(
        _ kind: Kind, reason: String? = nil, note: String = "", ticks: Set<Tick> = [], declaresNoConflict: Bool = false,
        suggestion: Decision.Verdict? = nil, dueAt: Date? = nil, outcome: Outcome? = nil, look: SecondLook? = nil,
        notice: NoticeText? = nil, shopID: String? = nil, permitID: String? = nil
    ) {
        self.kind = kind
        self.reason = reason
        self.note = note
        self.ticks = ticks
        self.declaresNoConflict = declaresNoConflict
        self.suggestion = suggestion
        self.dueAt = dueAt
        self.outcome = outcome
        self.look = look
        self.notice = notice
        self.shopID = shopID
        self.permitID = permitID
    }
}

/// What the machine saw when it looked at the same view again.
public struct SecondLook: Codable, Sendable, Hashable {
    public enum Proposal: String, Codable, Sendable, CaseIterable {
        case corrected
        case notCorrected = "not-corrected"
        case cannotSee = "cannot-see"
    }

    public var proposal: Proposal
    /// Why, for people: what was compared, or what kept it from seeing.
    public var reason: BilingualText
    /// How much of the object's place looks as it did with the object there, 0…1; nil where nothing was compared.
    public var likeness: Double?
    /// The addendum of the package that holds the pair of pictures; nil without pictures.
    public var addendum: String?
    /// SHA-256 of that addendum's document, lower-case hex.
    public var addendumSHA256: String?

    public init(
        proposal: Proposal, reason: BilingualText, likeness: Double? = nil, addendum: String? = nil, addendumSHA256: String? = nil
    ) {
        self.proposal = proposal
        self.reason = reason
        self.likeness = likeness
        self.addendum = addendum
        self.addendumSHA256 = addendumSHA256
    }
}

/// A message to a party, as released by an officer.
public struct NoticeText: Codable, Sendable, Hashable {
    /// Id of the template in `Config/notices.yaml`.
    public var template: String
    /// How it goes: `sms`, `voice` or `paper`.
    public var medium: String
    /// Telephone number or name; shown masked outside the case.
    public var recipient: String
    /// The whole text that is sent.
    public var text: String

    public init(template: String, medium: String, recipient: String, text: String) {
        self.template = template
        self.medium = medium
        self.recipient = recipient
        self.text = text
    }
}
