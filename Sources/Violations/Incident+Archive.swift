package import FrameCore
internal import SceneAnalysis

extension Incident {
    /// A confirmed incident as a run's record tells it, whose region nobody holds any more: its features are not known.
    package init(
        archived kind: ViolationKind, zoneID: String, box: PixelRect, frameSize: PixelSize, firstStill: FrameTime, confirmedAt: FrameTime,
        clearedAt: FrameTime?, dwell: Duration
    ) {
        self.init(
            id: 1, kind: kind, zoneID: zoneID, phase: clearedAt == nil ? .confirmed : .cleared, box: box, frameSize: frameSize,
            firstStill: firstStill, confirmedAt: confirmedAt, clearedAt: clearedAt, dwell: dwell, features: .init())
    }
}
