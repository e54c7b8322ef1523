import Casework
import Foundation

/// Which cases the queue shows, as its address says: `?state=&violation=&channel=`.
///
/// No `state` means those that wait for a decision, `state=all` means every state.
struct QueueFilter: Sendable, Hashable {
    /// nil for every state.
    var state: CaseState? = .candidate
    var violation: String?
    var channel: String?

    init(state: CaseState? = .candidate, violation: String? = nil, channel: String? = nil) {
        self.state = state
        self.violation = violation
        self.channel = channel
    }

    /// From query values; an empty value is none, an unknown state is the default.
    init(state: String?, violation: String?, channel: String?) {
        self.state = state == "all" ? nil : CaseState(rawValue: state ?? "") ?? .candidate
        self.violation = violation.flatMap { $0.isEmpty ? nil : $0 }
        self.channel = channel.flatMap { $0.isEmpty ? nil : $0 }
    }

    /// What waits for a review is one list, whether somebody has sorted it beforehand or not.
    private var states: [CaseState] {
        switch state {
        case nil: []
        case .candidate, .screened: CaseState.waiting
        case .some(let state): [state]
        }
    }

    var caseFilter: CaseFilter {
        CaseFilter(states: states, violation: violation, channelID: channel)
    }

    /// `?state=…&…` with what differs from the default; empty for the default.
    func query(after cursor: String? = nil) -> String {
        var items: [(name: String, value: String)] = []
        if state != .candidate { items.append(("state", state?.rawValue ?? "all")) }
        if let violation { items.append(("violation", violation)) }
        if let channel { items.append(("channel", channel)) }
        if let cursor { items.append(("after", cursor)) }
        guard !items.isEmpty else { return "" }
        return "?" + items.map { "\($0.name)=\(Self.escaped($0.value))" }.joined(separator: "&")
    }

    private static func escaped(_ value: String) -> String {
        let unreserved = CharacterSet(charactersIn: "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._~")
        return value.addingPercentEncoding(withAllowedCharacters: unreserved) ?? ""
    }
}
