import FrameCore
import SceneAnalysis
import Violations

/// A time in which every packet is decoded.
struct WatchSpan: Codable, Sendable, Hashable {
    var from: FrameTime
    var to: FrameTime
}

/// A stretch of a reel that is gone through once more with a closer look.
struct ExcursionPlan: Codable, Sendable {
    /// What the first pass confirmed in it.
    struct Expected: Codable, Sendable {
        var id: Int
        var box: PixelRect
        var frameSize: PixelSize
        var firstStill: FrameTime
    }

    /// Within its reel, from 0.
    var index: Int
    /// The checkpoint of the first pass that it starts from.
    var boundary: Int
    /// Incidents confirmed after `from` and up to `to` are its affair.
    var from: FrameTime
    var to: FrameTime
    var spans: [WatchSpan]
    var expected: [Expected]
}

/// Finds in the first pass what a closer look could judge otherwise.
///
/// Everything that stands where something is watched for, for nearly the shortest dwell there, whatever it looks like: what looks
/// like a person, has company or is too faint for a rule may be judged otherwise when it is seen more often. Only where looks
/// were further apart than confirming asks for; elsewhere the first pass has seen what there is to see. A pure value.
struct CandidateWatch: Codable {
    private struct Standing: Codable {
        var regionID: Int
        var first: FrameTime
        var dwell: Duration
        var worstGap: Duration
        var isCoarse: Bool
        var isCandidate = false
        /// Nothing more is to be found out about it.
        var isDecided = false
    }

    private struct Window: Codable {
        var from: FrameTime
        var to: FrameTime
        var spans: [WatchSpan]
    }

    private struct Boundary: Codable {
        var index: Int
        var time: FrameTime
    }

    /// Before something was first still, to see it come.
    private static let lead = Duration.seconds(10)
    /// After the look that decided.
    private static let tail = Duration.seconds(4)
    /// Windows up to this length are watched from end to end.
    private static let shortWindow = Duration.seconds(180)
    /// What shows at last may have come this long ago: it was young, or hidden.
    private static let horizon = Duration.seconds(180)

    private let stillAfter: Duration
    private var standing: [Standing] = []
    private var windows: [Window] = []
    private var boundaries = [Boundary(index: 0, time: .zero)]
    private var lastCoarse: FrameTime?
    private var closedUpTo: FrameTime?
    private(set) var plans: [ExcursionPlan] = []

    /// - Parameter stillAfter: how long something stands before the analysis looks at it.
    init(stillAfter: Duration) {
        self.stillAfter = stillAfter
    }

    /// Takes what the look at `time` told.
    /// - Parameters:
    ///   - gap: since the look before.
    ///   - isCoarse: whether that is further apart than confirming asks for.
    mutating func look(_ analysis: ChannelAnalysis, at time: FrameTime, gap: Duration, isCoarse: Bool) {
        if isCoarse { lastCoarse = time }
        guard let observation = analysis.observation, observation.view.isClear else { return }
        for region in observation.regions { look(region, observation, analysis.tracker, gap, isCoarse) }
        var index = 0
        while index < standing.count {
            let id = standing[index].regionID
            if observation.regions.contains(where: { $0.id == id }) || observation.outOfView.contains(id) {
                index += 1
            } else {
                let gone = standing.remove(at: index)
                if gone.isCandidate, !gone.isDecided { add(gone, to: time, confirmedAt: nil) }
            }
        }
    }

    private mutating func look(
        _ region: StillRegion, _ observation: SceneObservation, _ tracker: ViolationTracker, _ gap: Duration, _ isCoarse: Bool
    ) {
        let index: Int
        if let known = standing.firstIndex(where: { $0.regionID == region.id }) {
            index = known
        } else {
            guard let dwell = tracker.shortestDwell(at: region.box, in: observation.frameSize) else { return }
            let wasCoarse = lastCoarse.map { $0 >= region.since - Self.lead } ?? false
            index = standing.count
            standing.append(Standing(regionID: region.id, first: region.since, dwell: dwell, worstGap: gap, isCoarse: wasCoarse))
        }
        guard !standing[index].isDecided else { return }
        standing[index].isCoarse = standing[index].isCoarse || isCoarse
        standing[index].worstGap = max(standing[index].worstGap, gap)
        let nearly = standing[index].dwell - standing[index].worstGap * 3 - .seconds(2)
        if standing[index].isCoarse, region.stillFor >= nearly { standing[index].isCandidate = true }
        let incident = tracker.open.first { $0.regionID == region.id }?.incident
        guard incident?.phase == .confirmed else { return }
        standing[index].isDecided = true
        if standing[index].isCoarse { add(standing[index], to: observation.time, confirmedAt: incident?.confirmedAt) }
    }

