/// The light of a street lamp: a warm lantern over the kerb, shining down.
enum StreetLamp {
    static let tint = Vector(1.0, 0.72, 0.42)

    static func head(x: Float, layout: StreetLayout) -> Vector { Vector(x, 6.35, layout.pavementWidth + 1.15) }

    /// Light on a surface, in the measure of the sky's light on open ground at noon.
    @inline(__always) static func light(on point: Vector, normal: Vector, lamp: Vector) -> Float {
        let offset = lamp - point
        let square = offset.dot(offset)
        let direction = offset * (1 / square.squareRoot())
        let facing = max(0, normal.dot(direction))
        let beam = smoothStep(0.1, 0.75, direction.y)
        return 11 * facing * beam / (square + 2)
    }
}
