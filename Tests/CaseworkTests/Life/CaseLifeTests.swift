import Casework
import Foundation
import Testing

@Suite("How a case moves")
struct CaseLifeTests {
    /// Every state × action that leads somewhere, and where; all others are refused.
    static let table: [CaseState: [CaseAction.Kind: CaseState]] = [
        .candidate: [
            .screen: .screened, .confirm: .confirmed, .falseAlarm: .falseAlarm, .exempt: .exempt, .transfer: .transferred,
        ],
        .screened: [.confirm: .confirmed, .falseAlarm: .falseAlarm, .exempt: .exempt, .transfer: .transferred],
        .confirmed: [.undo: .candidate, .remind: .awaitingCorrection, .order: .awaitingCorrection, .withdraw: .closed],
        .falseAlarm: [.undo: .candidate, .reopen: .candidate],
        .exempt: [.undo: .candidate, .reopen: .candidate],
        .transferred: [.undo: .candidate, .reopen: .candidate],
        .awaitingCorrection: [
            .look: .recheckDue, .corrected: .closed, .notCorrected: .secondReview, .withdraw: .closed, .object: .reexamination,
        ],
        .recheckDue: [
            .remind: .awaitingCorrection, .order: .awaitingCorrection, .look: .recheckDue, .corrected: .closed,
            .notCorrected: .secondReview, .cannotSee: .awaitingCorrection, .withdraw: .closed, .object: .reexamination,
        ],
        .secondReview: [.agree: .handedOver, .disagree: .disputed, .withdraw: .closed, .object: .reexamination],
        .disputed: [.handOver: .handedOver, .drop: .closed, .object: .reexamination],
        .handedOver: [.object: .reexamination],
        .reexamination: [.uphold: .handedOver, .revoke: .closed],
        .closed: [.object: .reexamination],
    ]
    /// Where they change nothing but who may act or what may be deleted.
    static let staying: Set<CaseAction.Kind> = [.hold, .release, .recuse]

    @Test("every state × action leads where the table says, by somebody, or is refused to everybody", arguments: CaseState.allCases)
    func table(_ state: CaseState) {
        let (standing, at) = CasePeople.standing(state)
        #expect(standing.state == state)
        // Those with a part in the case so far, and fresh ones of each role.
        let actors = CasePeople.everyone + [CasePeople.user("a", .officer)]
        for kind in CaseAction.Kind.allCases {
            // An undo comes soon after, everything else in its own time.
            let moment = kind == .undo ? standing.decision?.at ?? at : at
            let reached = Set(
                actors.compactMap { actor in
                    try? CaseLife().standing(after: CasePeople.full(kind, at: moment), by: actor, at: moment, from: standing).state
                })
            let open = !state.isFinal
            let expected: Set<CaseState> =
                Self.staying.contains(kind)
                ? (kind == .recuse && !open ? [] : [state]) : Self.table[state]?[kind].map { [$0] } ?? []
            #expect(reached == expected, "\(state) × \(kind)")
        }
    }

