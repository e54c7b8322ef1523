public import FrameCore
import SceneAnalysis
import Synchronization
public import Violations

/// Times the whole analysis of a clip, from the scaled picture to the incident, on one thread; decoding is left out.
public struct AnalysisBench: Sendable {
    /// What was measured. Times are processor time for each frame after the plate was learned.
    public struct Result: Encodable, Sendable {
        public var clip: String
        public var width: Int
        public var height: Int
        public var frames: Int
        public var runs: Int
        public var median_ms: Double
        public var min_ms: Double
        public var ns_per_pixel: Double
        /// Mean heap allocations for each frame, and how many frames allocated at all.
        public var allocations_per_frame: Double
        public var allocating_frames: Int
        public var incidents: Int
        /// Mean milliseconds for each stage; nil if not asked for.
        public var stages_ms: [String: Double]?
        public var machine: BenchMachine
        public var flags: BenchFlags
    }

    /// Frames after the plate is learned that still may fill up storage which later ones reuse.
    private static let settlingFrames = 10

    private let library: ProfileLibrary
    private let zones: ZoneSet
    private let flags: BenchFlags
    private let allocations: @Sendable () -> UInt64

    /// - Parameter allocations: how often the calling thread has allocated memory so far.
    public init(library: ProfileLibrary, zones: ZoneSet, flags: BenchFlags, allocations: @escaping @Sendable () -> UInt64) {
        self.library = library
        self.zones = zones
        self.flags = flags
        self.allocations = allocations
    }

    /// One zone over the whole view that looks for everything on a pavement, so that the judgement is timed, too.
    ///
    /// - Parameter dwellSeconds: also sets how often the clip is looked at: ten seconds give two frames a second.
    public static func wholeView(dwellSeconds: Double) throws -> ZoneSet {
        let corners = [(0.0, 0.0), (1.0, 0.0), (1.0, 1.0), (0.0, 1.0)].map { UnitPoint(x: $0.0, y: $0.1) }
        return ZoneSet(zones: [Zone(id: "view", kind: .pavement, polygon: try Polygon(corners))], dwellSeconds: dwellSeconds)
    }

    /// - Parameters:
    ///   - bound: the largest size of a frame; nil for the size that the product uses.
    ///   - runs: how often the whole clip is analysed for the times.
    /// - Throws: what reading the clip throws, and `BenchError` for one that is too short.
    public func run(path: String, bound: PixelSize?, runs: Int, withStages: Bool) throws -> Result {
        precondition(runs > 0)
        let attention = AttentionPolicy(dwell: ChannelAnalysis(library: library, zones: zones).shortestDwell, everyPacket: true)
        let frames = try ClipFrames(path: path, bound: bound, attention: attention).frames
        let (start, incidents, counts) = watchAllocations(frames)
        guard start < frames.count else { throw BenchError.tooShort(path) }
        var timing = BenchTiming()
        for _ in 0..<runs { timing.add(time(frames, from: start)) }
        let pixels = Double(frames[0].size.area)
        return Result(
            clip: path, width: frames[0].size.width, height: frames[0].size.height, frames: frames.count - start, runs: runs,
            median_ms: timing.median / 1e6, min_ms: timing.least / 1e6, ns_per_pixel: timing.least / pixels,
            allocations_per_frame: Double(counts.reduce(0, +)) / Double(counts.count), allocating_frames: counts.count { $0 > 0 },
            incidents: incidents, stages_ms: withStages ? stageTimes(frames, from: start) : nil, machine: BenchMachine(), flags: flags)
    }

    /// Where the settled part of the clip begins, how many incidents it holds, and the allocations of each settled frame.
    private func watchAllocations(_ frames: [Frame]) -> (start: Int, incidents: Int, counts: [UInt64]) {
        var analysis = ChannelAnalysis(library: library, zones: zones)
        var start = frames.count
        var incidents = 0
        var counts: [UInt64] = []
        counts.reserveCapacity(frames.count)
        for (index, frame) in frames.enumerated() {
            let before = allocations()
            let events = analysis.analyze(frame, minuteOfWeek: nil)
            if index >= start { counts.append(allocations() - before) }
            if start == frames.count, analysis.view.isClear { start = min(index + 1 + Self.settlingFrames, frames.count) }
            for event in events { if case .confirmed = event { incidents += 1 } }
        }
        return (start, incidents, counts)
    }

    /// Nanoseconds for each frame from `start` on.
    private func time(_ frames: [Frame], from start: Int) -> Double {
        var analysis = ChannelAnalysis(library: library, zones: zones)
        for frame in frames[..<start] { _ = analysis.analyze(frame, minuteOfWeek: nil) }
        let begin = BenchTiming.threadTime
        for frame in frames[start...] { _ = analysis.analyze(frame, minuteOfWeek: nil) }
        return (BenchTiming.threadTime - begin) / Double(frames.count - start)
    }

    private func stageTimes(_ frames: [Frame], from start: Int) -> [String: Double] {
        var analysis = ChannelAnalysis(library: library, zones: zones)
        for frame in frames[..<start] { _ = analysis.analyze(frame, minuteOfWeek: nil) }
        let watch = StageWatch()
        analysis.stageProbe = { watch.end($0) }
        for frame in frames[start...] {
            watch.begin()
            _ = analysis.analyze(frame, minuteOfWeek: nil)
            watch.finish()
        }
        return watch.means(frames: frames.count - start)
    }
}

/// Why a clip gave no figures.
public enum BenchError: Error, Sendable, CustomStringConvertible {
    case tooShort(String)

    public var description: String {
        switch self {
        case .tooShort(let path): "\(path): ends before the street is learned; a benchmark needs a longer clip"
        }
    }
}

/// Adds up how long each stage of the frames took.
private final class StageWatch: Sendable {
    private struct Sums {
        var last = 0.0
        var stages = [Double](repeating: 0, count: AnalysisStage.allCases.count)
        var judgement = 0.0
    }

    private let sums = Mutex(Sums())

    func begin() {
        sums.withLock { $0.last = BenchTiming.cheapTime }
    }

    func end(_ stage: AnalysisStage) {
        sums.withLock { sums in
            let now = BenchTiming.cheapTime
            sums.stages[AnalysisStage.allCases.firstIndex(of: stage) ?? 0] += now - sums.last
            sums.last = now
        }
    }

    /// What follows the last stage is the answer and the judgement by zones and rules.
    func finish() {
        sums.withLock { $0.judgement += BenchTiming.cheapTime - $0.last }
    }

    /// Milliseconds a frame by the stage's name.
    func means(frames: Int) -> [String: Double] {
        sums.withLock { sums in
            var means = ["judgement": sums.judgement / Double(frames) / 1e6]
            for (stage, sum) in zip(AnalysisStage.allCases, sums.stages) { means[stage.rawValue] = sum / Double(frames) / 1e6 }
            return means
        }
    }
}
