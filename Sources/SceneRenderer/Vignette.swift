import FrameCore

/// The lens passes less light towards the corners.
enum Vignette {
    @inline(__always) static func factor(column: Int, row: Int, size: PixelSize) -> Float {
        let x = Float(column) / Float(size.width) * 2 - 1
        let y = Float(row) / Float(size.height) * 2 - 1
        return 1 - 0.13 * (x * x + 0.7 * y * y)
    }
}