    @Test("a hand-over is never reached without two different officers whose certificates hold, whatever is tried")
    func twoOfficers() {
        // All states that people of every role that acts (two officers, two second officers) and every action can reach.
        let over = OfficerCertificate(
            number: "x", validFrom: CasePeople.today.adding(days: -9), validUntil: CasePeople.today.adding(days: -1))
        let people =
            CasePeople.everyone.filter { !["operator", "auditor", "administrator"].contains($0.id) } + [
                CasePeople.user("officer-2", .officer), CasePeople.user("second-2", .secondOfficer),
                CasePeople.user("expired", .officer, over), CasePeople.user("uncertified", .secondOfficer, nil),
            ]
        let certified = Set(["officer", "second-officer", "head", "officer-2", "second-2"])
        var seen: Set<String> = []
        var frontier: [(CaseStanding, Int)] = [(CaseStanding(), 0)]
        var handedOver = 0
        var reached: Set<CaseState> = []
        var leaves: [CaseState: Bool] = [:]
        while let (standing, depth) = frontier.popLast() {
            reached.insert(standing.state)
            if standing.state == .handedOver {
                handedOver += 1
                let officers = [
                    standing.decision?.userID,
                    standing.secondOpinion?.kind == .agree ? standing.secondOpinion?.userID : standing.settlement?.userID,
                ]
                .compactMap { $0 }
                #expect(Set(officers).count == 2 && certified.isSuperset(of: officers))
                #expect(standing.screening.map { !officers.contains($0.userID) } ?? true)
                #expect(standing.decision?.ticks == Set(CaseAction.Tick.allCases))
            }
            guard depth < 9 else { continue }
            let at = CasePeople.start + Double(depth) * 3_600
            for kind in CaseAction.Kind.allCases where ![.hold, .release, .recuse, .undo].contains(kind) {
                for actor in people {
                    guard let next = try? CaseLife().standing(after: CasePeople.full(kind, at: at), by: actor, at: at, from: standing)
                    else { continue }
                    leaves[standing.state] = true
                    // Times and texts make no difference to what is possible; who had which part does.
                    let key =
                        "\(next.state) \(next.screening?.userID ?? "") \(next.decision?.userID ?? "") \(next.correction?.userID ?? "") "
                        + "\(next.recheck?.userID ?? "") \(next.secondOpinion?.userID ?? "") \(next.settlement?.userID ?? "") \(next.objectedFrom?.rawValue ?? "")"
                    if seen.insert(key).inserted { frontier.append((next, depth + 1)) }
                }
            }
        }
        #expect(handedOver > 0)
        // Every state can be reached, and every one that is not final can be left.
        #expect(reached == Set(CaseState.allCases))
        for state in CaseState.allCases where !state.isFinal { #expect(leaves[state] == true, "\(state) is a dead end") }
    }

    @Test("what a kind needs is asked for by name")
    func needs() throws {
        func refusal(_ state: CaseState, _ kind: CaseAction.Kind, by actor: CaseActor, _ change: (inout CaseAction) -> Void) -> CaseLife
            .Refusal?
        {
            let (standing, at) = CasePeople.standing(state)
            var action = CasePeople.full(kind, at: at)
            change(&action)
            do {
                _ = try CaseLife().standing(after: action, by: actor, at: at, from: standing)
                return nil
            } catch { return error }
        }
        let officer = CasePeople.user("o", .officer)
        let second = CasePeople.user("b", .secondOfficer)
        #expect(refusal(.candidate, .confirm, by: officer) { $0.ticks.remove(.clear) } == .ticksMissing([.clear]))
        #expect(refusal(.candidate, .confirm, by: officer) { $0.declaresNoConflict = false } == .conflictUndeclared)
        #expect(refusal(.candidate, .falseAlarm, by: officer) { $0.reason = " " } == .reasonMissing(.falseAlarm))
        #expect(refusal(.candidate, .screen, by: officer) { $0.suggestion = nil } == .suggestionMissing)
        #expect(refusal(.confirmed, .remind, by: officer) { $0.dueAt = CasePeople.start } == .dueMissing)
        #expect(refusal(.recheckDue, .corrected, by: officer) { $0.outcome = .dropped } == .outcomeMissing)
        #expect(
            refusal(.recheckDue, .corrected, by: officer) {
                $0.outcome = .firstOffence
                $0.note = ""
            } == .noteMissing(.corrected))
        #expect(refusal(.secondReview, .disagree, by: second) { $0.note = "\n" } == .noteMissing(.disagree))
        #expect(
            refusal(.candidate, .confirm, by: officer) { $0.note = String(repeating: "跨", count: CaseLife.noteLimit + 1) }
                == .noteTooLong(characters: CaseLife.noteLimit + 1))
        #expect(refusal(.candidate, .confirm, by: CasePeople.user("o", .officer, nil)) { _ in } == .certificateMissing)
        #expect(refusal(.candidate, .confirm, by: CasePeople.user("x", .administrator)) { _ in } == .roleMissing(.confirm))
        #expect(refusal(.screened, .confirm, by: CasePeople.user("s", .officer)) { _ in } == .screenedByYourself)
        #expect(refusal(.secondReview, .agree, by: CasePeople.user("a", .secondOfficer)) { _ in } == .involvedAlready)
        #expect(refusal(.disputed, .handOver, by: CasePeople.user("b", .head)) { _ in } == .involvedAlready)
        #expect(refusal(.candidate, .look, by: .machine) { _ in } == .notNow(.look, .candidate))
    }

    @Test("a certificate holds on its first and its last day where the cameras stand, not a minute longer")
    func certificateDays() throws {
        let day = try #require(LocalDay("2026-02-28"))
        let certificate = OfficerCertificate(number: "1", validFrom: day, validUntil: day)
        let actor = CasePeople.user("o", .officer, certificate)
        let first = day.start(in: CaseLife().timeZone)
        func allowed(_ at: Date) -> Bool {
            (try? CaseLife().standing(after: CasePeople.full(.confirm, at: at), by: actor, at: at, from: CaseStanding())) != nil
        }
        #expect(!allowed(first - 1) && allowed(first) && allowed(first + 86_399) && !allowed(first + 86_400))
    }

    @Test("a slip is taken back within the window by the same officer, also after the clock was set back, and by nobody else")
    func undo() throws {
        let officer = CasePeople.user("a", .officer)
        let (standing, _) = CasePeople.standing(.exempt)
        let decided = try #require(standing.decision?.at)
        func undo(_ actor: CaseActor, _ at: Date) throws(CaseLife.Refusal) -> CaseState {
            try CaseLife().standing(after: CaseAction(.undo), by: actor, at: at, from: standing).state
        }
        #expect(try undo(officer, decided + 60) == .candidate)
        #expect(try undo(officer, decided - 3_600) == .candidate)
        #expect(throws: CaseLife.Refusal.undoTooLate(window: .seconds(60))) { try undo(officer, decided + 61) }
        #expect(throws: CaseLife.Refusal.otherOfficersDecision) { try undo(CasePeople.user("z", .officer), decided) }
    }

    @Test("who declared a conflict of interest can do nothing more in the case")
    func recused() throws {
        let officer = CasePeople.user("o", .officer)
        let out = try CaseLife().standing(after: CasePeople.full(.recuse), by: officer, at: CasePeople.start, from: CaseStanding())
        #expect(CaseLife().possible(for: officer, at: CasePeople.start, from: out).isEmpty)
        for kind in CaseAction.Kind.allCases where CaseLifeTests.table[.candidate]?[kind] != nil {
            #expect(throws: CaseLife.Refusal.recused) {
                try CaseLife().standing(after: CasePeople.full(kind), by: officer, at: CasePeople.start, from: out)
            }
        }
    }

    @Test("the machine looks when the time is over and not before; an officer need not wait for a machine that stands still")
    func dueTime() throws {
        let (standing, _) = CasePeople.standing(.awaitingCorrection)
        let due = try #require(standing.dueAt)
        #expect(throws: CaseLife.Refusal.notNow(.look, .awaitingCorrection)) {
            try CaseLife().standing(after: CasePeople.full(.look), by: .machine, at: due - 1, from: standing)
        }
        #expect(try CaseLife().standing(after: CasePeople.full(.look), by: .machine, at: due, from: standing).state == .recheckDue)
        let officer = CasePeople.user("o", .officer)
        #expect(throws: CaseLife.Refusal.notNow(.notCorrected, .awaitingCorrection)) {
            try CaseLife().standing(after: CasePeople.full(.notCorrected), by: officer, at: due - 1, from: standing)
        }
        #expect(try CaseLife().standing(after: CasePeople.full(.notCorrected), by: officer, at: due, from: standing).state == .secondReview)
    }

    @Test("what the menus offer is what works, for everybody everywhere", arguments: CaseState.allCases)
    func menus(_ state: CaseState) {
        let (standing, at) = CasePeople.standing(state)
        for actor in CasePeople.everyone + [CasePeople.user("a", .officer), CasePeople.user("b", .secondOfficer)]
        where actor.kind != .machine {
            let offered = Set(CaseLife().possible(for: actor, at: at, from: standing))
            let works = Set(
                CaseAction.Kind.allCases.filter {
                    (try? CaseLife().standing(after: CasePeople.full($0, at: at), by: actor, at: at, from: standing)) != nil
                })
            // A hold is offered once, and a release only where there is one.
            #expect(offered == works.subtracting(standing.hold == nil ? [.release] : [.hold]), "\(state) for \(actor.id)")
        }
    }

    @Test("every refusal says what is wrong in both languages and has its own code")
    func refusals() {
        let all: [CaseLife.Refusal] = [
            .decidedAlready(.exempt), .notNow(.agree, .candidate), .roleMissing(.confirm), .certificateMissing,
            .certificateInvalid(on: CasePeople.today), .recused, .conflictUndeclared, .screenedByYourself, .involvedAlready,
            .ticksMissing([.clear]), .reasonMissing(.exempt), .noteMissing(.drop), .noteTooLong(characters: 3), .suggestionMissing,
            .dueMissing, .outcomeMissing, .lookMissing, .nothingToUndo, .otherOfficersDecision, .undoTooLate(window: .seconds(60)),
        ]
        #expect(Set(all.map(\.code)).count == all.count)
        for refusal in all { #expect(!refusal.text.zh.isEmpty && !refusal.text.en.isEmpty) }
    }
}
