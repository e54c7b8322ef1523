import Violations

/// Looks for the numbers of one rule that fit labelled clips best: one number after another over a grid around its present
/// value, in an order drawn with a fixed seed, until none improves (coordinate search; Hooke and Jeeves, 1961, without the
/// pattern step).
///
/// A number moves only where that scores better, and then to the middle of the values that score alike: in the middle of a
/// plateau there is the most room for streets that nobody labelled.
struct ProfileSearch {
    /// How much stricter each value tried is; a factor of three in both directions, in steps of a fifth.
    private static let factors: [Double] = (-6...6).map { step in
        var factor = 1.0
        for _ in 0..<abs(step) { factor *= 1.2 }
        return step < 0 ? 1 / factor : factor
    }
    private static let roundLimit = 5

    let kind: ViolationKind
    let rules: RuleBook
    let seed: UInt64

    func best(from start: ViolationRule, on clips: [ObservedClip], step: () -> Void) -> ViolationRule {
        var rule = start
        var score = merit(rule, clips)
        var random = SplitMix(state: seed)
        for _ in 0..<Self.roundLimit {
            var improved = false
            var order = TunableNumber.all(of: rule)
            for index in stride(from: order.count - 1, to: 0, by: -1) { order.swapAt(index, Int(random.next() % UInt64(index + 1))) }
            for number in order {
                step()
                if let (better, gained) = improvement(of: rule, score, number, start, clips) {
                    rule = better
                    score = gained
                    improved = true
                }
            }
            if !improved { break }
        }
        return rule
    }

    private func improvement(
        of rule: ViolationRule, _ score: Double, _ number: TunableNumber, _ start: ViolationRule, _ clips: [ObservedClip]
    ) -> (ViolationRule, Double)? {
        let tried: [(rule: ViolationRule, score: Double)] = Self.factors.compactMap { factor in
            let value = number.stricter(number.value(in: start), by: factor)
            guard number.isAllowed(value, in: rule) else { return nil }
            var changed = rule
            number.set(value, in: &changed)
            return (changed, merit(changed, clips))
        }
        guard let most = tried.map(\.score).max(), most > score + 1e-9 else { return nil }
        // The longest run of equally good values.
        var best = 0..<0
        var first = 0
        for index in 0...tried.count where index == tried.count || tried[index].score < most {
            if index - first > best.count { best = first..<index }
            first = index + 1
        }
        return tried[(best.lowerBound + best.upperBound - 1) / 2]
    }

    private func merit(_ rule: ViolationRule, _ clips: [ObservedClip]) -> Double {
        TypeScore.of(clips, kind, rules.replacing(rule, for: kind)).f1
    }

    /// Steele, Lea and Flood, “Fast splittable pseudorandom number generators”, OOPSLA 2014.
    struct SplitMix {
        var state: UInt64

        mutating func next() -> UInt64 {
            state &+= 0x9e37_79b9_7f4a_7c15
            var mixed = state
            mixed = (mixed ^ (mixed >> 30)) &* 0xbf58_476d_1ce4_e5b9
            mixed = (mixed ^ (mixed >> 27)) &* 0x94d0_49bb_1331_11eb
            return mixed ^ (mixed >> 31)
        }
    }
}
