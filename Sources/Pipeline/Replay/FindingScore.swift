import Casework
import Violations

/// How findings compare with labelled events: paired one to one, as many pairs as can be.
///
/// A finding may match an event of the same name when they overlap in time and their boxes agree (`PlaceMatch`). A left-over
/// finding that could match a paired event is a fragment of it, every other one is false.
public struct FindingScore: Sendable, Codable {
    public var clip: String
    public var seconds = 0.0
    public var events = 0
    public var findings = 0
    public var matched = 0
    public var wrong = 0
    public var missed = 0
    public var fragments = 0
    /// Pairs whose names agree, of all pairs that could be made if names did not matter, where the label names a violation.
    public var namedRight = 0
    public var namedAtAll = 0
    /// Events confirmed more than a second before their dwell was over: a broken rule even where box and name are right.
    public var early = 0
    public var latencies: [Double] = []
    public var held: [Double] = []

    public var recall: Double? { events > 0 ? Double(matched) / Double(events) : nil }
    public var precision: Double? { matched + wrong > 0 ? Double(matched) / Double(matched + wrong) : nil }
    public var f1: Double? {
        matched + wrong + missed > 0 ? 2 * Double(matched) / Double(2 * matched + wrong + missed) : nil
    }
    public var typeRight: Double? { namedAtAll > 0 ? Double(namedRight) / Double(namedAtAll) : nil }
    public var fragmentation: Double? { matched > 0 ? Double(matched + fragments) / Double(matched) : nil }
    public var falsePerHour: Double? { seconds > 0 ? Double(wrong) / seconds * 3600 : nil }
    public var latencyMedian: Double? { Self.quantile(latencies, 0.5) }
    public var latencyP95: Double? { Self.quantile(latencies, 0.95) }
    public var heldMean: Double? { held.isEmpty ? nil : held.reduce(0, +) / Double(held.count) }

    /// - Parameter anyType: the violation's name does not matter.
    public static func of(_ clip: GroundTruth.Clip, _ findings: [Finding], anyType: Bool) -> FindingScore {
        let edges = edges(clip.events, findings, anyType)
        let pairs = PlaceMatch.pairs(edges)
        var used = Set(pairs.values)
        var members = pairs.mapValues { [$0] }
        var score = FindingScore(clip: clip.file)
        for index in findings.indices.sorted(by: { findings[$0].confirmedSeconds < findings[$1].confirmedSeconds })
        where !used.contains(index) {
            let hosts = pairs.keys.sorted().filter { edges[$0].contains(index) }
            guard
                let host = hosts.max(by: {
                    PlaceMatch.overlap(findings[index].box.map(Double.init), clip.events[$0].box).iou
                        < PlaceMatch.overlap(findings[index].box.map(Double.init), clip.events[$1].box).iou
                })
            else { continue }
            members[host, default: []].append(index)
            used.insert(index)
            score.fragments += 1
        }
        let anyPairs = anyType ? pairs : PlaceMatch.pairs(Self.edges(clip.events, findings, true))
        // Labels such as “object-left” name no violation that could be got right.
        let named = anyPairs.filter { ViolationKind(rawValue: clip.events[$0.key].violation) != nil }
        score.namedAtAll = named.count
        score.namedRight = named.count { clip.events[$0.key].violation == findings[$0.value].violation }
        score.seconds = clip.seconds
        score.events = clip.events.count
        score.findings = findings.count
        score.matched = pairs.count
        score.wrong = findings.count - used.count
        score.missed = clip.events.count - pairs.count
        for (event, group) in members.sorted(by: { $0.key < $1.key }) {
            score.addTimes(of: clip.events[event], dwell: clip.dwellSeconds, group.map { findings[$0] }, end: clip.seconds)
        }
        return score
    }

    /// For each event the findings that may match it, better boxes first (by hundredths), then earlier ones.
    private static func edges(_ events: [GroundTruth.Event], _ findings: [Finding], _ anyType: Bool) -> [[Int]] {
        events.map { event in
            func hundredths(_ index: Int) -> Double {
                (PlaceMatch.overlap(findings[index].box.map(Double.init), event.box).iou * 100).rounded(.toNearestOrEven)
            }
            return findings.indices.filter { mayMatch(findings[$0], event, anyType) }.sorted { first, second in
                let overlapFirst = hundredths(first)
                let overlapSecond = hundredths(second)
                return overlapFirst == overlapSecond
                    ? findings[first].confirmedSeconds < findings[second].confirmedSeconds : overlapFirst > overlapSecond
            }
        }
    }

    /// All clips together.
    public static func total(_ parts: [FindingScore]) -> FindingScore {
        var sum = FindingScore(clip: "ALL")
        for part in parts {
            sum.seconds += part.seconds
            sum.events += part.events
            sum.findings += part.findings
            sum.matched += part.matched
            sum.wrong += part.wrong
            sum.missed += part.missed
            sum.fragments += part.fragments
            sum.namedRight += part.namedRight
            sum.namedAtAll += part.namedAtAll
            sum.early += part.early
            sum.latencies += part.latencies
            sum.held += part.held
        }
        return sum
    }

    /// How much earlier than its dwell an event may be confirmed, seconds: labels are stepped by eye.
    private static let earlySlack = 1.0

    private init(clip: String) {
        self.clip = clip
    }

    private mutating func addTimes(of event: GroundTruth.Event, dwell: Double, _ group: [Finding], end: Double) {
        let start = group.map(\.confirmedSeconds).min() ?? 0
        latencies.append(start - (event.stillSeconds + dwell))
        if start < event.stillSeconds + dwell - Self.earlySlack { early += 1 }
        let from = max(start, event.stillSeconds)
        let to = event.leavesSeconds ?? end
        guard to > from else {
            held.append(1)
            return
        }
        var covered = 0.0
        var reached = from
        for finding in group.sorted(by: { $0.confirmedSeconds < $1.confirmedSeconds }) {
            let last = min(finding.clearedSeconds ?? .infinity, to)
            let first = max(finding.confirmedSeconds, reached)
            if last > first {
                covered += last - first
                reached = last
            }
        }
        held.append(covered / (to - from))
    }

    private static func mayMatch(_ finding: Finding, _ event: GroundTruth.Event, _ anyType: Bool) -> Bool {
        guard anyType || finding.violation == event.violation else { return false }
        let ends = min(finding.clearedSeconds ?? .infinity, event.leavesSeconds ?? .infinity)
        guard ends > max(finding.confirmedSeconds, event.stillSeconds) else { return false }
        return PlaceMatch.agrees(finding.box.map(Double.init), with: event.box)
    }

    private static func quantile(_ values: [Double], _ part: Double) -> Double? {
        guard !values.isEmpty else { return nil }
        let sorted = values.sorted()
        return sorted[min(sorted.count - 1, max(0, Int((part * Double(sorted.count)).rounded(.up)) - 1))]
    }
}
