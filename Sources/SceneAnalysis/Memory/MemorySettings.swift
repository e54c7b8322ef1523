/// What counts as unlike the plate, and how fast plate and noise follow.
public struct MemorySettings: Codable, Sendable, Hashable {
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
    /// How old a saved memory of the street may be to be taken up again, hours.
    public var keepHours: Double
}
