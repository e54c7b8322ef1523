import FrameCore
import SceneAnalysis
import Violations

/// Observe, then judge: one channel's analyzer and its violation tracker, kept over reconnects. Owned by one thread.
struct ChannelAnalysis {
    /// Dwell that is assumed for a channel without zones, which is watched for its health only.
    private static let restingDwell = Duration.seconds(600)

    private let library: ProfileLibrary
    var analyzer: SceneAnalyzer
    var tracker: ViolationTracker
    private(set) var zones: ZoneSet
    /// What the last frame told.
    private(set) var observation: SceneObservation?
    private(set) var view = ViewCondition.learning(remaining: 0)

    /// - Parameter firstIncidentID: one beyond the last id of an analysis that this one replaces.
    init(library: ProfileLibrary, zones: ZoneSet, firstIncidentID: Int = 1) {
        self.library = library
        self.zones = zones
        let dwell = Self.dwell(zones, library)
        analyzer = SceneAnalyzer(settings: library.analysis, warmUp: Self.warmUp(dwell), stillAfter: Self.stillAfter(dwell))
        tracker = ViolationTracker(zones: zones, rules: library.rules, firstID: firstIncidentID)
    }

    /// The shortest dwell in force.
    var shortestDwell: Duration { Self.dwell(zones, library) }
    var openIncidents: Int { tracker.open.count }
    /// The street is being learned.
    var isLearning: Bool { if case .learning = view { true } else { false } }
    /// Something opened is neither confirmed nor gone.
    var isConfirming: Bool { tracker.open.contains { $0.incident.phase == .opened } }

    /// Confirmed incidents that are still going on.
    var confirmedIncidents: [Incident] { tracker.openIncidents.filter { $0.phase == .confirmed } }

    /// See `SceneAnalyzer.stageProbe`.
    var stageProbe: (@Sendable (AnalysisStage) -> Void)? {
        get { analyzer.stageProbe }
        set { analyzer.stageProbe = newValue }
    }

    mutating func analyze(_ frame: Frame, minuteOfWeek: Int?) -> [IncidentEvent] {
        // Given back before the next, so that the analyzer can use its storage again.
        observation = nil
        let observation = analyzer.analyze(frame)
        self.observation = observation
        view = observation.view
        return tracker.judge(observation, minuteOfWeek: minuteOfWeek, isInfrared: observation.isInfrared)
    }

    /// Puts another version of the zones in force from the next frame on; the analyzer keeps its memory of the street.
    mutating func setZones(_ zones: ZoneSet) {
        self.zones = zones
        tracker = ViolationTracker(zones: zones, rules: library.rules, firstID: tracker.nextID)
    }

    /// What a restart would interrupt; nil while the street is learned.
    ///
    /// - Parameter zonesVersion: of the zones in force.
    func memory(zonesVersion: Int) -> ChannelMemory? {
        guard let archive = analyzer.archive(), let time = analyzer.lastTime else { return nil }
        return ChannelMemory(archive: archive, time: time, zonesVersion: zonesVersion, nextIncidentID: tracker.nextID, open: tracker.open)
    }

    /// Goes on with what was saved `gap` before the frame that will come at `time`. Incidents go on too, if the zones are the
    /// same as then.
    mutating func takeUp(_ memory: ChannelMemory, at time: FrameTime, gap: Duration, zonesVersion: Int) throws(SceneArchiveError) {
        try analyzer.restore(memory.archive, at: time, gap: gap)
        let open = memory.zonesVersion == zonesVersion ? memory.incidents(at: time, gap: gap) : []
        tracker = ViolationTracker(zones: zones, rules: library.rules, firstID: memory.nextIncidentID, open: open)
    }

    private static func dwell(_ zones: ZoneSet, _ library: ProfileLibrary) -> Duration {
        zones.shortestDwell(library.rules) ?? restingDwell
    }

    /// Long enough for nine looks at the street between passers-by, short enough that a short clip has something left.
    static func warmUp(_ dwell: Duration) -> Duration { min(max(dwell, .milliseconds(2500)), .seconds(20)) }

    static func stillAfter(_ dwell: Duration) -> Duration { min(dwell / 2, .seconds(20)) }
}
