import Casework
import Foundation
import Testing

@Suite("First offences")
struct OffenceHistoryTests {
    static let begun = CasePeople.start
    static let history = OffenceHistory(years: 2, timeZone: ExemptionTests.shanghai)

    static func earlier(
        _ state: CaseState, outcome: CaseAction.Outcome? = nil, violation: String = "piled-goods", daysBefore: Double = 30,
        id: String = "old"
    ) -> CaseRecord {
        var standing = CaseStanding()
        standing.state = state
        standing.outcome = outcome
        let at = begun - daysBefore * 86_400
        return CaseRecord(
            id: id,
            incident: IncidentRecord(
                id: "i-\(id)", channelID: "c1", violation: violation, zoneID: "z1", zonesVersion: 1, ruleVersion: "r1", phase: .confirmed,
                openedAt: at, confirmedAt: at, box: [0, 0, 1, 1], score: 1), createdAt: at, packagePath: id, manifestSHA256: "",
            standing: standing)
    }

    static func answer(_ cases: [CaseRecord]) -> OffenceHistory.Answer {
        history.answer(violation: "piled-goods", at: begun, caseID: "new", cases: cases)
    }

    @Test("a party without cases commits a first offence; its own case is no history")
    func first() {
        #expect(Self.answer([]) == .first)
        #expect(Self.answer([Self.earlier(.handedOver, id: "new")]) == .first)
    }

    static let table: [(CaseState, CaseAction.Outcome?, String)] = [
        (.candidate, nil, "nothing"), (.screened, nil, "nothing"), (.falseAlarm, nil, "nothing"), (.exempt, nil, "nothing"),
        (.transferred, nil, "nothing"), (.confirmed, nil, "open"), (.awaitingCorrection, nil, "open"), (.recheckDue, nil, "open"),
        (.secondReview, nil, "open"), (.disputed, nil, "open"), (.reexamination, nil, "open"), (.handedOver, nil, "counts"),
        (.closed, .corrected, "counts"), (.closed, .firstOffence, "counts"), (.closed, .minor, "counts"), (.closed, .dropped, "nothing"),
        (.closed, .withdrawn, "nothing"), (.closed, .revoked, "nothing"),
    ]

    @Test("only what was found true counts, and what is under way leaves it open", arguments: table)
    func states(_ state: CaseState, _ outcome: CaseAction.Outcome?, _ weight: String) {
        let record = Self.earlier(state, outcome: outcome)
        let expected: OffenceHistory.Answer =
            switch weight {
            case "counts": .repeated(caseID: "old", at: record.incident.openedAt)
            case "open": .open(caseID: "old")
            default: .first
            }
        #expect(Self.answer([record]) == expected)
    }

    @Test("another kind, an older one and a later one do not count; the newest that does is named")
    func others() {
        #expect(Self.answer([Self.earlier(.handedOver, violation: "parked-bikes")]) == .first)
        #expect(Self.answer([Self.earlier(.handedOver, daysBefore: 732)]) == .first)
        #expect(Self.answer([Self.earlier(.handedOver, daysBefore: -1)]) == .first)
        #expect(Self.answer([Self.earlier(.handedOver, daysBefore: 729)]) != .first)
        let two = [Self.earlier(.handedOver, daysBefore: 90, id: "a"), Self.earlier(.closed, outcome: .minor, daysBefore: 10, id: "b")]
        let open = Self.earlier(.confirmed, daysBefore: 1, id: "c")
        guard case .repeated("b", _) = Self.answer(two + [open]) else {
            Issue.record("the newest proved case is b")
            return
        }
    }
}
