public import Violations

/// Tunes one profile on folds of clips: chosen on all but one, scored on the one held out, so that the score says something
/// about streets that were not looked at.
public struct ProfileTuning: Sendable {
    /// Strictness of a family around a rule, and what it scored.
    public struct CurvePoint: Sendable, Hashable {
        /// Every number of the rule made this many times as strict; 1 is the rule itself.
        public var strictness: Double
        public var score: TypeScore
    }

    public struct Outcome: Sendable {
        public var present: ViolationRule
        /// Chosen on all clips.
        public var tuned: ViolationRule
        public var presentScore: TypeScore
        /// Of the rules chosen without a fold, on the clips they were chosen on (a mean over folds), and on the fold held out.
        public var trainScore: TypeScore
        public var heldOutScore: TypeScore
        public var trainCurve: [CurvePoint]
        public var heldOutCurve: [CurvePoint]

        /// “number: present → tuned”, one for each number that changes.
        public var changes: [String] { TunableNumber.changes(from: present, to: tuned) }

        /// Only what is better on clips that had no say is worth writing.
        public var isBetter: Bool { heldOutScore.f1 > presentScore.f1 + 1e-9 && tuned != present }
    }

    /// What makes tuning impossible.
    public enum Refusal: Error, Sendable, Hashable, CustomStringConvertible {
        case noEvents(ViolationKind)
        case tooFewClips(with: Int, folds: Int, ViolationKind)

        public var description: String {
            switch self {
            case .noEvents(let kind): "no clip holds an event of \(kind.rawValue): there is nothing to tune on"
            case .tooFewClips(let with, let folds, let kind):
                "only \(with) clip\(with == 1 ? " holds" : "s hold") events of \(kind.rawValue): \(folds) folds need at least \(folds)"
            }
        }
    }

    private static let seed: UInt64 = 20_26
    private static let strictnessSteps = -8...8

    private let kind: ViolationKind
    private let rules: RuleBook
    private let present: ViolationRule
    private let folds: [[ObservedClip]]

    /// - Parameter folds: how many; 2 or more.
    public init(_ kind: ViolationKind, clips: [ObservedClip], folds: Int, rules: RuleBook) throws(Refusal) {
        precondition(folds >= 2)
        try Self.check(kind, clips.map(\.truth), folds: folds)
        guard let present = rules[kind] else { throw .noEvents(kind) }
        self.kind = kind
        self.rules = rules
        self.present = present
        self.folds = Self.deal(clips, folds, kind)
    }

    /// Whether these clips suffice, before their pixels are analysed.
    public static func check(_ kind: ViolationKind, _ clips: [GroundTruth.Clip], folds: Int) throws(Refusal) {
        let with = clips.count { $0.events.contains { $0.violation == kind.rawValue } }
        guard with > 0 else { throw .noEvents(kind) }
        guard with >= folds else { throw .tooFewClips(with: with, folds: folds, kind) }
    }

    /// - Parameter progress: called with the searches done and all searches.
    public func run(progress: (_ done: Int, _ of: Int) -> Void) -> Outcome {
        let search = ProfileSearch(kind: kind, rules: rules, seed: Self.seed)
        var train = TypeScore()
        var heldOut = TypeScore()
        var trainCurve = emptyCurve()
        var heldOutCurve = emptyCurve()
        for (index, fold) in folds.enumerated() {
            let others = folds.indices.filter { $0 != index }.flatMap { folds[$0] }
            let rule = search.best(from: present, on: others) { progress(index, folds.count + 1) }
            train = train + score(rule, others)
            heldOut = heldOut + score(rule, fold)
            add(rule, others, to: &trainCurve)
            add(rule, fold, to: &heldOutCurve)
        }
        let all = folds.flatMap { $0 }
        let tuned = search.best(from: present, on: all) { progress(folds.count, folds.count + 1) }
        progress(folds.count + 1, folds.count + 1)
        return Outcome(
            present: present, tuned: tuned, presentScore: score(present, all), trainScore: train, heldOutScore: heldOut,
            trainCurve: trainCurve, heldOutCurve: heldOutCurve)
    }

    /// Clips with events of the kind are dealt first, so that each fold has some; always the same way.
    private static func deal(_ clips: [ObservedClip], _ count: Int, _ kind: ViolationKind) -> [[ObservedClip]] {
        var random = ProfileSearch.SplitMix(state: seed)
        let keyed = clips.map { clip in
            (clip: clip, holds: clip.truth.events.contains { $0.violation == kind.rawValue }, key: random.next())
        }
        let order = keyed.sorted { ($0.holds ? 0 : 1, $0.key) < ($1.holds ? 0 : 1, $1.key) }
        var folds = [[ObservedClip]](repeating: [], count: count)
        for (index, entry) in order.enumerated() { folds[index % count].append(entry.clip) }
        return folds
    }

    private func score(_ rule: ViolationRule, _ clips: [ObservedClip]) -> TypeScore {
        TypeScore.of(clips, kind, rules.replacing(rule, for: kind))
    }

    private func emptyCurve() -> [CurvePoint] {
        Self.strictnessSteps.map { step in
            var factor = 1.0
            for _ in 0..<abs(step) { factor *= 1.25 }
            return CurvePoint(strictness: step < 0 ? 1 / factor : factor, score: TypeScore())
        }
    }

    private func add(_ rule: ViolationRule, _ clips: [ObservedClip], to curve: inout [CurvePoint]) {
        for index in curve.indices {
            curve[index].score = curve[index].score + score(Self.scaled(rule, by: curve[index].strictness), clips)
        }
    }

    private static func scaled(_ rule: ViolationRule, by factor: Double) -> ViolationRule {
        var scaled = rule
        for number in TunableNumber.all(of: rule) {
            number.set(number.stricter(number.value(in: rule), by: factor), in: &scaled)
        }
        return scaled
    }
}
