import Casework
import Foundation
import Testing

@Suite("A case's log, read")
struct CaseLogTests {
    @Test("lines from before actions were kept whole are read as what they meant")
    func oldLines() throws {
        func event(_ kind: String, _ detail: String) -> CaseEvent {
            CaseEvent(sequence: 1, caseID: "k", at: CasePeople.start, actor: "wang", kind: kind, detail: detail, hash: "")
        }
        let lines = [
            event("sealed", #"{"incident":"i"}"#), event("decided", #"{"note":"n","reason":"permit","verdict":"exempt"}"#),
            event("undone", #"{"reason":"permit","verdict":"exempt"}"#), event("decided", #"{"note":"","verdict":"confirm"}"#),
        ]
        let standing = try CaseLog.standing(after: lines)
        #expect(standing.state == .confirmed)
        #expect(standing.decision?.userID == "wang")
        #expect(CaseLog.action(of: lines[1])?.reason == "permit")
        #expect(CaseLog.action(of: lines[0]) == nil)
    }

    @Test("a log that tells of a step that cannot be is refused")
    func impossible() {
        let line = CaseEvent(
            sequence: 1, caseID: "k", at: CasePeople.start, actor: "b", kind: "agree",
            detail: #"{"kind":"agree","note":"","ticks":[],"declaresNoConflict":true}"#, hash: "")
        #expect(throws: CaseLife.Refusal.notNow(.agree, .candidate)) { try CaseLog.standing(after: [line]) }
    }
}
