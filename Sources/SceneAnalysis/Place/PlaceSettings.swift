/// The numbers of the second look; `Models/second-look.yaml` has them with their reasons.
public struct PlaceSettings: Codable, Sendable, Hashable {
    /// Fewest pictures that must have shown the view well.
    public var fewestPictures: Int
    /// Mean luma below which, with next to no structure, a picture is dark, levels.
    public var darkLevels: Double
    /// Part of the structure of the picture in the package that must be left; less is out of focus or covered.
    public var leastStructurePart: Double
    /// Part of the structured tiles of the whole view that must look as in the package.
    public var leastViewPart: Double
    /// Farthest shift of the view that is put back, as a part of its width.
    public var farthestShiftPart: Double
    /// Part of the blocks around the place that must look as in the package.
    public var leastSurroundingsPart: Double
    /// Distance, 0…1, from which on a block of the place tells the object from the ground.
    public var tellingDistance: Double
    /// Part of the place's blocks that must tell.
    public var leastTellingPart: Double
    /// Distance, 0…1, from both pictures from which on a block shows something else.
    public var strangeDistance: Double
    /// Largest part that may look like the object for “gone”, and smallest part that must look like the ground.
    public var gone: Gone
    /// Smallest part that looks like the object for “still there”.
    public var there: There
    /// Distance of mean chroma that counts as wholly different, levels.
    public var chromaLevels: Double
    /// Distance of mean light against the surroundings that counts as wholly different, stops.
    public var lightStops: Double
    /// How much a difference of light alone may weigh, 0…1: a shadow is one too.
    public var lightWeight: Double

    public struct Gone: Codable, Sendable, Hashable {
        public var mostObjectPart: Double
        public var leastGroundPart: Double

        private enum CodingKeys: String, CodingKey {
            case mostObjectPart = "most_object_part"
            case leastGroundPart = "least_ground_part"
        }
    }

    public struct There: Codable, Sendable, Hashable {
        public var leastObjectPart: Double

        private enum CodingKeys: String, CodingKey { case leastObjectPart = "least_object_part" }
    }

    private enum CodingKeys: String, CodingKey {
        case fewestPictures = "fewest_pictures"
        case darkLevels = "dark_levels"
        case leastStructurePart = "least_structure_part"
        case leastViewPart = "least_view_part"
        case farthestShiftPart = "farthest_shift_part"
        case leastSurroundingsPart = "least_surroundings_part"
        case tellingDistance = "telling_distance"
        case leastTellingPart = "least_telling_part"
        case strangeDistance = "strange_distance"
        case gone, there
        case chromaLevels = "chroma_levels"
        case lightStops = "light_stops"
        case lightWeight = "light_weight"
    }
}
