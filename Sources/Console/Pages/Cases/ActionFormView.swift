import Casework
import Foundation

/// The form of one action on the case's page: the fields that its kind needs, filled in as far as they can be.
struct ActionFormView: Sendable {
    struct Choice: Sendable {
        let choiceValue: String
        let choiceLabel: String
    }

    let kind: String
    let label: String
    let asksNote: Bool
    let noteNeeded: Bool
    let asksDue: Bool
    let dueMinutes: String
    let outcomes: [Choice]
    let asksOutcome: Bool
    let ticks: [Choice]
    let asksTicks: Bool
    let suggestions: [Choice]
    let asksSuggestion: Bool
    let declares: Bool
    let asksShop: Bool
    let noticeForm: NoticeFormView?

    init(_ kind: CaseAction.Kind, _ model: CasePage, _ t: Wording) {
        self.kind = kind.rawValue
        label = kind.name.text(t.language)
        asksNote = true
        noteNeeded = Self.needsNote(kind)
        asksDue = kind == .remind || kind == .order || kind == .cannotSee
        dueMinutes = String(model.recheckMinutes)
        asksOutcome = kind == .corrected
        outcomes = [CaseAction.Outcome.corrected, .firstOffence, .minor].map {
            Choice(choiceValue: $0.rawValue, choiceLabel: $0.name.text(t.language))
        }
        asksTicks = kind == .agree
        ticks = Self.ticks(t)
        asksSuggestion = kind == .screen
        suggestions = Self.suggestions(model, t)
        asksShop = kind == .remind || kind == .order
        noticeForm = NoticeFormView(kind, model, t)
        declares = [.notCorrected, .agree, .disagree, .handOver, .drop, .uphold, .revoke].contains(kind)
    }

    static func ticks(_ t: Wording) -> [Choice] {
        CaseAction.Tick.allCases.map { Choice(choiceValue: $0.rawValue, choiceLabel: $0.name.text(t.language)) }
    }

    private static func needsNote(_ kind: CaseAction.Kind) -> Bool {
        switch kind {
        case .disagree, .handOver, .drop, .withdraw, .object, .uphold, .revoke, .recuse, .hold, .release, .reopen: true
        default: false
        }
    }

    /// Verdict and reason in one list, as `verdict/reason`.
    private static func suggestions(_ model: CasePage, _ t: Wording) -> [Choice] {
        Decision.Verdict.allCases.flatMap { verdict in
            let name = verdict.state.name.text(t.language)
            let reasons = model.reasons.reasons(for: verdict)
            guard !reasons.isEmpty else { return [Choice(choiceValue: "\(verdict.rawValue)/", choiceLabel: name)] }
            return reasons.map {
                Choice(choiceValue: "\(verdict.rawValue)/\($0.code)", choiceLabel: "\(name) · \($0.name.text(t.language))")
            }
        }
    }
}
