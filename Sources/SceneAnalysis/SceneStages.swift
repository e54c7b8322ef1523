public import FrameCore

/// What each stage of the analysis holds after a frame, for people who ask why: `xunjie explain`, masks, tests.
///
/// A copy; making one costs an allocation for each plane, so it is never made while nobody looks.
public struct SceneStages: Sendable {
    /// One region that stands still, believed or not.
    public struct Region: Sendable {
        /// In cells.
        public var box: PixelRect
        public var isPublished: Bool
        public var features: RegionFeatures
    }

    /// All planes have this size: half the analysis frame's, or the same where that is small.
    public var size: PixelSize
    /// The picture after the shake and the light were taken out.
    public var picture: YUV
    /// The street without anything on it.
    public var plate: YUV
    /// What stands before the plate, where something does.
    public var candidate: YUV
    /// 0 background, 1 moving, 2 still.
    public var state: [UInt8]
    /// 1 where an open region keeps its cells.
    public var held: [UInt8]
    /// 1 where burnt-in text was found.
    public var overlay: [UInt8]
    public var regions: [Region]

    /// Three planes of the same size.
    public struct YUV: Sendable {
        public var luma: [UInt8]
        public var cb: [UInt8]
        public var cr: [UInt8]
    }
}

extension SceneAnalyzer {
    /// What the stages hold now; nil while the plate is learned.
    public var stages: SceneStages? {
        guard let memory else { return nil }
        return SceneStages(
            size: cells.size, picture: SceneStages.YUV(luma: cells.luma, cb: cells.cb, cr: cells.cr),
            plate: SceneStages.YUV(
                luma: memory.plateLuma.map { UInt8($0 >> 8) }, cb: memory.plateCb.map { UInt8($0 >> 8) },
                cr: memory.plateCr.map { UInt8($0 >> 8) }),
            candidate: SceneStages.YUV(luma: memory.candidateLuma, cb: memory.candidateCb, cr: memory.candidateCr),
            state: memory.state, held: memory.held, overlay: overlay.mask,
            regions: tracker.tracks.map {
                SceneStages.Region(box: $0.group.box, isPublished: $0.stage == .published, features: $0.wholeFeatures)
            })
    }
}
