/// How a run fares against what officers decided, over the footage that it covers.
///
/// Confirmed, exempt and transferred cases were true: the thing stood there. What officers never saw, a run may find, and
/// nobody has said yet whether that is right: such findings are counted apart and are in neither figure.
public struct DecisionScore: Codable, Sendable, Hashable {
    /// True cases that the run finds.
    public var trueFound = 0
    /// True cases that it does not.
    public var trueLost = 0
    /// False alarms that it raises again.
    public var falseFound = 0
    /// False alarms that it leaves out.
    public var falseAvoided = 0
    /// Cases that nobody has decided yet, found or not.
    public var undecided = 0
    /// Decided cases whose time the run's inputs do not show.
    public var notCovered = 0
    /// Findings without a case.
    public var unjudged = 0

    /// Of the true cases, those found; nil without any.
    public var recall: Double?
    /// Of the decided cases found, the true ones; nil without any.
    public var precision: Double?

    /// - Parameter entries: of a comparison whose first side is the store's cases.
    init(_ entries: [RunComparison.Entry]) {
        for entry in entries {
            guard let state = entry.before?.verdict else {
                if entry.partOf == nil { unjudged += 1 }
                continue
            }
            let isFound = entry.after != nil
            switch (state, entry.change) {
            case (.candidate, _), (.screened, _): undecided += 1
            case (_, .uncovered): notCovered += 1
            // A second case of one act is found with the first.
            case (.falseAlarm, _): isFound || entry.partOf != nil ? (falseFound += 1) : (falseAvoided += 1)
            case _: isFound || entry.partOf != nil ? (trueFound += 1) : (trueLost += 1)
            }
        }
        recall = Self.part(trueFound, of: trueFound + trueLost)
        precision = Self.part(trueFound, of: trueFound + falseFound)
    }

    private static func part(_ count: Int, of all: Int) -> Double? { all > 0 ? Double(count) / Double(all) : nil }
}
