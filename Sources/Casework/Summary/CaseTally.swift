/// Cases by what became of them.
public struct CaseTally: Codable, Sendable, Hashable {
    /// All.
    public var found = 0
    /// Nobody with a certificate has looked yet.
    public var waiting = 0
    public var falseAlarms = 0
    public var exempt = 0
    public var transferred = 0
    /// Confirmed and on its way: reminder, order, re-check, second opinion, objection.
    public var underWay = 0
    /// Closed, the violation put right.
    public var corrected = 0
    public var handedOver = 0
    /// Closed in another way: dropped, withdrawn, revoked.
    public var endedOtherwise = 0
    /// Of those above, the ones that were found not corrected: second opinion, dispute, hand-over.
    public var notCorrected = 0

    public init() {}

    /// - Parameter counts: cases by the state in which they stand.
    public init(_ counts: [CaseState: Int], corrected: Int) {
        func count(_ states: CaseState...) -> Int { states.reduce(0) { $0 + counts[$1, default: 0] } }
        found = counts.values.reduce(0, +)
        waiting = count(.candidate, .screened)
        falseAlarms = count(.falseAlarm)
        exempt = count(.exempt)
        transferred = count(.transferred)
        underWay = count(.confirmed, .awaitingCorrection, .recheckDue, .secondReview, .disputed, .reexamination)
        self.corrected = corrected
        handedOver = count(.handedOver)
        endedOtherwise = count(.closed) - corrected
        notCorrected = count(.secondReview, .disputed, .handedOver)
    }

    public var reviewed: Int { found - waiting }

    /// Which part of the reviewed cases were none of the machine's false alarms, 0…1; nil before any review.
    public var precision: Double? { reviewed == 0 ? nil : Double(reviewed - falseAlarms) / Double(reviewed) }

    /// Which part was corrected, of those that were looked at again, 0…1; nil before any re-check.
    public var selfCorrection: Double? {
        corrected + notCorrected == 0 ? nil : Double(corrected) / Double(corrected + notCorrected)
    }

    public static func += (left: inout CaseTally, right: CaseTally) {
        left.found += right.found
        left.waiting += right.waiting
        left.falseAlarms += right.falseAlarms
        left.exempt += right.exempt
        left.transferred += right.transferred
        left.underWay += right.underWay
        left.corrected += right.corrected
        left.handedOver += right.handedOver
        left.endedOtherwise += right.endedOtherwise
        left.notCorrected += right.notCorrected
    }
}
