public import Foundation

/// What a shop's earlier cases say of a new one: whether it would be the first violation (administrative penalty law art. 33,
/// “初次违法”).
///
/// Earlier violations of the same kind count if they were found to be true: handed over, or closed as corrected, minor or
/// first offence. A false alarm, an exemption, a transfer and a case that was dropped, withdrawn or revoked count for nothing.
/// One that is under way leaves the question open.
public struct OffenceHistory: Sendable, Hashable {
    public enum Answer: Sendable, Hashable {
        case first
        /// The newest earlier violation.
        case repeated(caseID: String, at: Date)
        /// An earlier case of the same kind is not settled yet.
        case open(caseID: String)
    }

    /// How long an earlier violation counts.
    public var years: Int
    public var timeZone: TimeZone

    public init(years: Int, timeZone: TimeZone) {
        self.years = years
        self.timeZone = timeZone
    }

    /// - Parameters:
    ///   - date: when the violation in question began.
    ///   - caseID: of the case in question, which is not its own history.
    ///   - cases: of the shop, in any order.
    public func answer(violation: String, at date: Date, caseID: String, cases: [CaseRecord]) -> Answer {
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = timeZone
        let since = calendar.date(byAdding: .year, value: -years, to: date) ?? .distantPast
        let earlier = cases.filter {
            $0.id != caseID && $0.incident.violation == violation && $0.incident.openedAt >= since && $0.incident.openedAt < date
        }.sorted { ($0.incident.openedAt, $0.id) > ($1.incident.openedAt, $1.id) }
        if let proved = earlier.first(where: { Self.weight(of: $0.standing) == .counts }) {
            return .repeated(caseID: proved.id, at: proved.incident.openedAt)
        }
        if let open = earlier.first(where: { Self.weight(of: $0.standing) == .isOpen }) { return .open(caseID: open.id) }
        return .first
    }

    private enum Weight { case counts, isOpen, nothing }

    private static func weight(of standing: CaseStanding) -> Weight {
        switch standing.state {
        case .handedOver: .counts
        case .closed:
            switch standing.outcome {
            case .corrected, .firstOffence, .minor: .counts
            case .dropped, .withdrawn, .revoked, nil: .nothing
            }
        case .confirmed, .awaitingCorrection, .recheckDue, .secondReview, .disputed, .reexamination: .isOpen
        // Nobody has said yet that there was a violation, or somebody has said that there was none of the party's.
        case .candidate, .screened, .falseAlarm, .exempt, .transferred: .nothing
        }
    }
}
