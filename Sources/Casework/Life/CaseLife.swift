public import Foundation

/// How a case moves: from what stands, by somebody's action, to what stands next, or to a named refusal.
///
/// ```
///             screen           confirm            remind, order                look
/// candidate ─────────► screened ─────► confirmed ─────────────► awaiting ──────────► recheck-due
///     │ ▲                 │                │ ▲                  correction ◄──────────  │   │ not corrected
///     │ │ undo, reopen    │                │ └ undo                 cannot see, again   │   ▼
///     └─┴────── false alarm · exempt · transferred                 corrected ► closed ◄─┘ second-review
///                                                                                           │agree   │disagree
///     the party objects: any state from awaiting on ──► reexamination ──► back, or closed   ▼        ▼
///                                                                              handed-over ◄── disputed ──► closed
/// ```
/// A value without a clock: times come with the actions. `CaseRule` holds the table; what every action leaves behind is here.
public struct CaseLife: Sendable, Hashable {
    /// The time in which an officer may take a decision back: long enough to see a slip of the finger, too short to be a second thought.
    public static let undoWindow: Duration = .seconds(60)

    /// The most that a note may hold, in characters.
    public static let noteLimit = 2_000

    /// This instance's undo window.
    public var undoWindow: Duration
    /// Where the days of certificates begin and end.
    public var timeZone: TimeZone

    public init(undoWindow: Duration = CaseLife.undoWindow, timeZone: TimeZone = TimeZone(secondsFromGMT: 8 * 3_600) ?? .gmt) {
        self.undoWindow = undoWindow
        self.timeZone = timeZone
    }

    /// What stands after `action`.
    /// - Throws: `Refusal`; nothing has changed.
    public func standing(
        after action: CaseAction, by actor: CaseActor, at: Date, from standing: CaseStanding
    ) throws(Refusal) -> CaseStanding {
        let rule = CaseRule.of(action.kind)
        try check(actor, for: action.kind, rule)
        guard rule.from.contains(standing.state) else { throw wrongState(action.kind, standing) }
        guard !standing.recused.contains(actor.id) else { throw .recused }
        guard action.note.count <= Self.noteLimit else { throw .noteTooLong(characters: action.note.count) }
        if actor.kind != .machine { try check(rule.needs, action, actor, at, standing) }
        return try step(action, actorID: actor.id, at: at, standing)
    }

    /// What this actor could do now, were all fields filled in; for menus.
    public func possible(for actor: CaseActor, at: Date, from standing: CaseStanding) -> [CaseAction.Kind] {
        guard !standing.recused.contains(actor.id) else { return [] }
        return CaseAction.Kind.allCases.filter { kind in
            let rule = CaseRule.of(kind)
            guard rule.from.contains(standing.state), (try? check(actor, for: kind, rule)) != nil else { return false }
            switch kind {
            case .undo: return (try? step(CaseAction(.undo), actorID: actor.id, at: at, standing)) != nil
            case .notCorrected: return standing.state == .recheckDue || at >= standing.dueAt ?? at
            case .hold: return standing.hold == nil
            case .release: return standing.hold != nil
            default: break
            }
            let fields = rule.needs.intersection([.certificate, .uninvolved, .notScreener])
            return (try? check(fields, CaseAction(kind), actor, at, standing)) != nil
        }
    }

    // MARK: Checks

    private func check(_ actor: CaseActor, for kind: CaseAction.Kind, _ rule: CaseRule) throws(Refusal) {
        let may =
            switch actor.kind {
            case .machine: rule.allowsMachine
            case .party: rule.allowsParty
            case .user(let role): rule.roles.contains(role)
            }
        guard may else { throw .roleMissing(kind) }
    }

    private func check(
        _ needs: Set<CaseRule.Need>, _ action: CaseAction, _ actor: CaseActor, _ at: Date, _ standing: CaseStanding
    ) throws(Refusal) {
        let note = action.note.trimmingCharacters(in: .whitespacesAndNewlines)
        let reason = action.reason?.trimmingCharacters(in: .whitespacesAndNewlines) ?? ""
        if needs.contains(.certificate) {
            let day = LocalDay(at, in: timeZone)
            guard let certificate = actor.certificate else { throw .certificateMissing }
            guard certificate.holds(on: day) else { throw .certificateInvalid(on: day) }
        }
        if needs.contains(.notScreener), standing.screening?.userID == actor.id { throw .screenedByYourself }
        if needs.contains(.uninvolved), standing.involved.contains(actor.id) { throw .involvedAlready }
        if needs.contains(.noConflict), !action.declaresNoConflict { throw .conflictUndeclared }
        if needs.contains(.ticks) {
            let missing = CaseAction.Tick.allCases.filter { !action.ticks.contains($0) }
            guard missing.isEmpty else { throw .ticksMissing(missing) }
        }
        if needs.contains(.reason), reason.isEmpty { throw .reasonMissing(action.kind) }
        if needs.contains(.note), note.isEmpty { throw .noteMissing(action.kind) }
        if needs.contains(.suggestion), action.suggestion == nil { throw .suggestionMissing }
        if needs.contains(.dueAt) {
            guard let due = action.dueAt, due > at else { throw .dueMissing }
        }
        if needs.contains(.outcome) {
            switch action.outcome {
            case .corrected: break
            case .firstOffence, .minor:
                guard !note.isEmpty else { throw .noteMissing(action.kind) }
            case .dropped, .withdrawn, .revoked, nil: throw .outcomeMissing
            }
        }
    }

