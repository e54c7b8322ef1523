import FrameCore
import SceneAnalysis
import Violations

extension Incident {
    /// What was measured of the object, as manifests and findings keep it: all numbers that profiles set limits to and that a
    /// region has by itself, each name with its unit.
    package var measurements: [String: Double] {
        var values = [
            "stillSeconds": ((confirmedAt ?? firstStill) - firstStill).inSeconds, "areaPart": features.area, "fillPart": features.fill,
            "aspectRatio": features.aspect, "heightPart": features.height, "textureLevels": features.texture,
            "colourfulnessLevels": features.colourfulness, "structureChangePart": features.structureChange,
            "leftEvidenceLog": features.leftEvidence, "stirPart": features.stir, "swayPixels": features.sway,
            "companyPart": features.company, "droppedPart": features.dropped, "cameWholePart": features.cameWhole,
            "thinnessPart": features.thinness, "overhangPart": features.overhang, "repetitionPart": features.repetition,
            "scorePart": score,
        ]
        values["areaSquareMetres"] = areaSquareMetres
        // JSON has no infinity.
        return values.filter(\.value.isFinite)
    }
}
