public import Foundation

/// The loop that a case is in: the community settles it, or the sub-centre, or the street, or the district.
public enum LoopLevel: String, Codable, Sendable, CaseIterable, Comparable {
    /// 社区小闭环
    case small
    /// 片区中闭环
    case middle
    /// 街道大闭环
    case large
    /// 区闭环
    case district

    public static func < (left: LoopLevel, right: LoopLevel) -> Bool {
        (allCases.firstIndex(of: left) ?? 0) < (allCases.firstIndex(of: right) ?? 0)
    }

    public var name: BilingualText {
        switch self {
        case .small: BilingualText(zh: "社区小闭环", en: "community loop")
        case .middle: BilingualText(zh: "片区中闭环", en: "sub-centre loop")
        case .large: BilingualText(zh: "街道大闭环", en: "street loop")
        case .district: BilingualText(zh: "区闭环", en: "district loop")
        }
    }

    /// Whose duty it is there; nil for the district, which is outside the street's tree.
    public func grid(of code: String, in tree: GridTree) -> GridTree.Node? {
        switch self {
        case .small: tree.node(code)
        case .middle: tree.ancestor(of: code, at: .subCentre) ?? tree.street
        case .large: tree.street
        case .district: nil
        }
    }
}

/// When a case goes to the next loop: a clock has run out, or somebody with enforcement power is needed. A pure decision.
public struct EscalationPolicy: Codable, Sendable, Hashable {
    public struct Step: Codable, Sendable, Hashable {
        public var level: LoopLevel
        /// How long after a clock has run out.
        public var after: DeadlineAmount

        public init(level: LoopLevel, after: DeadlineAmount) {
            self.level = level
            self.after = after
        }
    }

    /// Where a case should be, and why.
    public struct Need: Sendable, Hashable {
        public var level: LoopLevel
        /// The clock that ran out; nil where enforcement power is needed.
        public var clock: CaseClock?
    }

    /// From the lowest level to the highest.
    public var steps: [Step]
    /// The lowest loop that has enforcement power.
    public var enforcement: LoopLevel
    /// The clocks that lead to the next loop when they run out.
    public var clocks: [CaseClock.Kind]

    public init(steps: [Step], enforcement: LoopLevel, clocks: [CaseClock.Kind]) {
        self.steps = steps
        self.enforcement = enforcement
        self.clocks = clocks
    }

    /// The loop that the case belongs in; nil while the community's will do.
    /// - Parameter needsEnforcement: somebody must act who may enforce.
    public func need(of clocks: [CaseClock], needsEnforcement: Bool, at now: Date, in calendar: WorkingCalendar) -> Need? {
        var best: Need? = needsEnforcement && enforcement > .small ? Need(level: enforcement, clock: nil) : nil
        for clock in clocks where clock.isRunning && clock.dueAt < now && self.clocks.contains(clock.kind) {
            guard let step = steps.last(where: { $0.after.due(from: clock.dueAt, in: calendar) <= now }) else { continue }
            if step.level > best?.level ?? .small { best = Need(level: step.level, clock: clock) }
        }
        return best
    }

    /// When `need` may next change without anybody's doing; nil if nothing is to come.
    public func nextChange(of clocks: [CaseClock], after now: Date, in calendar: WorkingCalendar) -> Date? {
        clocks.filter { $0.isRunning && self.clocks.contains($0.kind) }.flatMap { clock in
            [clock.dueAt] + steps.map { $0.after.due(from: clock.dueAt, in: calendar) }
        }.filter { $0 >= now }.min()
    }

    /// Whether what stands can only be brought to an end by somebody who may enforce: an order was needed, or it was not followed.
    public static func needsEnforcement(_ standing: CaseStanding) -> Bool {
        switch standing.state {
        case .secondReview, .disputed: true
        case .awaitingCorrection, .recheckDue: standing.correction?.kind == .order
        default: false
        }
    }

    var problems: [ConfigProblem] {
        var found: [ConfigProblem] = []
        for (index, step) in steps.enumerated() {
            let place: [ConfigProblem.Step] = ["escalation", "steps", .item(index)]
            if let problem = step.after.problem { found.append(ConfigProblem(place, problem)) }
            if step.level == .small { found.append(ConfigProblem(place, "every case begins in the small loop; leave it out")) }
            if index > 0, step.level <= steps[index - 1].level {
                found.append(ConfigProblem(place, "steps go from the lower loop to the higher"))
            }
        }
        return found
    }
}
