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
    // MARK: Covered, blurred, dark

    /// Part of the plate's slope energy below which a tile has lost its texture.
    public var lostEnergy: Double
    /// Share of tiles without their texture from which the lens is covered, and from which it is so at once.
    public var coveredShare: Double
    public var coveredSureShare: Double
    /// Tiles' brightness must correlate with the plate's by this much for lost texture to be blur and not a cover.
    public var blurCorrelation: Double
    /// Edges against contrast, both relative to the plate, under which a view is defocused.
    public var defocusRatio: Double
    /// Mean luma under which a picture without texture is black.
    public var blackLevel: Double
    // MARK: Noise, colour, signal

    /// Grain above the plate's, and change from picture to picture in the calmer tiles, above which a picture is noisy.
    public var noiseGrain: Double
    public var noiseChange: Double
    /// Shift of chroma, in the median and at least by half in `castShare` of the tiles, that is a colour cast.
    public var castLevels: Double
    public var castShare: Double
    /// Mean distance of chroma from neutral under which a picture has no colour at all.
    public var greyLevels: Double
    /// Share of tiles without the least slope from which there is no signal.
    public var emptyShare: Double
    /// Distance of chroma from neutral that makes a picture without texture a blue screen.
    public var screenColour: Double
    // MARK: Time

    /// Time since the last healthy picture after which a fault is named, seconds.
    public var holdSeconds: Double
    public var frozen: FrozenSettings
    public var overlay: OverlaySettings
    /// After this long in a new steady view the plate is learned anew.
    public var reseedSeconds: Double
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
