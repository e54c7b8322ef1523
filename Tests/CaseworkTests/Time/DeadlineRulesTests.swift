import Casework
import Foundation
import Testing
import Yams

@Suite("Deadlines as they are written")
struct DeadlineRulesTests {
    static func shipped() throws -> DeadlineRules {
        try YAMLDecoder().decode(DeadlineRules.self, from: CatalogueTests.config("deadlines.yaml"))
    }

    @Test("what ships is sound, fits the catalogue, and gives every violation each step's deadline")
    func valid() throws {
        let (rules, catalogue) = (try Self.shipped(), try CatalogueTests.violations())
        #expect(rules.problems == [])
        #expect(rules.problems(with: catalogue) == [])
        for entry in catalogue.violations {
            #expect(rules.rule(.review, violation: entry.id)?.length == DeadlineAmount(30, .minutes))
            #expect(rules.rule(.handling, violation: entry.id) != nil)
            #expect((rules.rule(.clearance, violation: entry.id) != nil) == (entry.id == "shared-bike-heap"))
        }
        #expect(rules.rule(.handling, violation: "piled-goods")?.length == DeadlineAmount(2, .workingHours))
        #expect(rules.rule(.handling, violation: "bin-overflow")?.length == DeadlineAmount(4, .workingHours))
        #expect(rules.rule(.handling, violation: "unheard-of")?.id == "handling")
        #expect(rules.rule(.referralAnswer, violation: "bin-overflow", body: "sanitation")?.id == "referral-answer-sanitation")
        #expect(rules.rule(.referralAnswer, violation: "bin-overflow", body: "police")?.id == "referral-answer")
    }

    @Test(
        "what is wrong is named",
        arguments: [
            ("amount: 30, unit: minutes", "amount: 0, unit: minutes", "review: the amount is 0"),
            ("amount: 30, unit: minutes", "amount: -1, unit: minutes", "review: -1 minutes"),
            ("amount: 2, unit: years", "amount: 31, unit: years", "limitation: 31 years"),
            ("classes: [environment], source", "classes: [climate], source", "“climate” is none of the classes"),
            ("{id: recheck, clock: recheck", "{id: review, clock: recheck", "review: the id stands more than once"),
            ("starts_on: [exchange-decided], ", "", "service: say with starts_on"),
            ("{id: recheck, clock: recheck", "{id: recheck, clock: correction", "given with each reminder"),
            ("[exposed-rubbish,", "[piled-goods, exposed-rubbish,", "“piled-goods” is in more than one class"),
            ("level: middle", "level: small", "begins in the small loop"), ("level: large, after", "level: middle, after", "lower loop"),
        ])
    func problems(old: String, new: String, words: String) throws {
        let text = try CatalogueTests.config("deadlines.yaml")
        #expect(text.contains(old))
        let rules = try YAMLDecoder().decode(DeadlineRules.self, from: text.replacingOccurrences(of: old, with: new))
        #expect(rules.problems.contains { $0.reason.contains(words) }, "\(rules.problems)")
    }

    @Test("an unknown clock, unit or loop is no settings file", arguments: ["clock: review", "unit: minutes", "level: large"])
    func unknown(part: String) throws {
        let text = try CatalogueTests.config("deadlines.yaml")
        let changed = text.replacingOccurrences(of: part, with: part + "x")
        #expect(changed != text)
        #expect(throws: DecodingError.self) { try YAMLDecoder().decode(DeadlineRules.self, from: changed) }
    }

    @Test("violations and bodies that the catalogue does not have are named")
    func catalogue() throws {
        var rules = try Self.shipped()
        rules.classes["environment"]?.append("dancing")
        rules.deadlines[0].bodies = ["choir"]
        let found = try rules.problems(with: CatalogueTests.violations()).map(\.reason)
        #expect(found.count == 2)
        for word in ["dancing", "choir"] { #expect(found.contains { $0.contains(word) }) }
    }
}
