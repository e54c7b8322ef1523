/// When a view can be judged, and what is wrong with it otherwise.
public struct ViewSettings: Codable, Sendable, Hashable {
    /// Share of textured tiles that must still look like the plate.
    public var minimumShare: Double
    public var tileCorrelation: Double
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
}
