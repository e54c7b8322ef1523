/// The numbers of the scene analysis, read from `Models/scene.yaml`, which says where each comes from.
public struct AnalysisSettings: Codable, Sendable, Hashable {
    /// Light: tiles of this many cells, median over `lightReach` tiles in each direction.
    public var lightTile: Int
    public var lightReach: Int
    /// A gain outside 1/`lightLimit`…`lightLimit` is no light change.
    public var lightLimit: Double

    public var thresholdSlope: Double
    public var thresholdBase: Int
    public var thresholdLow: Int
    public var thresholdHigh: Int
    public var noiseFactor: Int
    public var chromaWeight: Int
    /// Time constant of the plate and of the noise estimate, seconds.
    public var plateSeconds: Double
    public var noiseSeconds: Double
    /// How long at most a candidate's time is counted, seconds.
    public var hitCapSeconds: Double

    /// Share of textured tiles that must still look like the plate.
    public var viewMinimumShare: Double
    public var viewTileCorrelation: Double
    /// Luma deviation under which a view is black.
    public var blackDeviation: Double
    /// Sharpness against the plate under which a view is defocused.
    public var defocusRatio: Double
    /// Mean difference to the previous frame under which the picture is frozen, and for how long it must be so.
    public var frozenDifference: Double
    /// The same for the tile that changed most.
    public var frozenTileDifference: Double
    public var frozenSeconds: Double
    /// Part of the view that must have been in motion for `frozenSeconds` to be enough; else it takes `frozenRestSeconds`.
    public var frozenMovingPart: Double
    public var frozenRestSeconds: Double
    /// After this long in a new steady view the plate is learned anew.
    public var reseedSeconds: Double

    /// Region: smallest area in cells, gap that is joined (cells), difference of age that still joins (seconds).
    public var minimumCells: Int
    public var joinGap: Int
    public var joinAgeSeconds: Double
    public var minimumStructureChange: Double
    public var maximumCorrelation: Double
    public var minimumLeftEvidence: Double
    public var minimumVisibleShare: Double
    public var steadyOverlap: Double
    /// Cleared: share of the region's cells that show the plate again, and for how long.
    public var clearedShare: Double
    public var clearedSeconds: Double
    /// After this long without a sight of thing or plate the region is given up.
    public var lostSeconds: Double
    /// Samples in a row that must call a region light or ghost before it is taken into the plate.
    public var absorbAfterRejections: Int
}
