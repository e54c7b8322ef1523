import FrameCore
import SceneAnalysis
import Violations

/// What is said of a region on a sheet: whether it is reported, why, and the numbers behind it.
struct RegionStory {
    enum Outcome {
        case reported, waiting, passedOver, disbelieved
    }

    var outcome: Outcome
    var title: String
    /// In plain words.
    var reason: String
    /// The numbers of the analysis, then those of the rule that comes nearest.
    var checks: [RuleCheck]

    init(_ region: Explanation.Region, settings: RegionSettings) {
        let features = region.seen.features
        checks = [
            RuleCheck(name: "structure", value: features.structureChange, from: settings.minimumStructureChange),
            RuleCheck(name: "correlation", value: features.correlation, to: settings.maximumCorrelation),
            RuleCheck(name: "left", value: features.leftEvidence, from: settings.minimumLeftEvidence),
        ]
        if let incident = region.incident {
            let verdict = region.verdicts.first { $0.kind == incident.kind && $0.zoneID == incident.zoneID }
            let kind = "\(incident.kind.rawValue) in “\(incident.zoneID)”"
            if let confirmed = incident.confirmedAt {
                outcome = .reported
                title = "Region \(region.seen.id): reported as \(kind)"
                reason =
                    "It has been here since \(Self.seconds(incident.firstStill.seconds)) and was confirmed at "
                    + "\(Self.seconds(confirmed.seconds)), after the dwell of \(Self.seconds(incident.dwell.inSeconds))."
            } else {
                outcome = .waiting
                title = "Region \(region.seen.id): would be \(kind), not reported yet"
                reason = Self.waiting(verdict)
            }
            checks += (verdict?.looks ?? []) + (verdict?.confirmation ?? [])
        } else if region.published != nil {
            outcome = .passedOver
            title = "Region \(region.seen.id): stands still, but is nothing that is looked for here"
            let nearest = region.verdicts.min { Self.failures($0) < Self.failures($1) }
            reason = Self.passedOver(nearest)
            checks += nearest?.looks ?? []
        } else {
            outcome = .disbelieved
            title = "Region \(region.seen.id): not believed"
            reason = Self.disbelieved(region.seen, settings)
            checks.append(RuleCheck(name: "visible", value: region.seen.visible, from: settings.minimumVisibleShare))
        }
    }

    private static func failures(_ verdict: RuleVerdict) -> Int { verdict.looks.count { !$0.holds } }

    private static func waiting(_ verdict: RuleVerdict?) -> String {
        guard let verdict else { return "It no longer looks like what it was taken for." }
        let failed = verdict.confirmation.filter { !$0.holds }
        guard !failed.isEmpty else { return "Everything holds: it is confirmed with the next look." }
        return failed.map { check in
            switch check.name {
            case "visible": "Too much of it is hidden now (\(percent(check.value)) is seen, \(percent(check.from ?? 0)) must be)."
            case "solidity": "It flickers too much for how little of its box it fills: things are solid, crowds and glints are not."
            default:
                "It has stood for \(seconds(check.value)); it must stay for \(seconds(check.from ?? 0))"
                    + (verdict.looksLikePerson ? ", longer than usual because it looks like a person who stands and waits." : ".")
            }
        }.joined(separator: " ")
    }

    private static func passedOver(_ nearest: RuleVerdict?) -> String {
        guard let nearest else { return "Its foot stands in no zone." }
        let failed = nearest.looks.filter { !$0.holds }.map(sentence)
        return failed.isEmpty
            ? "The zone “\(nearest.zoneID)” ignores what stands there, or is out of its hours."
            : "In “\(nearest.zoneID)” it comes nearest to \(nearest.kind.rawValue), but its \(failed.joined(separator: ", its "))."
    }

    private static func disbelieved(_ region: SceneStages.Region, _ settings: RegionSettings) -> String {
        let features = region.features
        if features.structureChange < settings.minimumStructureChange {
            return "The edges of the ground are still there under it, so it is light or shadow."
        }
        if features.correlation > settings.maximumCorrelation { return "It looks like the street itself in another light." }
        if features.leftEvidence < settings.minimumLeftEvidence {
            return "The plate has more contrast at its edge than the picture: something went away here, nothing came."
        }
        if region.visible < settings.minimumVisibleShare { return "Too much of it is hidden to be sure." }
        return region.isSteady ? "It is believed with the next look." : "Its box has not kept its place from one look to the next yet."
    }

    private static func sentence(_ check: RuleCheck) -> String {
        if let from = check.from, check.value < from { return "\(check.name) is \(number(check.value)), at least \(number(from)) is asked" }
        return "\(check.name) is \(number(check.value)), at most \(number(check.to ?? 0)) is allowed"
    }

    /// “name 0.81 ≥ 0.42”.
    static func text(of check: RuleCheck) -> String {
        let value = "\(check.name) \(number(check.value))"
        switch (check.from, check.to) {
        case (let from?, let to?): return "\(value) in \(number(from))…\(number(to))"
        case (let from?, nil): return "\(value) \(check.value >= from ? "≥" : "<") \(number(from))"
        case (nil, let to?): return "\(value) \(check.value <= to ? "≤" : ">") \(number(to))"
        case (nil, nil): return value
        }
    }

    /// Two digits after the point, more only where those would say nothing.
    static func number(_ value: Double) -> String {
        let size = abs(value)
        let digits = size >= 100 ? 0 : size >= 10 ? 1 : size >= 0.01 || size == 0 ? 2 : 4
        return decimal(value, digits: digits)
    }

    static func seconds(_ value: Double) -> String { "\(decimal(value, digits: value >= 100 ? 0 : 1)) s" }
    private static func percent(_ value: Double) -> String { "\(Int((value * 100).rounded())) %" }

    private static func decimal(_ value: Double, digits: Int) -> String {
        var scale = 1.0
        for _ in 0..<digits { scale *= 10 }
        let whole = Int((abs(value) * scale).rounded())
        let sign = value < 0 && whole > 0 ? "-" : ""
        guard digits > 0 else { return "\(sign)\(whole)" }
        let rest = String(whole % Int(scale))
        return "\(sign)\(whole / Int(scale)).\(String(repeating: "0", count: digits - rest.count))\(rest)"
    }
}
