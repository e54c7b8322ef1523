/// One feature and the range it must lie in.
public struct FeatureRange: Codable, Sendable, Hashable {
    public enum Feature: String, Codable, Sendable, CaseIterable {
        case area, fill, aspect, height, texture, colourfulness, stir, sway, company, dropped, thinness, overhang
        case repetition
        case cameWhole = "came_whole"
        // In metres, by the scale of the ground; they hold where there is none.
        case squareMetres = "square_metres"
        case widthMetres = "width_m"
        case heightMetres = "height_m"
        // Against the zone's line; they hold where none is drawn.
        case lineDistance = "line_distance_m"
        case lift = "lift_m"

        /// Whether it says where something stands, not what it looks like.
        var isPlace: Bool { self == .lineDistance || self == .lift }
    }

    public var feature: Feature
    public var from: Double?
    public var to: Double?
    /// True where the range must hold even if the ground scale is as wrong as it may be; otherwise it is enough that it may
    /// hold.
    public var surely: Bool?

    /// The keys of a range in a profile.
    public enum CodingKeys: String, CodingKey, CaseIterable { case feature, from, to, surely }

    /// Whether the range holds for a region that stands as `placement` says.
    func holds(for placement: RegionPlacement) -> Bool {
        guard let value = placement.value(of: feature) else { return true }
        let slack = placement.uncertainty(of: feature)
        let factor = surely == true ? 1 / slack : slack
        return value * factor >= from ?? -.infinity && value / factor <= to ?? .infinity
    }
}
