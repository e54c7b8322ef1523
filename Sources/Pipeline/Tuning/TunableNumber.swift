public import Violations

/// One number of a rule that may be tuned. The dwell is law, not a matter of tuning.
public enum TunableNumber: Hashable, Sendable {
    case minimumArea, minimumVisible, minimumSolidity
    /// One end of the n-th look, from 0.
    case lookFrom(Int)
    case lookTo(Int)

    /// All of a rule's numbers.
    public static func all(of rule: ViolationRule) -> [TunableNumber] {
        [.minimumArea, .minimumVisible, .minimumSolidity]
            + rule.looks.indices.flatMap { index -> [TunableNumber] in
                (rule.looks[index].from != nil ? [.lookFrom(index)] : []) + (rule.looks[index].to != nil ? [.lookTo(index)] : [])
            }
    }

    /// “number: present → tuned”, one for each number that differs.
    static func changes(from present: ViolationRule, to tuned: ViolationRule) -> [String] {
        all(of: present).compactMap { number in
            let before = number.value(in: present)
            let after = number.value(in: tuned)
            return before == after ? nil : "\(number.name(in: present)): \(before) → \(after)"
        }
    }

    /// As in the profile.
    func name(in rule: ViolationRule) -> String {
        switch self {
        case .minimumArea: "minimum_area"
        case .minimumVisible: "minimum_visible"
        case .minimumSolidity: "minimum_solidity"
        case .lookFrom(let index): "\(rule.looks[index].feature.rawValue) from"
        case .lookTo(let index): "\(rule.looks[index].feature.rawValue) to"
        }
    }

    func value(in rule: ViolationRule) -> Double {
        switch self {
        case .minimumArea: rule.minimumArea
        case .minimumVisible: rule.minimumVisible
        case .minimumSolidity: rule.minimumSolidity
        case .lookFrom(let index): rule.looks[index].from ?? 0
        case .lookTo(let index): rule.looks[index].to ?? 0
        }
    }

    func set(_ value: Double, in rule: inout ViolationRule) {
        switch self {
        case .minimumArea: rule.minimumArea = value
        case .minimumVisible: rule.minimumVisible = value
        case .minimumSolidity: rule.minimumSolidity = value
        case .lookFrom(let index): rule.looks[index].from = value
        case .lookTo(let index): rule.looks[index].to = value
        }
    }

    /// Whether a larger value lets less through.
    var isLowerBound: Bool { if case .lookTo = self { false } else { true } }

    /// Where it may lie: parts stay parts, and the ends of a range stay in order.
    func isAllowed(_ value: Double, in rule: ViolationRule) -> Bool {
        switch self {
        case .minimumArea: value >= 0 && value <= 1
        case .minimumVisible, .minimumSolidity: value >= 0 && value <= 1
        case .lookFrom(let index): value <= rule.looks[index].to ?? .infinity
        case .lookTo(let index): value >= rule.looks[index].from ?? -.infinity
        }
    }

    /// The value made `factor` times as strict, to three digits, as it will stand in the profile.
    func stricter(_ value: Double, by factor: Double) -> Double {
        Self.rounded(isLowerBound == (value >= 0) ? value * factor : value / factor)
    }

    static func rounded(_ value: Double) -> Double {
        guard value != 0 else { return 0 }
        var scale = 1.0
        var size = abs(value)
        while size >= 1000 { size /= 10; scale /= 10 }
        while size < 100 { size *= 10; scale *= 10 }
        return (value * scale).rounded() / scale
    }
}
