public import Foundation

/// The case's log, read: which action a line tells of, and what all lines come to.
public enum CaseLog {
    /// Reads the details of lines: times are milliseconds since 1970-01-01T00:00:00Z.
    public static func decoder() -> JSONDecoder {
        let decoder = JSONDecoder()
        decoder.dateDecodingStrategy = .custom { decoder in
            Date(timeIntervalSince1970: Double(try decoder.singleValueContainer().decode(Int64.self)) / 1_000)
        }
        return decoder
    }

    /// What the line says was done; nil for lines that move no case, such as `sealed` or `viewed`.
    public static func action(of event: CaseEvent) -> CaseAction? {
        let data = Data(event.detail.utf8)
        if let action = try? decoder().decode(CaseAction.self, from: data) {
            return action.eventKind == event.kind ? action : nil
        }
        // Lines from before actions were kept whole.
        guard let old = try? JSONDecoder().decode(OldDetail.self, from: data) else { return nil }
        switch event.kind {
        case "decided":
            return old.verdict.flatMap(CaseAction.Kind.init(rawValue:)).map {
                CaseAction($0, reason: old.reason, note: old.note ?? "")
            }
        case "undone": return CaseAction(.undo)
        default: return nil
        }
    }

    /// What the lines of one case, oldest first, come to.
    /// - Throws: `CaseLife.Refusal` if they tell of a step that cannot be.
    public static func standing(after events: [CaseEvent], life: CaseLife = CaseLife()) throws(CaseLife.Refusal) -> CaseStanding {
        var standing = CaseStanding()
        for event in events {
            guard let action = action(of: event) else { continue }
            guard CaseRule.of(action.kind).from.contains(standing.state) else { throw .notNow(action.kind, standing.state) }
            standing = try life.step(action, actorID: event.actor, at: event.at, standing)
        }
        return standing
    }

    private struct OldDetail: Decodable {
        var verdict: String?
        var reason: String?
        var note: String?
    }
}

extension CaseAction {
    /// The kind of line that tells of it: reviews share one.
    public var eventKind: String {
        switch kind {
        case .confirm, .falseAlarm, .exempt, .transfer: "decided"
        case .undo: "undone"
        default: kind.rawValue
        }
    }
}
