import Foundation
public import SceneAnalysis

/// `Models/second-look.yaml`.
public enum SecondLookSettings {
    public static let fileName = "second-look.yaml"

    /// - Throws: `SettingsError` with file and line.
    public static func load(folder: String) throws(SettingsError) -> PlaceSettings {
        let path = folder + "/" + fileName
        let settings = try ConfigFile.read(PlaceSettings.self, path)
        func check(_ isRight: Bool, _ reason: String) throws(SettingsError) {
            guard isRight else { throw SettingsError(file: path, line: nil, reason: reason) }
        }
        let parts = [
            settings.leastStructurePart, settings.leastViewPart, settings.leastSurroundingsPart, settings.tellingDistance,
            settings.leastTellingPart, settings.strangeDistance, settings.gone.mostObjectPart, settings.gone.leastGroundPart,
            settings.there.leastObjectPart, settings.lightWeight,
        ]
        try check(parts.allSatisfy { (0...1).contains($0) }, "parts, distances and weights are from 0 to 1")
        try check((0...0.2).contains(settings.farthestShiftPart), "farthest_shift_part is from 0 to 0.2")
        try check((3...15).contains(settings.fewestPictures), "fewest_pictures is from 3 to 15")
        try check(
            settings.gone.mostObjectPart < settings.there.leastObjectPart, "gone.most_object_part must be below there.least_object_part")
        try check(settings.chromaLevels > 0 && settings.lightStops > 0, "chroma_levels and light_stops are above 0")
        try check((0...255).contains(settings.darkLevels), "dark_levels is from 0 to 255")
        return settings
    }
}
