import FrameCore

/// Shares the machine's time among the channels: decides who is looked at less when there is too little of it.
///
/// The least important channels give way first, first by watching no more, then by every second and every fourth key
/// frame; equals take turns. What was taken is given back with hysteresis. A pure value: costs and moments are handed in.
package struct AttentionBudget: Sendable {
    /// What one channel costs, in cores, as measured or as far as known.
    package struct Cost: Sendable, Hashable {
        package var id: String
        /// 1 (most) to 3.
        package var importance: Int
        /// Whether it would watch if it may.
        package var wantsWatch: Bool
        /// Receiving and keeping the packets: never taken away.
        package var receiving: Double
        /// Looking at every key frame.
        package var patrolling: Double
        /// Decoding everything; used where `wantsWatch`.
        package var watching: Double

        package init(
            id: String, importance: Int, wantsWatch: Bool = false, receiving: Double = 0, patrolling: Double = 0, watching: Double = 0
        ) {
            self.id = id
            self.importance = importance
            self.wantsWatch = wantsWatch
            self.receiving = receiving
            self.patrolling = patrolling
            self.watching = watching
        }

        package func cores(at restraint: Restraint) -> Double {
            switch restraint {
            case .none: receiving + (wantsWatch ? watching : patrolling)
            case .patrolOnly: receiving + patrolling
            case .everySecondKeyFrame: receiving + patrolling / 2
            case .everyFourthKeyFrame: receiving + patrolling / 4
            }
        }
    }

    /// What is given back must leave this part of the limit free, or it would be taken again at once.
    private static let comfort = 0.9
    /// How long it must have been calm before something is given back.
    private static let calm = Duration.seconds(20)
    /// How long one of several equals stands back before it is another's turn.
    private static let turn = Duration.seconds(60)

    private let limit: Double
    package private(set) var restraints: [String: Restraint] = [:]
    /// Seconds that each channel has stood back so far, times how far.
    private var burden: [String: Double] = [:]
    private var lastTake: ContinuousClock.Instant?
    private var lastTurn: ContinuousClock.Instant?
    private var lastUpdate: ContinuousClock.Instant?

    /// - Parameter limit: cores that all channels together may use.
    package init(limit: Double) {
        self.limit = limit
    }

    /// Takes new measurements and decides anew; ask `restraints` for the outcome.
    package mutating func update(_ costs: [Cost], at now: ContinuousClock.Instant) {
        age(costs, at: now)
        let before = restraints
        while cores(costs) > limit, let next = candidateToTake(costs) { restraints[next.id] = next.level }
        if restraints != before {
            lastTake = now
            lastTurn = now
            return
        }
        guard !restraints.isEmpty else { return }
        if lastTake.map({ $0.duration(to: now) >= Self.calm }) ?? true { giveBack(costs) }
        if let lastTurn, lastTurn.duration(to: now) >= Self.turn {
            takeTurns(costs)
            self.lastTurn = now
        }
    }

    package func cores(_ costs: [Cost]) -> Double {
        costs.reduce(0) { $0 + $1.cores(at: restraints[$1.id] ?? .none) }
    }

    private mutating func age(_ costs: [Cost], at now: ContinuousClock.Instant) {
        let elapsed = lastUpdate.map { $0.duration(to: now).inSeconds } ?? 0
        lastUpdate = now
        let ids = Set(costs.map(\.id))
        restraints = restraints.filter { ids.contains($0.key) }
        burden = burden.filter { ids.contains($0.key) }
        for (id, restraint) in restraints { burden[id, default: 0] += elapsed * Double(restraint.rawValue) }
    }

    /// The next step down that saves something: least important first, least restrained first, least burdened first.
    private func candidateToTake(_ costs: [Cost]) -> (id: String, level: Restraint)? {
        let steps = costs.compactMap { cost -> (cost: Cost, level: Restraint)? in
            let level = restraints[cost.id] ?? .none
            // One that does not watch has nothing to give by watching no more.
            let next = Restraint.allCases.first { $0 > level && cost.cores(at: $0) < cost.cores(at: level) }
            return next.map { (cost, $0) }
        }
        let best = steps.min { one, other in
            if one.cost.importance != other.cost.importance { return one.cost.importance > other.cost.importance }
            if one.level != other.level { return one.level < other.level }
            return (burden[one.cost.id] ?? 0, one.cost.id) < (burden[other.cost.id] ?? 0, other.cost.id)
        }
        return best.map { ($0.cost.id, $0.level) }
    }

    /// Gives back as much as fits, the most important and the most burdened first.
    private mutating func giveBack(_ costs: [Cost]) {
        var free = limit * Self.comfort - cores(costs)
        for cost in restrained(costs).sorted(by: { isBefore($0, $1) }) {
            guard let level = restraints[cost.id] else { continue }
            let up = Restraint.allCases.last { $0 < level && cost.cores(at: $0) > cost.cores(at: level) } ?? .none
            let price = cost.cores(at: up) - cost.cores(at: level)
            guard price <= free else { continue }
            free -= price
            restraints[cost.id] = cost.cores(at: up) == cost.cores(at: .none) ? nil : up
        }
    }

    private func isBefore(_ one: Cost, _ other: Cost) -> Bool {
        if one.importance != other.importance { return one.importance < other.importance }
        let (first, second) = (restraints[one.id] ?? .none, restraints[other.id] ?? .none)
        if first != second { return first > second }
        return (burden[other.id] ?? 0, one.id) < (burden[one.id] ?? 0, other.id)
    }

    /// Among equals, whoever has stood back most changes places with whoever has least.
    private mutating func takeTurns(_ costs: [Cost]) {
        for importance in Set(costs.map(\.importance)) {
            let equals = costs.filter { $0.importance == importance }
            var back = restrained(equals).sorted { (burden[$0.id] ?? 0) > (burden[$1.id] ?? 0) }
            let forth = equals.filter { restraints[$0.id] == nil }.sorted { (burden[$0.id] ?? 0) < (burden[$1.id] ?? 0) }
            for fresh in forth where !back.isEmpty {
                let tired = back.removeFirst()
                guard let level = restraints[tired.id], fresh.cores(at: level) < fresh.cores(at: .none),
                    (burden[fresh.id] ?? 0) < (burden[tired.id] ?? 0)
                else { continue }
                restraints[tired.id] = nil
                restraints[fresh.id] = level
            }
        }
    }

    private func restrained(_ costs: [Cost]) -> [Cost] { costs.filter { restraints[$0.id] != nil } }
}
