/// Where a case stands. Every state but `candidate` is somebody's word.
public enum CaseState: String, Codable, Sendable, CaseIterable {
    /// Sealed by the machine, nobody has looked yet.
    case candidate
    /// Somebody without a certificate sorted it beforehand; an officer reviews it (business environment regulation art. 64).
    case screened
    /// A certified officer saw the violation and goes on with it; a reminder or an order is next.
    case confirmed
    case falseAlarm = "false-alarm"
    /// True, but allowed here or now (permit, hours, festival).
    case exempt
    /// Another body's matter (police, sanitation, construction …).
    case transferred
    /// Reminded or ordered to correct; the time given runs.
    case awaitingCorrection = "awaiting-correction"
    /// The time is over and the view was looked at again; an officer says what became of it.
    case recheckDue = "recheck-due"
    /// Not corrected; a second officer judges without knowing the first one's words (administrative penalty law art. 42).
    case secondReview = "second-review"
    /// The two officers disagree; the head settles it.
    case disputed
    /// Handed over to the city's case system.
    case handedOver = "handed-over"
    /// The party objected; legal review looks at it anew (administrative penalty law art. 45, 62).
    case reexamination
    /// Ended without a hand-over; the outcome says how.
    case closed

    /// What waits for an officer's first word.
    public static let waiting: [CaseState] = [.candidate, .screened]

    /// Whether nobody has to do anything more.
    public var isFinal: Bool {
        switch self {
        case .falseAlarm, .exempt, .transferred, .handedOver, .closed: true
        case .candidate, .screened, .confirmed, .awaitingCorrection, .recheckDue, .secondReview, .disputed, .reexamination: false
        }
    }

    /// Whether a certified officer has said that the violation is there.
    public var isTrue: Bool {
        switch self {
        case .candidate, .screened, .falseAlarm: false
        case .confirmed, .exempt, .transferred, .awaitingCorrection, .recheckDue, .secondReview, .disputed, .handedOver, .reexamination,
            .closed:
            true
        }
    }
}
