import FrameCore

/// The standing street as the camera sees it, split by kind of light so that each can change by itself.
struct Plate: Sendable {
    let size: PixelSize
    /// Light of the sky, and what it throws on.
    var ambient: LightLayer
    /// Light of the sun where no standing solid thing is in its way; leaves are left out, since they move.
    var sun: LightLayer
    /// Light from within the shops and from signs.
    var shops: LightLayer
    /// Light of the street lamps.
    var lamps: LightLayer
    /// Part of the light thrown back, as brightness.
    var albedo: [Float]
    /// Along the camera's axis, metres.
    var depth: [Float]
    /// The place in the world seen by each pixel's centre.
    var place: [Vector]
    /// 1 where a pixel looks up from the ground, 0 where it looks at a wall.
    var upward: [Float]
    /// Part of the pixel that leaves fill.
    var leafShare: [Float]

    init(size: PixelSize) {
        self.size = size
        let count = size.area
        ambient = LightLayer(count: count)
        sun = ambient
        shops = ambient
        lamps = ambient
        albedo = [Float](repeating: 0, count: count)
        depth = albedo
        place = [Vector](repeating: .zero, count: count)
        upward = albedo
        leafShare = albedo
    }
}

extension Plate {
    /// Applies the lens's fall-off to every layer once.
    mutating func darkenCorners() {
        for row in 0..<size.height {
            for column in 0..<size.width {
                let index = row * size.width + column
                let factor = Vignette.factor(column: column, row: row, size: size)
                ambient.scale(factor, at: index)
                sun.scale(factor, at: index)
                shops.scale(factor, at: index)
                lamps.scale(factor, at: index)
            }
        }
    }
}
