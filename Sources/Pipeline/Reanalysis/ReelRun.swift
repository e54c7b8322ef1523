import Casework
import Evidence
import FFmpegIO
import FrameCore
import Violations

/// The first pass over one reel, from its last checkpoint on, and the closer looks that it asks for.
struct ReelRun {
    /// What all threads of a run share.
    struct Shared: Sendable {
        var library: ProfileLibrary
        var everyFrame: Bool
        var pool: KeyFramePool
        var stop: StopFlag
        var files: RunFiles
        var inputs: RunInputs
        var board: RunBoard
        /// Checkpoints lie about so far apart in stream time.
        var checkpointInterval: Duration
    }

    let reel: Reel
    let shared: Shared

    /// - Parameter backlog: called after each checkpoint, to do what should not wait longer.
    func run(backlog: () throws -> Void) throws {
        if let result = try shared.files.result(reel: reel.index) {
            // It was through before the run was interrupted.
            report(result.outcomes, seconds: result.outcomes.map(\.seconds).reduce(0, +), found: result.incidents.count)
            try enqueue(result.plans)
            shared.board.reportReelDone()
            return
        }
        let walk = try open()
        var reported = 0
        walk.progress = { [board = shared.board, index = reel.index, unowned walk] _ in
            board.report(reel: index, seconds: walk.log.secondsRead, found: walk.log.incidents.count)
        }
        var planned = walk.candidates?.plans.count ?? 0
        try enqueue(walk.candidates?.plans ?? [])
        while try walk.advance(to: (walk.reached ?? .zero) + shared.checkpointInterval) {
            let time = walk.reached ?? .zero
            walk.candidates?.plan(at: time, incidents: walk.log.incidents)
            let boundary = walk.candidates?.addBoundary(at: time) ?? 1
            try shared.files.save(walk.state, reel: reel.index, boundary: boundary)
            try enqueue(Array(walk.candidates?.plans[planned...] ?? []))
            planned = walk.candidates?.plans.count ?? 0
            try clean(walk, keeping: [boundary], from: walk.candidates?.firstNeededBoundary ?? boundary)
            report(Array(walk.log.outcomes[reported...]), seconds: walk.log.secondsRead, found: walk.log.incidents.count)
            reported = walk.log.outcomes.count
            try backlog()
        }
        walk.candidates?.planRest(end: walk.lastSeen ?? .zero, incidents: walk.log.incidents)
        let plans = walk.candidates?.plans ?? []
        let result = RunFiles.ReelResult(
            incidents: walk.log.incidents, outcomes: walk.log.outcomes, faults: walk.log.faults.spans(end: walk.lastSeen ?? .zero),
            plans: plans)
        try shared.files.save(result, reel: reel.index)
        try clean(walk, keeping: [], from: .max)
        try enqueue(Array(plans[planned...]))
        report(Array(walk.log.outcomes[reported...]), seconds: walk.log.secondsRead, found: walk.log.incidents.count)
        shared.board.reportReelDone()
    }

    /// The closer look at one stretch.
    func run(_ plan: ExcursionPlan) throws {
        let state = plan.boundary > 0 ? try shared.files.state(reel: reel.index, boundary: plan.boundary) : nil
        guard plan.boundary == 0 || state != nil else {
            throw ReanalysisError.folder(
                shared.files.folder.workPath, reason: "the checkpoint \(plan.boundary) of \(reel.channelID) is missing")
        }
        let settings = settings(stills: "excursion-\(plan.index)", from: plan.from)
        let walk = state.map { ReelWalk(reel, settings, from: $0) } ?? ReelWalk(reel, settings)
        try shared.files.save(try Excursion(plan: plan).run(walk), reel: reel.index, plan.index)
    }

    private func open() throws -> ReelWalk {
        let settings = settings(stills: "pass-1", from: nil)
        if let last = shared.files.boundaries(reel: reel.index).last,
            let state = try shared.files.state(reel: reel.index, boundary: last)
        {
            let walk = ReelWalk(reel, settings, from: state)
            report(walk.log.outcomes, seconds: walk.log.secondsRead, found: walk.log.incidents.count)
            return walk
        }
        let walk = ReelWalk(reel, settings)
        walk.candidates = CandidateWatch(stillAfter: ChannelAnalysis.stillAfter(walk.analysis.shortestDwell))
        return walk
    }

    /// - Parameters:
    ///   - stills: goes into their names.
    ///   - from: earlier confirmations are another's affair.
    private func settings(stills: String, from: FrameTime?) -> ReelWalk.Settings {
        let (shared, index) = (shared, reel.index)
        return ReelWalk.Settings(
            library: shared.library, everyFrame: shared.everyFrame, pool: shared.pool, stop: shared.stop,
            willOpen: { file in try shared.inputs.willOpen(file.input, stop: shared.stop) },
            keepStill: { incident, frame in
                if let from, let confirmed = incident.confirmedAt, confirmed <= from { return nil }
                let name = "reel-\(index)-\(stills)-\(incident.id).jpg"
                try shared.files.save(still: JPEGEncoder.encode(frame, quality: 85), named: name)
                return name
            })
    }

    private func enqueue(_ plans: [ExcursionPlan]) throws {
        guard !plans.isEmpty else { return }
        shared.board.reportCandidates(plans.count)
        shared.board.add(try plans.filter { try shared.files.excursion(reel: reel.index, $0.index) == nil }, reel: reel.index)
    }

    /// Removes the checkpoints that nobody will start from.
    private func clean(_ walk: ReelWalk, keeping: [Int], from first: Int) throws {
        let waiting = try (walk.candidates?.plans ?? []).filter { try shared.files.excursion(reel: reel.index, $0.index) == nil }
        let needed = Set(waiting.map(\.boundary) + keeping)
        for boundary in shared.files.boundaries(reel: reel.index) where boundary < first && !needed.contains(boundary) {
            shared.files.removeState(reel: reel.index, boundary: boundary)
        }
    }

    private func report(_ outcomes: [FileOutcome], seconds: Double, found: Int) {
        shared.board.report(reel: reel.index, seconds: seconds, found: found)
        shared.board.reportFiles(outcomes.count, problems: outcomes.flatMap(\.problems))
        for outcome in outcomes { shared.board.addHash(of: outcome.input) }
    }
}
