/// When a view can be judged, and what is wrong with it otherwise.
public struct ViewSettings: Codable, Sendable, Hashable {
    // MARK: What still looks like the plate

    /// Mean square of the plate's cut-off slopes from which a tile has something to compare.
    public var textureEnergy: Double
    /// Correlation of a tile's slopes with the plate's from which it is alike, and from which there is no doubt.
    public var alikeCorrelation: Double
    public var sureCorrelation: Double
    /// Shares of tiles alike and beyond doubt below which, both, the camera looks elsewhere; and the share alike from which
    /// it is back.
    public var alikeShare: Double
    public var sureShare: Double
    public var returnShare: Double
    /// Tiles with texture below which nothing is compared.
    public var minimumTiles: Int
    // MARK: Covered, blurred

    /// Part of the plate's slope energy below which a tile has lost its texture.
    public var lostEnergy: Double
    /// Share of tiles without their texture from which the lens is covered, and from which it is so at once.
    public var coveredShare: Double
    public var coveredSureShare: Double
    /// Tiles' brightness must correlate with the plate's by this much for lost texture to be blur and not a cover.
    public var blurCorrelation: Double
    /// Edges, and grain, against contrast, all relative to the plate, under which a tile is blurred.
    public var defocusRatio: Double
    public var defocusGrain: Double
    // MARK: Nothing to see

    /// Mean square of slopes up to which a tile is bare, and share of bare tiles in a picture with nothing to see.
    public var bareEnergy: Double
    public var bareShare: Double
    /// Deviation of the tiles' brightness under which a picture is bare though traces of slopes are left.
    public var bareDeviation: Double
    /// Mean luma under which a bare picture is black, and over which it is dazzled.
    public var blackLevel: Double
    public var whiteLevel: Double
    /// Share of tiles without the least slope from which a picture is drawn and not seen, if no more than `streetShare`
    /// of the tiles still are alike.
    ///
    /// `evenShare` is for coloured bars, `greyEvenShare` for a picture without colour.
    public var evenShare: Double
    public var greyEvenShare: Double
    public var streetShare: Double
    /// Distance of the mean chroma from the plate's that makes a bare picture a blue screen.
    public var screenColour: Double
    // MARK: Noise and colour

    /// Grain above the plate's, and change from picture to picture in the calmer tiles, above which a picture is noisy.
    ///
    /// `noiseGrainAgain` is the limit for a picture that is noisy already.
    public var noiseGrain: Double
    public var noiseGrainAgain: Double
    public var noiseChange: Double
    /// Shift of chroma, in the median and at least by half in `castShare` of the tiles, that is a colour cast.
    public var castLevels: Double
    public var castShare: Double
    /// Mean distance of chroma from neutral under which a picture has no colour at all.
    public var greyLevels: Double
    // MARK: Time

    /// Time since the last healthy picture after which a fault is named, seconds.
    public var holdSeconds: Double
    public var frozen: FrozenSettings
    public var overlay: OverlaySettings
    /// After this long in a new steady view the plate is learned anew.
    public var reseedSeconds: Double
    /// How old the picture may be that shakes are measured against, and in how much of the view something may move when a
    /// new one is taken.
    public var referenceSeconds: Double
    public var referenceMovingPart: Double
}

/// When a picture that does not change is frozen and not merely calm.
public struct FrozenSettings: Codable, Sendable, Hashable {
    /// Mean differences to the previous picture, over all and in the tile that changed most, up to which a picture is calm.
    public var difference: Double
    public var tileDifference: Double
    /// A cell that differs by more than this has jumped; more than `jumps` of them in a tile are motion.
    public var jumpLevels: Int
    public var jumps: Int
    /// Part of the view that must have been in motion for `seconds` to be enough.
    public var movingPart: Double
    public var seconds: Double
    /// Part of the tiles that must have been in motion in each of `busyPictures` for `seconds` to be enough, too.
    public var busyPart: Double
    public var busyPictures: Int
    /// Distance of the pictures whose noise is compared, seconds.
    public var noiseSpacing: Double
    /// Noise under which nothing can be told from it, levels.
    public var noiseFloor: Double
    /// Part of the usual noise from which a calm picture is alive, and below which it is dead.
    public var aliveNoise: Double
    public var deadNoise: Double
    /// Time without noise after which a view is frozen though nothing was in motion, seconds.
    public var restSeconds: Double
}
