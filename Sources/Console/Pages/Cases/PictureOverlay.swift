import Evidence
import FrameCore

/// What is drawn over a still or a clip, in pixels of the camera's picture.
struct PictureOverlay: Sendable {
    let width: Int
    let height: Int
    let boxX: Int
    let boxY: Int
    let boxWidth: Int
    let boxHeight: Int
    let zoneKind: String
    let zonePoints: String
    /// Whether the object was not there yet, so that its box only shows the place.
    var isGhost = false

    /// nil if the manifest does not say how large the picture is.
    init?(_ manifest: EvidenceManifest) {
        let (width, height) = (manifest.channel.width, manifest.channel.height)
        guard width > 0, height > 0 else { return nil }
        let points = manifest.zone.polygon.vertices
            .map { "\(Self.coordinate($0.x, width)),\(Self.coordinate($0.y, height))" }
            .joined(separator: " ")
        let box = manifest.box.rect
        boxX = box.x
        boxY = box.y
        boxWidth = box.width
        boxHeight = box.height
        self.width = width
        self.height = height
        zoneKind = manifest.zone.kind
        zonePoints = points
    }

    var ghost: PictureOverlay {
        var copy = self
        copy.isGhost = true
        return copy
    }

    private static func coordinate(_ part: Double, _ length: Int) -> Int { Int((part * Double(length)).rounded()) }
}
