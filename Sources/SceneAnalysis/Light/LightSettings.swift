/// How the light of a picture is measured against the plate's.
public struct LightSettings: Codable, Sendable, Hashable {
    /// Tiles of this many cells, a power of two; the median goes over `reach` tiles in each direction.
    public var tile: Int
    public var reach: Int
    /// A gain outside 1/`limit`…`limit` is no light change.
    public var limit: Double
}
