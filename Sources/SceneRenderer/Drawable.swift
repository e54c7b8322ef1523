/// Where a body stands and how its shade lies, for the compositor.
struct Drawable: Sendable {
    var origin: Vector
    var headingRadians: Float
    /// Half extents on the ground along and across the heading.
    var footprint: (x: Float, z: Float)
    /// Part of the sky's light that it takes from the ground below it.
    var shade: Float
}
