import Casework
import Foundation
import Testing

@Suite("The life of a case")
struct CaseLifeTests {
    static let decidedAt = Date(timeIntervalSince1970: 1_700_000_000)

    static func decision(_ verdict: Decision.Verdict, by userID: String = "wang", reason: String? = "delivery")
        -> Decision
    {
        Decision(verdict: verdict, reason: reason, note: "", userID: userID, at: decidedAt)
    }

    /// The decision that must have led to a state.
    static func standing(_ state: CaseState) -> Decision? {
        Decision.Verdict.allCases.first { $0.state == state }.map { decision($0) }
    }

    static func outcome(_ action: CaseLife.Action, from state: CaseState) -> Result<CaseState, CaseLife.Refusal> {
        Result { () throws(CaseLife.Refusal) in
            try CaseLife().state(after: action, from: state, standing: standing(state))
        }
    }

    enum Step: String, CaseIterable {
        case confirm, falseAlarm, exempt, transfer, undo, undoByAnother, undoLate

        var action: CaseLife.Action {
            switch self {
            case .confirm: .decide(decision(.confirm))
            case .falseAlarm: .decide(decision(.falseAlarm))
            case .exempt: .decide(decision(.exempt))
            case .transfer: .decide(decision(.transfer))
            case .undo: .undo(userID: "wang", at: decidedAt + 60)
            case .undoByAnother: .undo(userID: "li", at: decidedAt + 1)
            case .undoLate: .undo(userID: "wang", at: decidedAt + 60.001)
            }
        }
    }

    static let fromCandidate: [Step: Result<CaseState, CaseLife.Refusal>] = [
        .confirm: .success(.confirmed),
        .falseAlarm: .success(.falseAlarm),
        .exempt: .success(.exempt),
        .transfer: .success(.transferred),
        .undo: .failure(.nothingToUndo),
        .undoByAnother: .failure(.nothingToUndo),
        .undoLate: .failure(.nothingToUndo),
    ]

    @Test("a candidate takes any verdict and has nothing to take back", arguments: Step.allCases)
    func candidate(_ step: Step) {
        #expect(Self.outcome(step.action, from: .candidate) == Self.fromCandidate[step])
    }

    @Test(
        "a decided case takes no verdict, and goes back to candidate only by its own officer within the window",
        arguments: CaseState.allCases.filter { $0 != .candidate }, Step.allCases)
    func decided(_ state: CaseState, _ step: Step) {
        let expected: Result<CaseState, CaseLife.Refusal> =
            switch step {
            case .confirm, .falseAlarm, .exempt, .transfer: .failure(.decidedAlready(state))
            case .undo: .success(.candidate)
            case .undoByAnother: .failure(.otherOfficersDecision)
            case .undoLate: .failure(.undoTooLate(window: .seconds(60)))
            }
        #expect(Self.outcome(step.action, from: state) == expected)
    }

    @Test(
        "every verdict but confirm needs a reason, and a blank one is none", arguments: Decision.Verdict.allCases,
        [nil, "", " "])
    func reasons(_ verdict: Decision.Verdict, _ reason: String?) {
        let outcome = Self.outcome(.decide(Self.decision(verdict, reason: reason)), from: .candidate)
        #expect(outcome == (verdict == .confirm ? .success(.confirmed) : .failure(.reasonMissing(verdict))))
    }

    @Test("a note of the longest allowed length is kept and one longer is refused")
    func notes() {
        var decision = Self.decision(.confirm)
        decision.note = String(repeating: "跨", count: CaseLife.noteLimit)
        #expect(Self.outcome(.decide(decision), from: .candidate) == .success(.confirmed))
        decision.note += "门"
        #expect(
            Self.outcome(.decide(decision), from: .candidate)
                == .failure(.noteTooLong(characters: CaseLife.noteLimit + 1)))
    }

    @Test("a clock set back between decision and undo does not make the undo too late")
    func clockSetBack() {
        let action = CaseLife.Action.undo(userID: "wang", at: Self.decidedAt - 3_600)
        #expect(Self.outcome(action, from: .confirmed) == .success(.candidate))
    }

    @Test("the undo window can be another one, and is 60 s by default")
    func window() throws {
        #expect(CaseLife.undoWindow == .seconds(60))
        let life = CaseLife(undoWindow: .seconds(5))
        let standing = Self.decision(.confirm)
        #expect(
            try life.state(after: .undo(userID: "wang", at: Self.decidedAt + 5), from: .confirmed, standing: standing)
                == .candidate)
        #expect(throws: CaseLife.Refusal.undoTooLate(window: .seconds(5))) {
            try life.state(after: .undo(userID: "wang", at: Self.decidedAt + 6), from: .confirmed, standing: standing)
        }
    }

    @Test("a verdict leads to the state of its name")
    func verdictStates() {
        #expect(Set(Decision.Verdict.allCases.map(\.state)) == Set(CaseState.allCases).subtracting([.candidate]))
    }
}

@Suite("Channel ids")
struct ChannelIDTests {
    @Test("usable ids", arguments: ["a", "0", "rong-hui_lu.1", String(repeating: "x", count: 64)])
    func usable(_ id: String) {
        #expect(ChannelRecord.isUsable(id: id))
    }

    @Test(
        "unusable ids",
        arguments: [
            "", ".", "..", "-rf", "_a", "A", "a/b", "a b", "路", "a\u{0}", "é", String(repeating: "x", count: 65),
        ])
    func unusable(_ id: String) {
        #expect(!ChannelRecord.isUsable(id: id))
    }
}
