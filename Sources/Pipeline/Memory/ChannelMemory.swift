import FrameCore
import SceneAnalysis
import Violations

/// What one channel knows of its street and is in the middle of: worth hours, kept over restarts.
struct ChannelMemory: Sendable {
    /// Of `SceneAnalyzer.archive()`.
    var archive: [UInt8]
    /// The channel's time when it was saved.
    var time: FrameTime
    var zonesVersion: Int
    var nextIncidentID: Int
    var open: [ViolationTracker.Carried]
    /// The case of each confirmed incident, by the incident's id.
    var cases: [Int: String] = [:]

    init(archive: [UInt8], time: FrameTime, zonesVersion: Int, nextIncidentID: Int, open: [ViolationTracker.Carried]) {
        self.archive = archive
        self.time = time
        self.zonesVersion = zonesVersion
        self.nextIncidentID = nextIncidentID
        self.open = open
    }

    /// The open incidents in a time in which the moment of saving lies `gap` before `next`.
    func incidents(at next: FrameTime, gap: Duration) -> [ViolationTracker.Carried] {
        let shift = (next - gap) - time
        return open.map { carried in
            var moved = carried
            moved.incident.firstStill = carried.incident.firstStill + shift
            moved.incident.confirmedAt = carried.incident.confirmedAt.map { $0 + shift }
            return moved
        }
    }
}
