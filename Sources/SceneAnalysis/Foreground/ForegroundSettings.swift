/// How a foreground mask for people's eyes is made of what is unlike the plate; the live analysis does without.
public struct ForegroundSettings: Codable, Sendable, Hashable {
    /// Part of the threshold from which a cell joins what is clearly unlike the plate, 0…1.
    public var weakPart: Double
    /// Part of a weak patch that must be clear, 0…1.
    public var clearShare: Double
    /// Side of the median over the cells, odd.
    public var medianSide: Int
}
