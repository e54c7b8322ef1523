/// How a foreground mask for people's eyes is made of what is unlike the plate; the live analysis does without.
public struct ForegroundSettings: Codable, Sendable, Hashable {
    /// How much more of the view must be like the plate with the light taken out place by place than with one light for all,
    /// 0…1.
    public var localLightGain: Double
    /// Part of the threshold from which a cell joins what is clearly unlike the plate, 0…1.
    public var weakPart: Double
    /// Part of a weak patch that must be clear, 0…1.
    public var clearShare: Double
    /// Side of the median over the cells, odd.
    public var medianSide: Int
}
