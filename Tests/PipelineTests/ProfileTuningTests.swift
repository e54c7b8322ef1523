import Foundation
import FrameCore
import Pipeline
import SceneAnalysis
import Testing
import Violations

@Suite("Profiles are tuned with clips held out")
struct ProfileTuningTests {
    private static let size = PixelSize(width: 640, height: 360)
    private static let box = PixelRect(x: 300, y: 180, width: 60, height: 40)
    private static let text = """
        # A pile.
        violation: piled-goods
        rule:
          dwell_s: 10
          minimum_area: 0.0001
          minimum_m2: 0
          minimum_inside: 0.5
          may_be_person: true
          may_be_attended: true
          minimum_visible: 0.5
          minimum_solidity: 0.05
          looks:
            - {feature: texture, from: 20}    # rough
            - {feature: fill, from: 0.1, to: 0.95}
          precedence: 1
        provenance: {tuned_on: nothing, date: 2020-01-01}

        """

    private func rule(texture: Double) -> ViolationRule {
        var rule = ViolationRule.pile
        rule.looks[0].from = texture
        return rule
    }

    /// A clip in which something of this texture stands from 5 s to the end; it is an event or not.
    private func clip(_ name: String, texture: Double, isEvent: Bool) throws -> ObservedClip {
        let polygon = try Polygon([UnitPoint(x: 0, y: 0), UnitPoint(x: 1, y: 0), UnitPoint(x: 1, y: 1), UnitPoint(x: 0, y: 1)])
        let zone = Zone(id: "z", kind: .pavement, polygon: polygon, violations: [.piledGoods, .stoppedVehicle])
        let features = RegionFeatures(
            area: 0.01, fill: 0.7, aspect: 1.5, height: 0.1, texture: texture, structureChange: 1, leftEvidence: 2)
        let observations = (0..<60).map { second in
            SceneObservation(
                time: FrameTime(seconds: Double(second)), view: .clear, frameSize: Self.size,
                regions: second < 5
                    ? []
                    : [
                        StillRegion(
                            id: 1, box: Self.box, since: FrameTime(seconds: 5), stillFor: .seconds(second - 5), visible: 1,
                            features: features)
                    ])
        }
        let box = [300.0, 180, 60, 40]
        return ObservedClip(
            truth: GroundTruth.Clip(
                file: name + ".mp4", name: nil, place: nil, seconds: 60, dwellSeconds: 10, zones: ZoneSet(zones: [zone], dwellSeconds: 10),
                events: isEvent
                    ? [GroundTruth.Event(violation: "piled-goods", box: box, stillSeconds: 5, leavesSeconds: nil)] : []),
            name: name, observations: observations, sourceSize: Self.size)
    }

