public import Violations

/// Proposes stricter numbers for one profile out of what officers decided.
///
/// A package's clip begins some seconds before the confirmation, when the object has long stood there: neither its dwell nor
/// what it stands out from can be analysed again. What was measured at confirmation stands in the manifest, so that is tried
/// against other limits. It can only say what stricter limits would have left out: what was never reported has no case, so a
/// looser limit cannot be judged, nor can the dwell, the visible part or metres.
public struct DecisionTuning: Sendable {
    public struct Outcome: Sendable {
        public var present: ViolationRule
        /// Chosen on all cases.
        public var tuned: ViolationRule
        /// True cases kept, true cases lost and false alarms left, with the rule as it stands now.
        public var presentScore: TypeScore
        public var trainScore: TypeScore
        /// Of rules that were chosen without the cases that they are scored on.
        public var heldOutScore: TypeScore
        /// What the tuned rule does to the cases that it was chosen on.
        public var effect: Effect

        public var changes: [String] { TunableNumber.changes(from: present, to: tuned) }
        /// Only what is better on cases that had no say is worth proposing.
        public var isBetter: Bool { heldOutScore.f1 > presentScore.f1 + 1e-9 && tuned != present }
    }

    /// Ids of cases that the present rule reports and another one would not.
    public struct Effect: Sendable, Hashable {
        /// False alarms avoided.
        public var avoided: [String]
        /// True cases that it would have cost.
        public var cost: [String]
    }

    /// What makes a proposal impossible.
    public enum Refusal: Error, Sendable, Hashable, CustomStringConvertible {
        case noRule(ViolationKind)
        case tooFew(true: Int, false: Int, folds: Int, ViolationKind)

        public var description: String {
            switch self {
            case .noRule(let kind): "there is no profile of \(kind.rawValue)"
            case .tooFew(let confirmed, let refuted, let folds, let kind):
                "\(confirmed) true cases and \(refuted) false alarms of \(kind.rawValue) are decided: \(folds) folds need \(folds) of each"
            }
        }
    }

    private static let seed: UInt64 = 20_26
    private static let roundLimit = 5
    private static let limitsTried = 200

    private let present: ViolationRule
    private let cases: [MeasuredCase]
    private let folds: Int

    /// - Parameter folds: into how many parts the cases are dealt; 2 or more.
    public init(_ kind: ViolationKind, cases: [MeasuredCase], folds: Int, rules: RuleBook) throws(Refusal) {
        precondition(folds >= 2)
        guard let present = rules[kind] else { throw .noRule(kind) }
        let confirmed = cases.count(where: \.isTrue)
        guard confirmed >= folds, cases.count - confirmed >= folds else {
            throw .tooFew(true: confirmed, false: cases.count - confirmed, folds: folds, kind)
        }
        self.present = present
        self.cases = cases.sorted { $0.id < $1.id }
        self.folds = folds
    }

    public func run() -> Outcome {
        var train = TypeScore()
        var heldOut = TypeScore()
        let dealt = deal()
        for fold in dealt.indices {
            let others = dealt.indices.filter { $0 != fold }.flatMap { dealt[$0] }
            let rule = Self.best(from: present, on: others)
            train = train + Self.score(rule, others)
            heldOut = heldOut + Self.score(rule, dealt[fold])
        }
        let tuned = Self.best(from: present, on: cases)
        return Outcome(
            present: present, tuned: tuned, presentScore: Self.score(present, cases), trainScore: train, heldOutScore: heldOut,
            effect: Self.effect(of: tuned, insteadOf: present, on: cases))
    }

    /// What a rule would do to cases, also to those that it was not chosen on.
    public static func effect(of tuned: ViolationRule, insteadOf present: ViolationRule, on cases: [MeasuredCase]) -> Effect {
        let gone = cases.filter { $0.passes(present) && !$0.passes(tuned) }
        return Effect(avoided: gone.filter { !$0.isTrue }.map(\.id), cost: gone.filter(\.isTrue).map(\.id))
    }

    // MARK: Searching

    /// A case as the search sees it: what each number of the rule is compared with, in their order.
    private struct Row {
        var isTrue: Bool
        var values: [Double?]
    }

    /// Takes the one limit that scores best, again and again, until none improves. A limit lies in the middle between two
    /// measured values, where there is the most room on both sides.
    private static func best(from start: ViolationRule, on cases: [MeasuredCase]) -> ViolationRule {
        let numbers = TunableNumber.all(of: start)
        let rows = cases.map { one in Row(isTrue: one.isTrue, values: numbers.map { one.value(of: $0, in: start) }) }
        var rule = start
        for _ in 0..<roundLimit {
            let standing = rows.filter { row in
                numbers.indices.allSatisfy { Self.holds(numbers[$0], row.values[$0], limit: numbers[$0].value(in: rule)) }
            }
            let trueCount = rows.count(where: \.isTrue)
            func f1(_ kept: some Sequence<Row>) -> Double {
                var score = TypeScore()
                for row in kept { row.isTrue ? (score.matched += 1) : (score.wrong += 1) }
                score.missed = trueCount - score.matched
                return score.f1
            }
            var found: (number: TunableNumber, limit: Double, f1: Double)?
            let present = f1(standing)
            for (index, number) in numbers.enumerated() {
                for limit in limits(number, rule, standing.compactMap { $0.values[index] }) {
                    let better = f1(standing.lazy.filter { Self.holds(number, $0.values[index], limit: limit) })
                    if better > max(present, found?.f1 ?? 0) + 1e-9 { found = (number, limit, better) }
                }
            }
            guard let found else { break }
            found.number.set(found.limit, in: &rule)
        }
        return rule
    }

    private static func holds(_ number: TunableNumber, _ value: Double?, limit: Double) -> Bool {
        guard let value else { return true }
        return number.isLowerBound ? value >= limit : value <= limit
    }

    /// Stricter limits that tell cases apart; of very many an even choice.
    private static func limits(_ number: TunableNumber, _ rule: ViolationRule, _ measured: [Double]) -> [Double] {
        let present = number.value(in: rule)
        let values = Set(measured).sorted()
        let all = zip(values, values.dropFirst()).compactMap { lower, upper -> Double? in
            let middle = TunableNumber.rounded((lower + upper) / 2)
            // To three digits, as it will stand in the profile, it may fall on one of the two.
            guard middle > lower, middle < upper, number.isLowerBound ? middle > present : middle < present,
                number.isAllowed(middle, in: rule)
            else { return nil }
            return middle
        }
        guard all.count > limitsTried else { return all }
        return (0..<limitsTried).map { all[$0 * all.count / limitsTried] }
    }

    private static func score(_ rule: ViolationRule, _ cases: [MeasuredCase]) -> TypeScore {
        cases.reduce(into: TypeScore()) { score, one in
            switch (one.isTrue, one.passes(rule)) {
            case (true, true): score.matched += 1
            case (true, false): score.missed += 1
            case (false, true): score.wrong += 1
            case (false, false): break
            }
        }
    }

    /// True cases and false alarms are dealt apart, so that each fold has some of both; always the same way.
    private func deal() -> [[MeasuredCase]] {
        var random = ProfileSearch.SplitMix(state: Self.seed)
        let keyed = cases.map { (one: $0, key: random.next()) }
        let order = keyed.sorted { ($0.one.isTrue ? 0 : 1, $0.key) < ($1.one.isTrue ? 0 : 1, $1.key) }
        var dealt = [[MeasuredCase]](repeating: [], count: folds)
        for (index, entry) in order.enumerated() { dealt[index % folds].append(entry.one) }
        return dealt
    }
}
