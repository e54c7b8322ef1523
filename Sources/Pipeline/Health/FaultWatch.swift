package import Casework
package import Foundation

/// Makes work orders of troubles that last, and ends them when all has been well for a while. A pure value.
///
/// A trouble that comes and goes is one trouble as long as it is never well for the closing time: a camera that loses its
/// stream every half minute is one order, not a hundred.
package struct FaultWatch: Sendable {
    /// What can have one open order.
    package struct Subject: Hashable, Sendable {
        /// nil for the machine itself.
        package var channelID: String?
        package var kind: FaultKind

        package init(channelID: String?, kind: FaultKind) {
            self.channelID = channelID
            self.kind = kind
        }
    }

    package enum Change: Sendable, Hashable {
        case opened(FaultRecord)
        case changed(FaultRecord)
        case closed(FaultRecord)

        package var fault: FaultRecord {
            switch self {
            case .opened(let fault), .changed(let fault), .closed(let fault): fault
            }
        }
    }

    private struct Trouble {
        var since: Date
        var reason: String
        var figure: Double?
        var wellSince: Date?
        /// nil until it lasted long enough.
        var order: FaultRecord?
    }

    /// A figure that moves by less than this part is not worth another row.
    private static let figureStep = 0.2

    private let lasting: [FaultKind: HealthSettings.Lasting]
    private var troubles: [Subject: Trouble] = [:]

    /// - Parameter open: the orders that were open when the program ended.
    package init(lasting: [FaultKind: HealthSettings.Lasting], open: [FaultRecord]) {
        self.lasting = lasting
        for order in open {
            troubles[Subject(channelID: order.channelID, kind: order.kind)] = Trouble(
                since: order.startedAt, reason: order.reason, figure: order.figure, order: order)
        }
    }

    /// Orders that are open now, oldest first.
    package var open: [FaultRecord] { troubles.values.compactMap(\.order).sorted { ($0.startedAt, $0.id) < ($1.startedAt, $1.id) } }

    /// - Parameter findings: of every subject that is watched; one that is missing is well, as a paused channel has no faults.
    package mutating func look(_ findings: [Subject: FaultFinding], at now: Date, newID: () -> String) -> [Change] {
        for (subject, finding) in findings {
            guard case .bad(let reason, let figure) = finding, troubles[subject] == nil else { continue }
            troubles[subject] = Trouble(since: now, reason: reason, figure: figure)
        }
        var changes: [Change] = []
        for subject in troubles.keys.sorted(by: { ($0.channelID ?? "", $0.kind.rawValue) < ($1.channelID ?? "", $1.kind.rawValue) }) {
            if let change = step(subject, findings[subject] ?? .well, now, newID) { changes.append(change) }
        }
        return changes
    }

    /// Gives the order its still, once it is on the disk.
    mutating func addStill(to fault: FaultRecord) {
        troubles[Subject(channelID: fault.channelID, kind: fault.kind)]?.order?.hasStill = true
    }

    private mutating func step(_ subject: Subject, _ finding: FaultFinding, _ now: Date, _ newID: () -> String) -> Change? {
        guard var trouble = troubles[subject], let lasting = lasting[subject.kind] else { return nil }
        switch finding {
        case .unknown: trouble.wellSince = nil
        case .well:
            let since = min(trouble.wellSince ?? now, now)
            trouble.wellSince = since
            guard now.timeIntervalSince(since) >= lasting.closesAfterSeconds else { break }
            troubles[subject] = nil
            guard var order = trouble.order else { return nil }
            order.endedAt = max(since, order.startedAt)
            return .closed(order)
        case .bad(let reason, let figure):
            trouble.wellSince = nil
            trouble.reason = reason
            trouble.figure = figure
            // A clock that was put back must not keep an order from being made.
            trouble.since = min(trouble.since, now)
        }
        defer { troubles[subject] = trouble }
        if var order = trouble.order {
            guard order.reason != trouble.reason || Self.differs(order.figure, trouble.figure) else { return nil }
            order.reason = trouble.reason
            order.figure = trouble.figure
            trouble.order = order
            return .changed(order)
        }
        guard case .bad = finding, now.timeIntervalSince(trouble.since) >= lasting.opensAfterSeconds else { return nil }
        let order = FaultRecord(
            id: newID(), channelID: subject.channelID, kind: subject.kind, reason: trouble.reason, figure: trouble.figure,
            startedAt: trouble.since)
        trouble.order = order
        return .opened(order)
    }

    private static func differs(_ old: Double?, _ new: Double?) -> Bool {
        guard let old, let new else { return (old == nil) != (new == nil) }
        return abs(new - old) > figureStep * max(abs(old), abs(new))
    }
}
