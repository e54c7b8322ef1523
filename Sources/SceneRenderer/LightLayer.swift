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
                plane[row * size.width + column] =
                    pass[row * size.width + column] * centre + (pass[above + column] + pass[below + column]) * side
            }
        }
    }

    @inline(__always) mutating func scale(_ factor: Float, at index: Int) {
        red[index] *= factor
        green[index] *= factor
        blue[index] *= factor
    }
}
