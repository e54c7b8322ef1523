import FrameCore
import SceneAnalysis
import Violations
import Yams

/// A street of 640×360 with rules of its own, for tests.
enum Street {
    static let size = PixelSize(width: 640, height: 360)

    static let ground = """
        {horizon: -0.25, metres_at_middle: 10, focal_length: 1, assumed_factor: 2, one_length_factor: 1.5, two_lengths_factor: 1.1}
        """

    static func rules(_ yaml: [ViolationKind: String], night: [ViolationKind: ViolationRule] = [:]) throws -> RuleBook {
        let street = try YAMLDecoder().decode(
            StreetRules.self,
            from: "{ground: \(ground), attendance: {company: 0.8, seconds: 30, patience: 2}, queue: {people: 3, gap: 1}}")
        return RuleBook(
            version: "test", rules: try yaml.mapValues(rule), nightRules: night,
            person: try YAMLDecoder().decode(
                PersonRule.self,
                from: "{ways: [{looks: [{feature: aspect, to: 0.7}, {feature: stir, from: 0.05}], patience: 4}], calm_looks: 2}"),
            street: street)
    }

    /// A rule with a dwell of a minute; `changes` are lines of YAML that replace the usual ones.
    static func rule(_ changes: String) throws -> ViolationRule {
        var lines = [
            "dwell_s": "60", "minimum_area": "0.0003", "minimum_m2": "0", "minimum_visible": "0.5", "minimum_solidity": "0.05",
            "minimum_inside": "0.5", "may_be_person": "true", "may_be_attended": "false", "looks": "[]", "precedence": "1",
        ]
        for change in changes.split(separator: "\n") {
            let parts = change.split(separator: ":", maxSplits: 1)
            lines[String(parts[0])] = String(parts[1])
        }
        return try YAMLDecoder().decode(ViolationRule.self, from: lines.map { "\($0): \($1)" }.joined(separator: "\n"))
    }

    static func polygon(_ left: Double, _ top: Double, _ right: Double, _ bottom: Double) throws -> Polygon {
        try Polygon([
            UnitPoint(x: left, y: top), UnitPoint(x: right, y: top), UnitPoint(x: right, y: bottom), UnitPoint(x: left, y: bottom),
        ])
    }

    static func line(_ points: (Double, Double)...) throws -> Polyline {
        try Polyline(points.map { UnitPoint(x: $0.0, y: $0.1) })
    }

    static func region(
        id: Int = 1, _ box: PixelRect = PixelRect(x: 100, y: 100, width: 40, height: 40), still: Double, visible: Double = 1,
        _ change: (inout RegionFeatures) -> Void = { _ in }
    ) -> StillRegion {
        var features = RegionFeatures(
            area: 0.004, fill: 0.8, aspect: Double(box.width) / Double(box.height), structureChange: 1, leftEvidence: 2)
        change(&features)
        return StillRegion(
            id: id, box: box, since: FrameTime(seconds: 10), stillFor: .seconds(still), visible: visible, features: features)
    }

    static func observation(
        _ seconds: Double, _ regions: [StillRegion], cleared: [StillRegion] = [], view: ViewCondition = .clear
    ) -> SceneObservation {
        SceneObservation(time: FrameTime(seconds: seconds), view: view, frameSize: size, regions: regions, cleared: cleared)
    }

    /// What becomes of regions that have stood for `still` seconds: they are looked at twice.
    static func found(
        _ regions: [StillRegion], zones: ZoneSet, _ rules: RuleBook, minuteOfWeek: Int? = nil, isInfrared: Bool = false
    ) -> [Incident] {
        var tracker = ViolationTracker(zones: zones, rules: rules)
        for seconds in [1000.0, 1001] {
            _ = tracker.judge(observation(seconds, regions), minuteOfWeek: minuteOfWeek, isInfrared: isInfrared)
        }
        return tracker.openIncidents
    }
}
