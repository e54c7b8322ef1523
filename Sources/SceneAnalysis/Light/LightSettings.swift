/// How the light of a picture is measured against the plate's.
public struct LightSettings: Codable, Sendable, Hashable {
    /// Tiles of this many cells, a power of two; the median goes over `reach` tiles in each direction.
    public var tile: Int
    public var reach: Int
    /// A gain outside 1/`limit`…`limit` is no light change.
    public var limit: Double
    /// A step of the light: so many stops between two pictures, one way, in so large a part of the tiles; and how long it
    /// must have been at rest before it counts as over.
    public var stepStops: Double
    public var stepShare: Double
    public var settleSeconds: Double
    /// Part of the background that a plate may fail to explain after a step before another plate is taken.
    public var maximumUnexplained: Double
    /// Plates of other lights that are kept.
    public var keptPlates: Int
}
