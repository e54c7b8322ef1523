import Casework
import Foundation

/// What a webhook is sent: one line of a case's log and where the case stands, as JSON.
///
/// Notes, message texts, recipients and conflict declarations stay here unless the webhook's owner is meant to have them: only
/// what is named below goes out.
struct WebhookMessage: Encodable {
    struct Case: Encodable {
        var id: String
        var state: CaseState
        var violation: String
        var channel: String
        var openedAt: Date
        var outcome: CaseAction.Outcome?
    }

    struct Action: Encodable {
        var kind: CaseAction.Kind
        var reason: String?
        var dueAt: Date?
        var outcome: CaseAction.Outcome?
    }

    /// The line's number: the same line may come twice, and has the same number.
    var id: Int64
    var at: Date
    var kind: String
    var actor: String
    /// As it stands now, which may be further on than the line.
    var `case`: Case?
    var action: Action?
    /// The line's whole detail, JSON as text; nil by default.
    var detail: String?

    init(_ event: CaseEvent, _ record: CaseRecord?, includesPersonal: Bool) {
        id = event.sequence
        at = event.at
        kind = event.kind
        actor = event.actor
        self.case = record.map {
            Case(
                id: $0.id, state: $0.state, violation: $0.incident.violation, channel: $0.incident.channelID,
                openedAt: $0.incident.openedAt, outcome: $0.standing.outcome)
        }
        action = CaseLog.action(of: event).map {
            Action(kind: $0.kind, reason: $0.reason, dueAt: $0.dueAt, outcome: $0.outcome)
        }
        detail = includesPersonal ? event.detail : nil
    }

    func encoded() throws -> [UInt8] {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        encoder.dateEncodingStrategy = .iso8601
        return [UInt8](try encoder.encode(self))
    }
}
