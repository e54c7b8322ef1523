import FrameCore

/// The rectangle of pixels that a body may touch.
struct SceneBox {
    let camera: Camera

    /// Nil where the body is out of sight; parts behind the camera are left out.
    func bounds(of mesh: Mesh) -> PixelRect? {
        var lowX = Float.greatestFiniteMagnitude
        var lowY = lowX
        var highX = -lowX
        var highY = -lowX
        for position in mesh.positions {
            guard let seen = camera.project(position) else { continue }
            lowX = min(lowX, seen.x)
            highX = max(highX, seen.x)
            lowY = min(lowY, seen.y)
            highY = max(highY, seen.y)
        }
        let width = Float(camera.size.width)
        let height = Float(camera.size.height)
        guard highX > 0, highY > 0, lowX < width, lowY < height else { return nil }
        let left = floorIndex(clamp(lowX, 0, width))
        let top = floorIndex(clamp(lowY, 0, height))
        let right = floorIndex(clamp(highX + 1, 0, width))
        let bottom = floorIndex(clamp(highY + 1, 0, height))
        return right > left && bottom > top ? PixelRect(x: left, y: top, width: right - left, height: bottom - top) : nil
    }
}