    private func book(_ rule: ViolationRule) -> RuleBook {
        RuleBook(
            version: "t", rules: [.piledGoods: rule, .stoppedVehicle: self.rule(texture: 1000)],
            person: decoded(#"{"ways": [], "calm_looks": 2}"#),
            street: decoded(
                #"""
                {"ground": {"horizon": -0.25, "metres_at_middle": 10, "focal_length": 1, "assumed_factor": 2,
                            "one_length_factor": 1.5, "two_lengths_factor": 1.15},
                 "attendance": {"company": 0.8, "seconds": 300, "patience": 2}, "queue": {"people": 3, "gap": 1}}
                """#))
    }

    private func clips() throws -> [ObservedClip] {
        try (0..<4).map { try clip("rough\($0)", texture: 12 + Double($0), isEvent: true) }
            + (0..<4).map { try clip("smooth\($0)", texture: 5 + Double($0) / 2, isEvent: false) }
    }

    @Test("a limit that is too strict comes down between what is and what is not, and does so on clips held out")
    func finds() throws {
        let tuning = try ProfileTuning(.piledGoods, clips: clips(), folds: 2, rules: book(rule(texture: 20)))
        let outcome = tuning.run { _, _ in }
        let limit = try #require(outcome.tuned.looks[0].from)
        #expect(limit > 6.5 && limit < 12)
        #expect(outcome.presentScore.recall == 0 && outcome.heldOutScore.f1 == 1 && outcome.isBetter)
        #expect(outcome.changes == ["texture from: 20.0 → \(limit)"])
        #expect(outcome.trainCurve.map(\.score.recall) == outcome.trainCurve.map(\.score.recall).sorted(by: >))
        let again = try ProfileTuning(.piledGoods, clips: clips(), folds: 2, rules: book(rule(texture: 20))).run { _, _ in }
        #expect(again.tuned == outcome.tuned)
    }

    @Test("a profile that is right already stays as it is")
    func stays() throws {
        let present = rule(texture: 9)
        let outcome = try ProfileTuning(.piledGoods, clips: clips(), folds: 4, rules: book(present)).run { _, _ in }
        #expect(outcome.tuned == present && !outcome.isBetter && outcome.changes.isEmpty)
    }

    @Test("without events, or with fewer clips than folds, it refuses")
    func refuses() throws {
        let all = try clips()
        #expect(throws: ProfileTuning.Refusal.noEvents(.stoppedVehicle)) {
            try ProfileTuning(.stoppedVehicle, clips: all, folds: 2, rules: book(rule(texture: 9)))
        }
        #expect(throws: ProfileTuning.Refusal.tooFewClips(with: 4, folds: 5, .piledGoods)) {
            try ProfileTuning(.piledGoods, clips: all, folds: 5, rules: book(rule(texture: 9)))
        }
    }

    @Test("the profile keeps its comments, gets its numbers and says where they come from")
    func text() throws {
        var present = rule(texture: 20)
        present.looks[1].to = 0.95
        var tuned = present
        tuned.looks[0].from = 9.25
        tuned.looks[1].to = 0.9
        tuned.minimumArea = 0.00025
        var train = TypeScore()
        train.matched = 3
        train.wrong = 1
        train.hours = 2
        var profile = ProfileText(path: "piled-goods.yaml", text: Self.text)
        try profile.set(
            tuned, from: present,
            provenance: .init(folders: ["a", "b"], clips: 8, date: "2026-11-23", train: train, heldOut: TypeScore()))
        #expect(
            profile.text == """
                # A pile.
                violation: piled-goods
                rule:
                  dwell_s: 10
                  minimum_area: 0.00025
                  minimum_m2: 0
                  minimum_inside: 0.5
                  may_be_person: true
                  may_be_attended: true
                  minimum_visible: 0.5
                  minimum_solidity: 0.05
                  looks:
                    - {feature: texture, from: 9.25}    # rough
                    - {feature: fill, from: 0.1, to: 0.9}
                  precedence: 1
                provenance:
                  tuned_on: [a, b]
                  clips: 8
                  date: 2026-11-23
                  train: {recall: 1, precision: 0.75, f1: 0.857, false_per_hour: 0.5}
                  held_out: {recall: 1, precision: 1, f1: 1, false_per_hour: 0}

                """)
    }

    @Test("the curve is an SVG that names its lines")
    func curve() throws {
        let outcome = try ProfileTuning(.piledGoods, clips: clips(), folds: 2, rules: book(rule(texture: 20))).run { _, _ in }
        let svg = TuningCurve.svg(outcome, title: "a < b & c")
        #expect(svg.hasPrefix("<svg") && svg.hasSuffix("</svg>\n") && svg.contains("a &lt; b &amp; c"))
        #expect(XMLCheck.isBalanced(svg))
    }
}

/// Whether every element that opens closes.
private enum XMLCheck {
    static func isBalanced(_ text: String) -> Bool {
        var open: [Substring] = []
        for part in text.split(separator: "<").dropFirst(text.hasPrefix("<") ? 0 : 1) {
            let tag = part.prefix { $0 != ">" }
            if tag.hasPrefix("/") {
                guard open.popLast() == tag.dropFirst() else { return false }
            } else if !tag.hasSuffix("/") {
                open.append(tag.prefix { $0 != " " })
            }
        }
        return open.isEmpty
    }
}

extension ViolationRule {
    fileprivate static var pile: ViolationRule {
        let json = """
            {"dwell_s": 10, "minimum_area": 0.0001, "minimum_visible": 0.5, "minimum_solidity": 0.05, "precedence": 1,
             "minimum_m2": 0, "minimum_inside": 0.5, "may_be_person": true, "may_be_attended": true, "looks": [{"feature": "texture", "from": 20}, {"feature": "fill", "from": 0.1}]}
            """
        return decoded(json)
    }
}

private func decoded<Value: Decodable>(_ json: String) -> Value {
    do {
        return try JSONDecoder().decode(Value.self, from: Data(json.utf8))
    } catch {
        fatalError("\(error)")
    }
}
