public import FrameCore

/// What one frame told: how the view is, and what stands still in it. Knows pixels, not law.
public struct SceneObservation: Sendable {
    public var time: FrameTime
    public var view: ViewCondition
    /// Size of the analysis frame that `regions` are given in.
    public var frameSize: PixelSize
    /// Everything that stands still and was verified, oldest first.
    public var regions: [StillRegion]
    /// Everything else that is not the street itself, in pixels of the analysis frame: who moves, or has not stood for long;
    /// empty unless the view is clear.
    public var movers: [PixelRect]
    /// Regions that ended with this frame because the plate came back.
    public var cleared: [StillRegion]
    /// Whether the street is seen without colour, as a camera does by infrared.
    public var isInfrared: Bool
    /// Ids of regions that stand where the camera does not look now: they go on, unseen.
    public var outOfView: [Int]

    public init(
        time: FrameTime, view: ViewCondition, frameSize: PixelSize, regions: [StillRegion] = [], movers: [PixelRect] = [],
        cleared: [StillRegion] = [],
        isInfrared: Bool = false, outOfView: [Int] = []
    ) {
        self.time = time
        self.view = view
        self.frameSize = frameSize
        self.regions = regions
        self.movers = movers
        self.cleared = cleared
        self.isInfrared = isInfrared
        self.outOfView = outOfView
    }
}

/// Whether the picture can be judged at all.
public enum ViewCondition: Hashable, Sendable {
    /// The plate is being learned; `remaining` seconds to go.
    case learning(remaining: Double)
    case clear
    /// Candidates are held, nothing is counted.
    case fault(ViewFault)

    public var isClear: Bool { self == .clear }
}

/// Faults of a view, named as video-quality diagnosis names them.
public enum ViewFault: String, Hashable, Sendable, Codable, CaseIterable {
    /// Dark, and nothing to see.
    case black
    /// The same picture again and again.
    case frozen
    /// The lens, or a good part of it, is covered, sprayed or dazzled.
    case blocked
    case defocused
    /// The camera looks elsewhere.
    case shifted
    /// Snow, or noise far above the camera's own.
    case noisy
    /// The whole view is tinted.
    case colourCast = "colour-cast"
    /// What a recorder draws in place of a picture: a blue or grey screen, colour bars.
    case signalLost = "signal-lost"
}

/// Something that came, stays where it is, and is no light, shadow or ghost.
public struct StillRegion: Sendable, Hashable, Identifiable {
    /// Stable while the region lives, also under occlusion; unique within one analyzer.
    public var id: Int
    /// In pixels of the analysis frame.
    public var box: PixelRect
    /// First seen at this place.
    public var since: FrameTime
    /// Time for which it counted as still: covered or unhealthy time is left out.
    public var stillFor: Duration
    /// Part of it that is visible now, 0…1.
    public var visible: Double
    public var features: RegionFeatures

    public init(id: Int, box: PixelRect, since: FrameTime, stillFor: Duration, visible: Double, features: RegionFeatures) {
        self.id = id
        self.box = box
        self.since = since
        self.stillFor = stillFor
        self.visible = visible
        self.features = features
    }
}

/// What a region looks like; all are pure numbers over its cells.
public struct RegionFeatures: Codable, Sendable, Hashable {
    /// Area as a part of the view, 0…1.
    public var area: Double
    /// Part of the box that the region fills, 0…1.
    public var fill: Double
    /// Width of the box by its height, in pixels.
    public var aspect: Double
    /// Height of the box as a part of the view's height, 0…1.
    public var height: Double
    /// Mean length of the luma gradient inside, levels per cell.
    public var texture: Double
    /// Mean distance of chroma from grey, levels.
    public var colourfulness: Double
    /// Share of gradients that changed against the plate, 0…1.
    public var structureChange: Double
    /// Normalised cross-correlation with the plate, −1…1.
    public var correlation: Double
    /// Log ratio of boundary contrast now and in the plate: above 0 for what was left, below for what was removed.
    public var leftEvidence: Double
    /// Mean share of its cells that changed from sample to sample, 0…1: things keep still, people sway.
    public var stir: Double
    /// How far its upper, middle and lower parts shift sideways against each other from sample to sample, pixels of the
    /// analysis frame: under about 0.25 for rigid things, more for people who stand.
    public var sway: Double
    /// Part of its life in which something moved or stood beside it, 0…1: who sells stays with the goods.
    public var company: Double
    /// 1 if it split from something that moved on: somebody put it down. 0 if it came whole or nobody saw it come.
    public var dropped: Double
    /// 1 if something of its own size came here and stopped: a person, a car. 0 if not, or if nobody saw it come.
    public var cameWhole: Double
    /// Part of it that stands in members under three cells across, 0…1: spokes, frames, rails.
    public var thinness: Double
    /// How much narrower it gets below its widest part, 0…1: umbrellas and tables do, piles do not.
    public var overhang: Double
    /// How regularly its upright edges repeat from left to right, 0…1: a row of bikes.
    public var repetition: Double

    public init(
        area: Double = 0, fill: Double = 0, aspect: Double = 1, height: Double = 0, texture: Double = 0,
        colourfulness: Double = 0, structureChange: Double = 0, correlation: Double = 0, leftEvidence: Double = 0,
        stir: Double = 0, sway: Double = 0, company: Double = 0, dropped: Double = 0, cameWhole: Double = 0, thinness: Double = 0,
        overhang: Double = 0, repetition: Double = 0
    ) {
        self.area = area
        self.fill = fill
        self.aspect = aspect
        self.height = height
        self.texture = texture
        self.colourfulness = colourfulness
        self.structureChange = structureChange
        self.correlation = correlation
        self.leftEvidence = leftEvidence
        self.stir = stir
        self.sway = sway
        self.company = company
        self.dropped = dropped
        self.cameWhole = cameWhole
        self.thinness = thinness
        self.overhang = overhang
        self.repetition = repetition
    }
}
