import Violations

/// How one violation type fares on clips: its own events, and findings that bear its name.
public struct TypeScore: Sendable, Hashable, Codable {
    public var matched = 0
    public var missed = 0
    public var wrong = 0
    public var hours = 0.0

    public init() {}

    public var recall: Double { matched + missed > 0 ? Double(matched) / Double(matched + missed) : 1 }
    public var precision: Double { matched + wrong > 0 ? Double(matched) / Double(matched + wrong) : 1 }
    public var f1: Double { matched + wrong + missed > 0 ? 2 * Double(matched) / Double(2 * matched + wrong + missed) : 1 }
    public var falsePerHour: Double { hours > 0 ? Double(wrong) / hours : 0 }

    /// Scores `kind` alone: a finding of that name where another thing stands is a false one.
    static func of(_ clips: [ObservedClip], _ kind: ViolationKind, _ rules: RuleBook) -> TypeScore {
        clips.reduce(into: TypeScore()) { sum, clip in
            var truth = clip.truth
            truth.events = truth.events.filter { $0.violation == kind.rawValue }
            let score = FindingScore.of(truth, clip.findings(rules).filter { $0.violation == kind.rawValue }, anyType: false)
            sum.matched += score.matched
            sum.missed += score.missed
            sum.wrong += score.wrong
            sum.hours += truth.seconds / 3600
        }
    }

    static func + (left: TypeScore, right: TypeScore) -> TypeScore {
        var sum = left
        sum.matched += right.matched
        sum.missed += right.missed
        sum.wrong += right.wrong
        sum.hours += right.hours
        return sum
    }
}
