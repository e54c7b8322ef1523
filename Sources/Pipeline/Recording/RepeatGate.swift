import FrameCore
import Violations

/// Keeps one place from filling the queue: the same violation at the same place within the interval is a repeat.
///
/// The earlier case learns of it instead (domain practice: re-alarm interval of two hours for each place and type).
/// A pure value.
struct RepeatGate {
    fileprivate struct Seen {
        var kind: ViolationKind
        var zoneID: String
        var box: PixelRect
        var at: FrameTime
        var caseID: String
    }

    fileprivate static let sameOverlap = 0.4

    private let interval: Duration
    private var seen: [Seen] = []

    init(interval: Duration) {
        self.interval = interval
    }

    /// The case that this incident repeats; nil for a new one.
    mutating func earlierCase(for incident: Incident, at time: FrameTime) -> String? {
        seen.removeAll { time - $0.at > interval }
        return seen.first { $0.matches(incident) }?.caseID
    }

    mutating func add(_ incident: Incident, caseID: String, at time: FrameTime) {
        seen.append(Seen(kind: incident.kind, zoneID: incident.zoneID, box: incident.box, at: time, caseID: caseID))
    }
}

extension RepeatGate.Seen {
    fileprivate func matches(_ incident: Incident) -> Bool {
        kind == incident.kind && zoneID == incident.zoneID && box.overlap(incident.box) >= RepeatGate.sameOverlap
    }
}
