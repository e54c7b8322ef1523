import SceneAnalysis

/// How the view faults that were named compare with labelled ones.
///
/// A label is named by a fault of the same kind that begins within three seconds of it. Further faults of that kind while the
/// label lasts belong to it; every other one is invented.
public struct ViewFaultScore: Sendable, Hashable {
    /// Seconds.
    public static let tolerance = 3.0

    public var labelled = 0
    public var named = 0
    public var invented = 0

    public init() {}

    /// nil without labels.
    public var recall: Double? { labelled > 0 ? Double(named) / Double(labelled) : nil }

    public static func of(_ labels: [GroundTruth.LabelledFault], _ spans: [ViewFaultSpan]) -> ViewFaultScore {
        var score = ViewFaultScore()
        score.labelled = labels.count
        var used: Set<Int> = []
        for label in labels {
            let best = spans.indices.filter {
                !used.contains($0) && spans[$0].kind.rawValue == label.kind && offset(spans[$0], label) <= tolerance
            }.min { offset(spans[$0], label) < offset(spans[$1], label) }
            guard let best else { continue }
            used.insert(best)
            score.named += 1
        }
        for index in spans.indices where !used.contains(index) {
            let span = spans[index]
            // One that comes late or in pieces is the same fault: perhaps not named in time, but not invented.
            let isPart = labels.contains {
                $0.kind == span.kind.rawValue && span.fromSeconds < $0.toSeconds + tolerance
                    && span.toSeconds > $0.fromSeconds - tolerance
            }
            if !isPart { score.invented += 1 }
        }
        return score
    }

    public static func total(_ parts: [ViewFaultScore]) -> ViewFaultScore {
        parts.reduce(into: ViewFaultScore()) { sum, part in
            sum.labelled += part.labelled
            sum.named += part.named
            sum.invented += part.invented
        }
    }

    private static func offset(_ span: ViewFaultSpan, _ label: GroundTruth.LabelledFault) -> Double {
        abs(span.fromSeconds - label.fromSeconds)
    }
}
