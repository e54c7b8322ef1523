import Foundation

/// Reckons a case's clocks from its log: the same lines give the same clocks, whoever asks and whenever.
public struct CaseClocks: Sendable {
    public var rules: DeadlineRules
    public var calendar: WorkingCalendar

    public init(rules: DeadlineRules, calendar: WorkingCalendar) {
        self.rules = rules
        self.calendar = calendar
    }

    /// States in which a clock runs; those of `clearance` and `recheck` begin with a reminder or an order.
    private static let states: [(CaseClock.Kind, Set<CaseState>)] = [
        (.review, [.candidate, .screened]), (.handling, [.confirmed]), (.correction, [.awaitingCorrection]),
        (.clearance, [.awaitingCorrection]), (.recheck, [.awaitingCorrection, .recheckDue]), (.secondReview, [.secondReview]),
        (.settlement, [.disputed]), (.objection, [.reexamination]),
    ]
    /// Actions that give another time to correct.
    private static let timesGiven: Set<CaseAction.Kind> = [.remind, .order, .cannotSee]

    /// All clocks that ever ran, in the order in which they began.
    /// - Parameter events: the case's, oldest first. Their times may go backwards, as a clock's do that was set back.
    public func clocks(of record: CaseRecord, events: [CaseEvent]) -> [CaseClock] {
        let sealed = events.first { $0.kind == "sealed" }
        var walk = Walk(violation: record.incident.violation, rules: rules, calendar: calendar)
        walk.begin(.limitation, at: record.incident.clearedAt ?? record.incident.openedAt, by: "act")
        walk.enter(CaseStanding(), from: nil, at: sealed?.at ?? record.createdAt, by: "sealed")
        var standing = CaseStanding()
        for event in events {
            if let action = CaseLog.action(of: event),
                let next = try? CaseLife().step(action, actorID: event.actor, at: event.at, standing)
            {
                walk.move(action.kind, from: standing, to: next, at: event.at, by: event.kind)
                standing = next
            }
            walk.line(event)
        }
        let referrals = Referral.all(in: events).flatMap { clocks(of: $0, violation: record.incident.violation) }
        return walk.clocks + referrals
    }

    private func clocks(of referral: Referral, violation: String) -> [CaseClock] {
        func clock(_ kind: CaseClock.Kind, from start: Date, by name: String, to stop: Date?, _ stopName: String) -> CaseClock? {
            guard let rule = rules.rule(kind, violation: violation, body: referral.body) else { return nil }
            let end = stop ?? referral.withdrawnAt
            return CaseClock(
                kind: kind, rule: rule.id, body: referral.body, unit: rule.unit, startedAt: start, startedBy: name,
                dueAt: rule.length.due(from: start, in: calendar), stoppedAt: end,
                stoppedBy: end == nil ? nil : stop == nil ? "withdrawn" : stopName)
        }
        var clocks = [
            clock(
                .referralSending, from: referral.at, by: referral.kind == .transfer ? "decided" : Referral.copiedLine,
                to: referral.sentAt, Referral.Step.sent.eventKind)
        ]
        if referral.kind == .transfer, let sent = referral.sentAt {
            let end = referral.status == .returned ? Referral.Step.returned : .answered
            clocks.append(
                clock(.referralAnswer, from: sent, by: Referral.Step.sent.eventKind, to: referral.endedAt, end.eventKind))
        }
        return clocks.compactMap { $0 }
    }

    /// One reading of a log.
    private struct Walk {
        let violation: String
        let rules: DeadlineRules
        let calendar: WorkingCalendar
        private(set) var clocks: [CaseClock] = []

        init(violation: String, rules: DeadlineRules, calendar: WorkingCalendar) {
            self.violation = violation
            self.rules = rules
            self.calendar = calendar
        }

        mutating func begin(_ kind: CaseClock.Kind, at start: Date, by name: String) {
            guard let rule = rules.rule(kind, violation: violation), !isRunning(kind) else { return }
            clocks.append(
                CaseClock(
                    kind: kind, rule: rule.id, unit: rule.unit, startedAt: start, startedBy: name,
                    dueAt: rule.length.due(from: start, in: calendar)))
        }

        mutating func stop(_ kind: CaseClock.Kind, at: Date, by name: String) {
            guard let index = clocks.lastIndex(where: { $0.kind == kind && $0.isRunning }) else { return }
            clocks[index].stoppedAt = at
            clocks[index].stoppedBy = name
        }

        func isRunning(_ kind: CaseClock.Kind) -> Bool { clocks.contains { $0.kind == kind && $0.isRunning } }

        mutating func move(_ action: CaseAction.Kind, from: CaseStanding, to: CaseStanding, at: Date, by name: String) {
            for (kind, states) in CaseClocks.states where states.contains(from.state) {
                let isGivenAnew = CaseClocks.timesGiven.contains(action) && to.state == .awaitingCorrection
                if !states.contains(to.state) || isGivenAnew { stop(kind, at: at, by: name) }
            }
            // What was taken back at once was never filed, ended or acted on.
            if to.state.isFinal, !from.state.isFinal { stop(.limitation, at: at, by: name) }
            if !to.state.isFinal, from.state.isFinal { resumeLimitation() }
            if to.state == .closed { stop(.decision, at: at, by: name) }
            enter(to, from: from.state, at: at, by: name)
        }

        mutating func enter(_ standing: CaseStanding, from: CaseState?, at: Date, by name: String) {
            for (kind, states) in CaseClocks.states where states.contains(standing.state) && !isRunning(kind) {
                switch kind {
                case .review:
                    // A slip of the finger gives no new time; a case opened again has one.
                    if name == "undone", let last = clocks.lastIndex(where: { $0.kind == .review }) {
                        clocks[last].stoppedAt = nil
                        clocks[last].stoppedBy = nil
                    } else {
                        begin(.review, at: at, by: name)
                    }
                case .correction:
                    guard let correction = standing.correction else { continue }
                    clocks.append(
                        CaseClock(
                            kind: .correction, unit: .minutes, startedAt: at, startedBy: name, dueAt: correction.dueAt))
                case .clearance:
                    // Given once, by the notice, however often one looks.
                    if let correction = standing.correction { begin(.clearance, at: correction.at, by: correction.kind.rawValue) }
                case .recheck: begin(.recheck, at: max(standing.correction?.dueAt ?? at, at), by: name)
                default: begin(kind, at: at, by: name)
                }
            }
            if standing.state == .handedOver { begin(.decision, at: at, by: name) }
        }

        private mutating func resumeLimitation() {
            guard let index = clocks.lastIndex(where: { $0.kind == .limitation }) else { return }
            clocks[index].stoppedAt = nil
            clocks[index].stoppedBy = nil
        }

        /// Lines that move no case, such as what the city's system answered.
        mutating func line(_ event: CaseEvent) {
            for rule in rules.deadlines {
                guard rules.rule(rule.clock, violation: violation)?.id == rule.id else { continue }
                let moment = CityAnswer.moment(of: event, in: calendar.timeZone)
                if rule.stopsOn?.contains(event.kind) ?? false { stop(rule.clock, at: moment, by: event.kind) }
                // Said twice, it starts no second clock.
                if rule.startsOn?.contains(event.kind) ?? false, !clocks.contains(where: { $0.kind == rule.clock }) {
                    begin(rule.clock, at: moment, by: event.kind)
                }
            }
        }
    }
}
