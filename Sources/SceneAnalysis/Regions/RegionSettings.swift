/// Which still cells make a region, and when it is believed, rejected and over.
public struct RegionSettings: Codable, Sendable, Hashable {
    /// Smallest area in cells.
    public var minimumCells: Int
    /// Largest area, and largest box, as parts of the view.
    public var maximumShare: Double
    public var maximumBoxShare: Double
    /// Part of its box that any region must fill.
    public var minimumFill: Double
    /// A box larger than this must be filled to this part.
    public var hollowBoxShare: Double
    public var hollowFill: Double
    /// How much later than it came the clock begins at most while somebody still stands over it, seconds.
    public var handoverSeconds: Double
    /// Gap that is joined (cells), difference of age that still joins (seconds).
    public var joinGap: Int
    public var joinAgeSeconds: Double
    /// The same for a part that shows itself after the region was believed.
    public var lateJoinAgeSeconds: Double
    /// How much later a part may show itself that completes what stands there, seconds.
    public var hiddenPartSeconds: Double
    /// Part of a late part's box that must lie in the box of what stands there for it to belong to it.
    public var sameThingOverlap: Double
    /// Part of its fill that a region must keep when a late part beside it joins.
    public var keptFill: Double
    public var minimumStructureChange: Double
    public var maximumCorrelation: Double
    public var minimumLeftEvidence: Double
    /// The same for what stays of something that was believed.
    public var keptLeftEvidence: Double
    /// How much the likeness to the surroundings counts beside the outline, from which contrast in the plate on (levels; in full
    /// at twice that), and for regions of at least so many cells.
    public var surroundingsWeight: Double
    public var calmPlate: Double
    public var surroundingsCells: Int
    public var minimumVisibleShare: Double
    /// Overlap of boxes from which a group is the region seen before, and from which it kept its place.
    public var sameRegionOverlap: Double
    public var steadyOverlap: Double
    /// Cleared: share of the region's cells that show the plate again, and for how long.
    public var clearedShare: Double
    public var clearedSeconds: Double
    /// Part of its cells that must show the plate, and part that must not, for the region to shrink to what stays.
    public var partGoneShare: Double
    /// After this long without a sight of thing or plate the region is given up.
    public var lostSeconds: Double
    /// Part of a region that must look as the plate did before an absorption for the street to be back.
    public var formerShare: Double
    /// Samples in a row that must call a region light or ghost before it is taken into the plate.
    public var absorbAfterRejections: Int
}
