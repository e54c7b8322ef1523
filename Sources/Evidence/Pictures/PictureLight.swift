public import FrameCore

/// Light, contrast and sharpness of a picture, from its luma.
public struct PictureLight: Hashable, Sendable {
    /// 0…255, in the picture's own range.
    public var lumaLevel: Double
    /// Standard deviation, levels.
    public var contrastLevels: Double
    /// Mean step between neighbours by the contrast; `Config/evidence.yaml` has figures. Falls with the picture's size.
    public var sharpness: Double

    /// Samples every second row.
    public init(of frame: Frame) {
        let plane = frame.luma
        var sum = 0
        var square = 0
        var steps = 0
        var count = 0
        plane.bytes.withUnsafeBufferPointer { bytes in
            for row in stride(from: 0, to: plane.height, by: 2) {
                let start = row * plane.width
                var previous = plane.width > 0 ? Int(bytes[start]) : 0
                for column in 0..<plane.width {
                    let level = Int(bytes[start + column])
                    sum &+= level
                    square &+= level &* level
                    steps &+= abs(level &- previous)
                    previous = level
                }
                count += plane.width
            }
        }
        let all = Double(max(1, count))
        lumaLevel = Double(sum) / all
        contrastLevels = max(0, Double(square) / all - lumaLevel * lumaLevel).squareRoot()
        sharpness = contrastLevels > 0 ? Double(steps) / all / contrastLevels : 0
    }
}
