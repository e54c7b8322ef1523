import FrameCore

/// One kind of light on the standing street, as a linear picture in three planes.
struct LightLayer: Sendable {
    var red: [Float]
    var green: [Float]
    var blue: [Float]

    init(count: Int) {
        red = [Float](repeating: 0, count: count)
        green = red
        blue = red
    }

    @inline(__always) mutating func add(_ colour: Vector, at index: Int) {
        red[index] += colour.x
        green[index] += colour.y
        blue[index] += colour.z
    }

    @inline(__always) subscript(index: Int) -> Vector { Vector(red[index], green[index], blue[index]) }

    /// The lens is not perfectly sharp: a three by three blur whose neighbours weigh `side` each way.
    mutating func blur(size: PixelSize, side: Float) {
        Self.blur(&red, size: size, side: side)
        Self.blur(&green, size: size, side: side)
        Self.blur(&blue, size: size, side: side)
    }

    private static func blur(_ plane: inout [Float], size: PixelSize, side: Float) {
        let centre = 1 - 2 * side
        var pass = plane
        for row in 0..<size.height {
            for column in 0..<size.width {
                let left = row * size.width + max(0, column - 1)
                let right = row * size.width + min(size.width - 1, column + 1)
                pass[row * size.width + column] = plane[row * size.width + column] * centre + (plane[left] + plane[right]) * side
            }
        }
        for row in 0..<size.height {
            let above = max(0, row - 1) * size.width
            let below = min(size.height - 1, row + 1) * size.width
            for column in 0..<size.width {
                plane[row * size.width + column] = pass[row * size.width + column] * centre + (pass[above + column] + pass[below + column]) * side
            }
        }
    }
}

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
