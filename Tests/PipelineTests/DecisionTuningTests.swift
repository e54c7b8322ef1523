import Foundation
import Pipeline
import Testing
import Violations

@Suite("Proposing numbers out of decisions")
struct DecisionTuningTests {
    static let rules: RuleBook? = try? ProfileLibrary.load(folder: ShippedSettingsTests.root.path + "/Models").rules

    /// True cases are solid, false alarms flicker; `kept` of the false ones look like true ones.
    static func cases(true count: Int, false refuted: Int, alike kept: Int = 0, channel: String = "c1") -> [MeasuredCase] {
        (0..<count + refuted).map { index in
            let isTrue = index < count
            let looksTrue = isTrue || index >= count + refuted - kept
            let wobble = Double(index % 7) / 100
            return MeasuredCase(
                id: "k\(channel)\(index)", channelID: channel, isTrue: isTrue,
                measurements: [
                    "areaPart": 0.02, "fillPart": looksTrue ? 0.7 + wobble : 0.3 + wobble, "stirPart": 0.1, "textureLevels": 20,
                ], asksLooks: false)
        }
    }

    @Test("flickering false alarms are told from solid things, on cases held out too, and nothing true is lost")
    func separable() throws {
        let rules = try #require(Self.rules)
        let outcome = try DecisionTuning(.piledGoods, cases: Self.cases(true: 12, false: 12), folds: 4, rules: rules).run()
        #expect(outcome.isBetter)
        #expect(outcome.changes.count == 1 && outcome.changes[0].hasPrefix("minimum_solidity"))
        // In the middle of the gap between 0.26 and 0.6.
        #expect((0.35...0.5).contains(outcome.tuned.minimumSolidity))
        #expect(outcome.effect.avoided.count == 12 && outcome.effect.cost.isEmpty)
        #expect(outcome.heldOutScore.precision == 1 && outcome.heldOutScore.recall == 1)
        #expect(outcome.tuned.dwellSeconds == outcome.present.dwellSeconds)
    }

    @Test("false alarms that look like true cases stay: no number is bent for them")
    func inseparable() throws {
        let rules = try #require(Self.rules)
        let outcome = try DecisionTuning(.piledGoods, cases: Self.cases(true: 12, false: 12, alike: 12), folds: 4, rules: rules).run()
        #expect(!outcome.isBetter)
    }

    @Test("the true cases that a proposal would cost are named")
    func cost() throws {
        let rules = try #require(Self.rules)
        var cases = Self.cases(true: 20, false: 20)
        cases[3].measurements["fillPart"] = 0.2
        let outcome = try DecisionTuning(.piledGoods, cases: cases, folds: 4, rules: rules).run()
        #expect(outcome.effect.cost == ["kc13"])
        #expect(outcome.effect.avoided.count == 20)
    }

    @Test("what the rule does to cases that it was not chosen on can be asked")
    func elsewhere() throws {
        let rules = try #require(Self.rules)
        let outcome = try DecisionTuning(.piledGoods, cases: Self.cases(true: 12, false: 12), folds: 4, rules: rules).run()
        let other = DecisionTuning.effect(
            of: outcome.tuned, insteadOf: outcome.present, on: Self.cases(true: 2, false: 3, channel: "c2"))
        #expect(other.avoided.count == 3 && other.cost.isEmpty)
    }

    @Test("too few of either are refused, with how many there are")
    func tooFew() throws {
        let rules = try #require(Self.rules)
        #expect(throws: DecisionTuning.Refusal.tooFew(true: 12, false: 3, folds: 4, .piledGoods)) {
            try DecisionTuning(.piledGoods, cases: Self.cases(true: 12, false: 3), folds: 4, rules: rules)
        }
    }

    @Test("a look is only asked where several violations are looked for, and the same cases give the same numbers")
    func looks() throws {
        let rules = try #require(Self.rules)
        var plain: [MeasuredCase] = []
        var asked: [MeasuredCase] = []
        for index in 0..<24 {
            let one = MeasuredCase(
                id: "k\(index)", channelID: "c1", isTrue: index < 12,
                measurements: [
                    "areaPart": 0.02, "fillPart": 0.7, "stirPart": 0.05, "companyPart": index < 12 ? 0.9 : 0.45, "heightPart": 0.3,
                ],
                asksLooks: false)
            plain.append(one)
            var other = one
            other.asksLooks = true
            asked.append(other)
        }
        let without = try DecisionTuning(.roadsideVending, cases: plain, folds: 4, rules: rules).run()
        #expect(without.changes.isEmpty)
        let first = try DecisionTuning(.roadsideVending, cases: asked, folds: 4, rules: rules).run()
        let second = try DecisionTuning(.roadsideVending, cases: asked.reversed(), folds: 4, rules: rules).run()
        #expect(first.tuned == second.tuned && first.effect.avoided.sorted() == second.effect.avoided.sorted())
    }
}
