/// A point, direction or linear colour; metres with x along the street, y up and z away from the shop fronts.
typealias Vector = SIMD3<Float>

extension SIMD3 where Scalar == Float {
    @inline(__always) func dot(_ other: Vector) -> Float { x * other.x + y * other.y + z * other.z }

    @inline(__always) func cross(_ other: Vector) -> Vector {
        Vector(y * other.z - z * other.y, z * other.x - x * other.z, x * other.y - y * other.x)
    }

    @inline(__always) var length: Float { dot(self).squareRoot() }

    /// Of length one; the zero vector stays as it is.
    @inline(__always) var normalised: Vector {
        let size = length
        return size > 0 ? self * (1 / size) : self
    }

    /// A grey of this value.
    static func grey(_ value: Float) -> Vector { Vector(value, value, value) }

    /// Brightness of a linear colour (ITU-R BT.709 primaries).
    var brightness: Float { 0.2126 * x + 0.7152 * y + 0.0722 * z }
}

@inline(__always) func mix(_ a: Float, _ b: Float, _ part: Float) -> Float { a + (b - a) * part }

@inline(__always) func mix(_ a: Vector, _ b: Vector, _ part: Float) -> Vector { a + (b - a) * part }

@inline(__always) func clamp(_ value: Float, _ low: Float = 0, _ high: Float = 1) -> Float {
    value < low ? low : (value > high ? high : value)
}

/// 0 below `low`, 1 above `high`, smooth between them.
@inline(__always) func smoothStep(_ low: Float, _ high: Float, _ value: Float) -> Float {
    let part = clamp((value - low) / (high - low))
    return part * part * (3 - 2 * part)
}

/// The largest whole number not above `value`, without a call to the C library.
@inline(__always) func floorIndex(_ value: Float) -> Int {
    let cut = Int(value)
    return value < Float(cut) ? cut &- 1 : cut
}