    private mutating func add(_ found: Standing, to end: FrameTime, confirmedAt: FrameTime?) {
        let from = found.first - Self.lead
        let to = end + found.worstGap * 2 + Self.tail
        guard to - from > Self.shortWindow else {
            windows.append(Window(from: from, to: to, spans: [WatchSpan(from: from, to: to)]))
            return
        }
        let slack = found.worstGap * 4 + .seconds(8)
        let over = found.first + found.dwell
        var spans = [
            WatchSpan(from: from, to: found.first + stillAfter + slack),
            WatchSpan(from: over - slack, to: min(to, over + .seconds(30))),
        ]
        if let confirmedAt { spans.append(WatchSpan(from: confirmedAt - .seconds(30) - slack, to: to)) }
        windows.append(Window(from: from, to: to, spans: spans))
    }

    /// The analysis begins anew: what stands is known under other ids from here on.
    mutating func breakOff(at time: FrameTime) {
        for known in standing where known.isCandidate && !known.isDecided { add(known, to: time, confirmedAt: nil) }
        standing = []
    }

    // MARK: Plans

    /// Where windows overlap they are one excursion, which is planned once nothing found later can reach into it.
    ///
    /// - Parameters:
    ///   - time: how far the first pass is.
    ///   - incidents: that it has confirmed.
    mutating func plan(at time: FrameTime, incidents: [FoundIncident]) {
        let undecided = standing.filter { !$0.isDecided }.map { $0.first - Self.lead }.min()
        plan(upTo: min(time - Self.horizon, undecided ?? time), incidents)
    }

    /// Plans what is left when the first pass is through: what still stood may be confirmed up to the last picture.
    mutating func planRest(end: FrameTime, incidents: [FoundIncident]) {
        breakOff(at: end)
        plan(upTo: nil, incidents)
    }

    /// - Parameter reach: what ends later may still grow; nil where nothing can.
    private mutating func plan(upTo reach: FrameTime?, _ incidents: [FoundIncident]) {
        windows.sort { ($0.from, $0.to) < ($1.from, $1.to) }
        while let first = windows.first {
            var to = first.to
            var count = 1
            while count < windows.count, windows[count].from <= to {
                to = max(to, windows[count].to)
                count += 1
            }
            if let reach, to >= reach { break }
            close(Array(windows[..<count]), to: to, incidents)
            windows.removeFirst(count)
        }
    }

    private mutating func close(_ members: [Window], to: FrameTime, _ incidents: [FoundIncident]) {
        let from = max(members[0].from, closedUpTo ?? members[0].from)
        closedUpTo = to
        guard to > from else { return }
        let boundary = boundaries.last { $0.time <= from } ?? boundaries[0]
        let expected = incidents.filter { $0.isConfirmed(after: from, upTo: to) }.map { found in
            ExcursionPlan.Expected(
                id: found.incident.id, box: found.incident.box, frameSize: found.incident.frameSize,
                firstStill: found.incident.firstStill)
        }
        plans.append(
            ExcursionPlan(
                index: plans.count, boundary: boundary.index, from: from, to: to, spans: members.flatMap(\.spans), expected: expected))
    }

    /// A checkpoint is kept of here.
    /// - Returns: its number, from 1; 0 is the beginning.
    mutating func addBoundary(at time: FrameTime) -> Int {
        let index = (boundaries.last?.index ?? 0) + 1
        boundaries.append(Boundary(index: index, time: time))
        let needed = neededFrom(time)
        // Those that nothing can start from any more are forgotten, except the last before.
        while boundaries.count > 1, boundaries[1].time <= needed { boundaries.removeFirst() }
        return index
    }

    /// Checkpoints from this one on may still be started from by what is not planned yet.
    var firstNeededBoundary: Int { boundaries[0].index }

    private func neededFrom(_ time: FrameTime) -> FrameTime {
        let undecided = standing.filter { !$0.isDecided }.map { $0.first - Self.lead }.min() ?? time
        return min(time - Self.horizon - Self.lead, undecided, windows.map(\.from).min() ?? time)
    }
}

extension FoundIncident {
    func isConfirmed(after from: FrameTime, upTo to: FrameTime) -> Bool {
        incident.confirmedAt.map { $0 > from && $0 <= to } ?? false
    }
}
