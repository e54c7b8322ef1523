import FrameCore
import SceneAnalysis
import Violations

extension ChannelAnalysis {
    /// Everything that the next frame's answer depends on, but for the profiles and zones.
    ///
    /// Unlike `ChannelMemory`, which carries what is worth keeping over a break, this carries all: an analysis that goes on from it
    /// gives what this one would have given.
    struct Checkpoint: Codable {
        fileprivate var analyzer: SceneAnalyzer
        fileprivate var open: [ViolationTracker.Carried]
        fileprivate var nextID: Int
    }

    var checkpoint: Checkpoint { Checkpoint(analyzer: analyzer, open: tracker.open, nextID: tracker.nextID) }

    /// - Parameters:
    ///   - library: and `zones`: those of the analysis that the checkpoint is of.
    init(library: ProfileLibrary, zones: ZoneSet, from checkpoint: Checkpoint) {
        self.init(library: library, zones: zones)
        analyzer = checkpoint.analyzer
        tracker = ViolationTracker(zones: zones, rules: library.rules, firstID: checkpoint.nextID, open: checkpoint.open)
    }
}
