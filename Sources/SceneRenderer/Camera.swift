import FrameCore
import Foundation

/// A fixed street camera: a pin-hole with a slight barrel distortion.
struct Camera: Sendable {
    let position: Vector
    let size: PixelSize
    let forward: Vector
    let right: Vector
    let up: Vector
    /// Pixels for a tangent of one.
    let focal: Float
    /// Share by which the picture's half height is drawn inwards at a tangent of one; negative for barrel.
    let barrel: Float

    init(position: Vector, target: Vector, fieldOfViewDegrees: Float, barrel: Float, size: PixelSize) {
        self.position = position
        self.size = size
        self.barrel = barrel
        forward = (target - position).normalised
        right = forward.cross(Vector(0, 1, 0)).normalised
        up = right.cross(forward)
        focal = Float(size.height) / 2 / tan(fieldOfViewDegrees / 2 * .pi / 180)
    }

    /// Where a point is seen: column and row in pixels and its distance along the axis; nil behind the camera.
    @inline(__always) func project(_ point: Vector) -> (x: Float, y: Float, depth: Float)? {
        let offset = point - position
        let depth = offset.dot(forward)
        guard depth > 0.2 else { return nil }
        let tangentX = offset.dot(right) / depth
        let tangentY = offset.dot(up) / depth
        // Far outside the picture the polynomial would fold back.
        let bend = 1 + barrel * min(1.4, tangentX * tangentX + tangentY * tangentY)
        return (
            Float(size.width) / 2 + tangentX * bend * focal, Float(size.height) / 2 - tangentY * bend * focal, depth
        )
    }

    /// The direction seen at a place in the picture (pixels, not rounded).
    func ray(x: Float, y: Float) -> Vector {
        let seenX = (x - Float(size.width) / 2) / focal
        let seenY = (Float(size.height) / 2 - y) / focal
        var tangentX = seenX
        var tangentY = seenY
        for _ in 0..<4 {
            let bend = 1 + barrel * (tangentX * tangentX + tangentY * tangentY)
            tangentX = seenX / bend
            tangentY = seenY / bend
        }
        return (forward + right * tangentX + up * tangentY).normalised
    }

    /// How many pixels high one metre is at `point`.
    func pixelsPerMetre(at point: Vector) -> Float { focal / max(0.3, (point - position).dot(forward)) }
}

extension Camera {
    /// The one that a script's street is seen through.
    init(_ script: SceneScript) {
        let layout = script.layout
        self.init(
            position: layout.cameraPosition, target: layout.cameraTarget, fieldOfViewDegrees: layout.fieldOfViewDegrees,
            barrel: layout.barrel, size: script.size)
    }
}
