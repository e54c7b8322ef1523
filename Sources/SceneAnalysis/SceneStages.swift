public import FrameCore

/// What each stage of the analysis holds after a frame, for people who ask why: `xunjie explain`, masks, tests.
///
/// A copy; making one costs an allocation for each plane, so it is never made while nobody looks.
public struct SceneStages: Sendable {
    /// One region that stands still, believed or not.
    public struct Region: Sendable {
        /// As in the observation.
        public var id: Int
        /// In cells.
        public var box: PixelRect
        public var isPublished: Bool
        /// Whether its box kept its place since the look before.
        public var isSteady: Bool
        /// Part of it that is seen now, 0…1.
        public var visible: Double
        /// Since it came, seconds of clear view.
        public var ageSeconds: Double
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
    /// Since what stands before the plate came, seconds of clear view; 0 where nothing does.
    public var ageSeconds: [Float]
    /// What the light was multiplied by, tile by tile, row by row of `lightColumns`; 1 is unchanged.
    public var lightGains: [Float]
    public var lightColumns: Int
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
        let clock = Double(clearTicks) / StreetMemory.ticksPerSecond
        return SceneStages(
            size: cells.size, picture: SceneStages.YUV(luma: cells.luma, cb: cells.cb, cr: cells.cr),
            plate: SceneStages.YUV(
                luma: memory.plateLuma.map { UInt8($0 >> 8) }, cb: memory.plateCb.map { UInt8($0 >> 8) },
                cr: memory.plateCr.map { UInt8($0 >> 8) }),
            candidate: SceneStages.YUV(luma: memory.candidateLuma, cb: memory.candidateCb, cr: memory.candidateCr),
            state: memory.state, held: memory.held, overlay: overlay.mask,
            ageSeconds: memory.hits.indices.map { index in
                memory.hits[index] > 0 ? Float(Double(memory.age(at: index, now: clearTicks)) / StreetMemory.ticksPerSecond) : 0
            },
            lightGains: light.gains.map { Float($0) / 256 }, lightColumns: light.columns,
            regions: tracker.tracks.map { track in
                SceneStages.Region(
                    id: track.id, box: track.group.box, isPublished: track.stage == .published, isSteady: track.steadySamples >= 1,
                    visible: track.visible, ageSeconds: clock - track.bornAt, features: track.wholeFeatures)
            })
    }
}