    private func wrongState(_ kind: CaseAction.Kind, _ standing: CaseStanding) -> Refusal {
        switch kind {
        case .confirm, .falseAlarm, .exempt, .transfer, .screen: .decidedAlready(standing.state)
        case .undo: .nothingToUndo
        default: .notNow(kind, standing.state)
        }
    }

    // MARK: Steps

    /// What `action` leaves behind, whoever may do it; also for reading a log.
    func step(_ action: CaseAction, actorID: String, at: Date, _ standing: CaseStanding) throws(Refusal) -> CaseStanding {
        var next = standing
        let word = CaseStanding.Word(kind: action.kind, note: action.note, userID: actorID, at: at)
        if let shop = action.shopID { next.shopID = shop }
        switch action.kind {
        case .screen:
            next.screening = CaseStanding.Screening(
                suggestion: action.suggestion ?? .confirm, reason: action.reason, note: action.note, userID: actorID, at: at)
            next.state = .screened
        case .confirm, .falseAlarm, .exempt, .transfer:
            let verdict = Decision.Verdict(rawValue: action.kind.rawValue) ?? .confirm
            next.decision = Decision(
                verdict: verdict, ticks: action.ticks, reason: action.reason, note: action.note, userID: actorID, at: at)
            next.permitID = action.permitID
            next.state = verdict.state
        case .undo:
            guard let decision = standing.decision else { throw .nothingToUndo }
            guard decision.userID == actorID else { throw .otherOfficersDecision }
            // A clock set back between the two makes the time negative, which is not too late.
            guard .seconds(at.timeIntervalSince(decision.at)) <= undoWindow else { throw .undoTooLate(window: undoWindow) }
            next = withoutReview(next)
        case .reopen: next = withoutReview(next)
        case .remind, .order:
            next.correction = CaseStanding.Correction(
                kind: action.kind, userID: actorID, at: at, dueAt: action.dueAt ?? at, notice: action.notice)
            next.corrections += 1
            next.look = nil
            next.state = .awaitingCorrection
        case .look:
            guard let findings = action.look else { throw .lookMissing }
            guard at >= standing.correction?.dueAt ?? at else { throw .notNow(action.kind, standing.state) }
            next.look = CaseStanding.Look(at: at, findings: findings)
            next.state = .recheckDue
        case .cannotSee:
            next.recheck = word
            next.correction?.dueAt = action.dueAt ?? at
            next.state = .awaitingCorrection
        case .corrected:
            next.recheck = word
            next.outcome = action.outcome
            next.state = .closed
        case .notCorrected:
            if standing.state == .awaitingCorrection, at < standing.correction?.dueAt ?? at {
                throw .notNow(action.kind, standing.state)
            }
            next.recheck = word
            next.state = .secondReview
        case .agree, .disagree:
            next.secondOpinion = word
            next.state = action.kind == .agree ? .handedOver : .disputed
        case .handOver, .drop, .withdraw:
            next.settlement = word
            next.state = action.kind == .handOver ? .handedOver : .closed
            next.outcome = action.kind == .handOver ? nil : action.kind == .drop ? .dropped : .withdrawn
        case .object:
            next.objection = word
            next.objectedFrom = standing.state
            next.state = .reexamination
        case .uphold, .revoke:
            next.reexamination = word
            next.state = action.kind == .uphold ? standing.objectedFrom ?? .closed : .closed
            if action.kind == .revoke { next.outcome = .revoked }
            next.objectedFrom = nil
        case .recuse: next.recused.append(actorID)
        case .hold: next.hold = word
        case .release: next.hold = nil
        }
        next.settledAt = next.state.isFinal ? (standing.state == next.state ? standing.settledAt : at) : nil
        return next
    }

    private func withoutReview(_ standing: CaseStanding) -> CaseStanding {
        var next = standing
        next.decision = nil
        next.permitID = nil
        next.state = standing.screening == nil ? .candidate : .screened
        return next
    }
}
