public import Foundation

/// How a case moves: from a state, by an action, to the next state or to a named refusal.
///
/// ```
///              confirm ──► confirmed   ┐
/// candidate ── false alarm ► falseAlarm │ undo, by the same officer, within the window
///     ▲        exempt ──► exempt        │
///     │        transfer ► transferred  ┘
///     └────────────────────────────────┘
/// ```
/// A value without a clock: times come with the actions. Who holds which role is the console's concern.
public struct CaseLife: Sendable, Hashable {
    /// The time in which an officer may take a decision back: long enough to see a slip of the finger, too short to be a second thought.
    public static let undoWindow: Duration = .seconds(60)

    /// The most that a note may hold, in characters.
    public static let noteLimit = 2_000

    /// This instance's undo window.
    public var undoWindow: Duration

    public init(undoWindow: Duration = CaseLife.undoWindow) {
        self.undoWindow = undoWindow
    }

    public enum Action: Sendable, Hashable {
        case decide(Decision)
        /// Takes the standing decision back.
        case undo(userID: String, at: Date)
    }

    /// Why an action is not possible; nothing has changed.
    public enum Refusal: Error, Sendable, Hashable, CustomStringConvertible {
        /// Somebody decided already; holds the state that stands.
        case decidedAlready(CaseState)
        /// A verdict other than `confirm` without a reason code.
        case reasonMissing(Decision.Verdict)
        case noteTooLong(characters: Int)
        /// A candidate has no decision to take back.
        case nothingToUndo
        /// The decision is another officer's.
        case otherOfficersDecision
        /// The window is over.
        case undoTooLate(window: Duration)

        public var description: String {
            switch self {
            case .decidedAlready(let state): "is \(state.rawValue) already"
            case .reasonMissing(let verdict): "“\(verdict.rawValue)” needs a reason"
            case .noteTooLong(let characters):
                "the note has \(characters) characters; at most \(CaseLife.noteLimit) are kept"
            case .nothingToUndo: "has no decision that could be taken back"
            case .otherOfficersDecision: "was decided by another officer; only that officer can take it back"
            case .undoTooLate(let window):
                "was decided more than \(window.components.seconds) s ago and can no longer be taken back"
            }
        }
    }

    /// The state that `action` leads to.
    /// - Parameters:
    ///   - state: What stands now.
    ///   - standing: The decision that led to `state`; nil for a candidate.
    public func state(after action: Action, from state: CaseState, standing: Decision?) throws(Refusal) -> CaseState {
        switch action {
        case .decide(let decision):
            guard state == .candidate else { throw .decidedAlready(state) }
            let reason = decision.reason?.trimmingCharacters(in: .whitespacesAndNewlines) ?? ""
            guard decision.verdict == .confirm || !reason.isEmpty else { throw .reasonMissing(decision.verdict) }
            guard decision.note.count <= CaseLife.noteLimit else { throw .noteTooLong(characters: decision.note.count) }
            return decision.verdict.state
        case .undo(let userID, let at):
            guard state != .candidate, let standing else { throw .nothingToUndo }
            guard standing.userID == userID else { throw .otherOfficersDecision }
            // A clock set back between the two makes the time negative, which is not too late.
            guard .seconds(at.timeIntervalSince(standing.at)) <= undoWindow else {
                throw .undoTooLate(window: undoWindow)
            }
            return .candidate
        }
    }
}
