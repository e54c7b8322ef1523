import Pipeline
import Testing

@Suite("The machine's time is shared fairly, and whoever gives way is named")
struct AttentionBudgetTests {
    private let start = ContinuousClock.now

    /// Channels that patrol for 0.01 cores beside 0.005 for receiving; those that watch take 0.1.
    private func costs(_ count: Int, importance: (Int) -> Int = { _ in 2 }, watching: Set<Int> = []) -> [AttentionBudget.Cost] {
        (0..<count).map {
            AttentionBudget.Cost(
                id: "c\($0 / 10)\($0 % 10)", importance: importance($0), wantsWatch: watching.contains($0), receiving: 0.005,
                patrolling: 0.01, watching: 0.1)
        }
    }

    @Test("while there is enough nobody gives way")
    func enough() {
        var budget = AttentionBudget(limit: 1.5)
        budget.update(costs(90), at: start)
        #expect(budget.restraints.isEmpty)
    }

    @Test(
        "what has to go goes in order: watching of the least important, their key frames, then those above them",
        arguments: [
            (1.4, ["c02": Restraint.patrolOnly]),
            // Three classes of two; class 3 is c02 and c05.
            (0.26, ["c02": .patrolOnly]),
            (0.17, ["c02": .patrolOnly]),
            (0.0851, ["c02": .everySecondKeyFrame]),
            (0.0801, ["c02": .everySecondKeyFrame, "c05": .everySecondKeyFrame]),
            (0.0751, ["c02": .everyFourthKeyFrame, "c05": .everyFourthKeyFrame]),
        ])
    func order(limit: Double, expected: [String: Restraint]) {
        var budget = AttentionBudget(limit: limit)
        let watching: Set<Int> = limit > 0.1 ? [2] : []
        let costs = costs(6, importance: { $0 % 3 + 1 }, watching: watching)
        budget.update(costs, at: start)
        if limit >= budget.cores(costs), budget.restraints.isEmpty {
            #expect(costs.reduce(0) { $0 + $1.cores(at: .none) } <= limit)
        } else {
            #expect(budget.restraints == expected)
        }
        #expect(budget.cores(costs) <= limit + 1e-9)
    }

    @Test("a channel that only patrols is never told to stop watching")
    func nothingToGive() {
        var budget = AttentionBudget(limit: 0.13)
        budget.update(costs(10), at: start)
        #expect(!budget.restraints.values.contains(.patrolOnly))
        #expect(budget.cores(costs(10)) <= 0.13 + 1e-9)
    }

    @Test("the important are left alone as long as the others have something to give")
    func importance() {
        var budget = AttentionBudget(limit: 0.8)
        let costs = costs(60, importance: { $0 < 20 ? 1 : 3 })
        budget.update(costs, at: start)
        #expect(budget.restraints.keys.allSatisfy { $0 >= "c20" })
        #expect(budget.cores(costs) <= 0.8 + 1e-9)
    }

    @Test("what cannot be saved is not invented: at the end everyone looks at every fourth key frame")
    func bottom() {
        var budget = AttentionBudget(limit: 0.01)
        budget.update(costs(10, watching: [1, 2]), at: start)
        #expect(budget.restraints.count == 10)
        #expect(budget.restraints.values.allSatisfy { $0 == .everyFourthKeyFrame })
    }

    @Test("nothing is given back before it has been calm for a while, and then only what leaves a tenth free")
    func hysteresis() {
        var budget = AttentionBudget(limit: 0.14)
        budget.update(costs(10), at: start)
        let taken = budget.restraints
        #expect(!taken.isEmpty)
        let cheaper = costs(9)
        budget.update(cheaper, at: start + .seconds(5))
        #expect(!budget.restraints.isEmpty)
        budget.update(costs(6), at: start + .seconds(30))
        #expect(budget.restraints.isEmpty)
        // At the limit itself it would swing.
        var close = AttentionBudget(limit: 0.14)
        close.update(costs(10), at: start)
        for second in stride(from: 5, through: 55, by: 5) { close.update(costs(10), at: start + .seconds(second)) }
        #expect(close.restraints == taken)
    }

    @Test("equals take turns")
    func turns() {
        var budget = AttentionBudget(limit: 0.1451)
        var stoodBack: Set<String> = []
        for second in stride(from: 0, through: 1200, by: 5) {
            budget.update(costs(10), at: start + .seconds(second))
            #expect(budget.restraints.count == 1)
            stoodBack.formUnion(budget.restraints.keys)
        }
        #expect(stoodBack.count == 10)
    }

    @Test("a channel that is gone is forgotten")
    func gone() {
        var budget = AttentionBudget(limit: 0.01)
        budget.update(costs(3), at: start)
        budget.update(costs(2), at: start + .seconds(5))
        #expect(Set(budget.restraints.keys) == ["c00", "c01"])
    }
}
