internal import FrameCore

/// A part of a picture at the resolution it is compared in: luma with its slopes, and chroma.
///
/// Not a hot loop: a second look is a few pictures an hour.
struct PlacePicture {
    let size: PixelSize
    /// Levels, spread to full range.
    let luma: [Float]
    let cb: [Float]
    let cr: [Float]
    /// Slopes of the smoothed luma, levels over two pixels.
    let across: [Float]
    let down: [Float]

    /// - Parameters:
    ///   - origin: top left corner of the part in pixels of the frame; may lie outside, where the edge is repeated.
    ///   - step: frame pixels for each pixel of the part.
    init(_ frame: Frame, originX: Double, originY: Double, stepX: Double, stepY: Double, size: PixelSize) {
        self.size = size
        luma = Self.sampled(frame.luma, originX, originY, stepX, stepY, size).map {
            frame.range == .limited ? ($0 - 16) * (255.0 / 219) : $0
        }
        let chroma = (
            x: Double(frame.cb.width) / Double(frame.size.width), y: Double(frame.cb.height) / Double(frame.size.height)
        )
        func colour(_ plane: Plane) -> [Float] {
            Self.sampled(plane, originX * chroma.x, originY * chroma.y, stepX * chroma.x, stepY * chroma.y, size)
        }
        cb = colour(frame.cb)
        cr = colour(frame.cr)
        let smooth = Self.smoothed(luma, size)
        (across, down) = Self.slopes(smooth, size)
    }

    /// Means over the step where the part is coarser than the frame, else interpolated.
    private static func sampled(
        _ plane: Plane, _ originX: Double, _ originY: Double, _ stepX: Double, _ stepY: Double, _ size: PixelSize
    ) -> [Float] {
        let columns = samplePlaces(from: originX, step: stepX, count: size.width)
        let rows = samplePlaces(from: originY, step: stepY, count: size.height)
        let (width, height) = (plane.width, plane.height)
        let scale = 1 / Float(columns[0].count * rows[0].count)
        var result = [Float](repeating: 0, count: size.area)
        plane.bytes.withUnsafeBufferPointer { bytes in
            for y in 0..<size.height {
                for x in 0..<size.width {
                    var sum: Float = 0
                    for row in rows[y] {
                        let clampedY = min(max(row, 0), Double(height - 1))
                        let (top, fractionY) = (Int(clampedY), Float(clampedY - Double(Int(clampedY))))
                        let bottom = min(top + 1, height - 1)
                        for column in columns[x] {
                            let clampedX = min(max(column, 0), Double(width - 1))
                            let (left, fractionX) = (Int(clampedX), Float(clampedX - Double(Int(clampedX))))
                            let right = min(left + 1, width - 1)
                            let upper = Float(bytes[top * width + left]) * (1 - fractionX) + Float(bytes[top * width + right]) * fractionX
                            let lower =
                                Float(bytes[bottom * width + left]) * (1 - fractionX) + Float(bytes[bottom * width + right]) * fractionX
                            sum += upper * (1 - fractionY) + lower * fractionY
                        }
                    }
                    result[y * size.width + x] = sum * scale
                }
            }
        }
        return result
    }

    /// For each pixel of the part, the places along one side of the frame whose mean it is.
    private static func samplePlaces(from origin: Double, step: Double, count: Int) -> [[Double]] {
        let samples = max(1, Int(step.rounded()))
        return (0..<count).map { index in
            (0..<samples).map { sample in
                let part: Double = (Double(sample) + 0.5) / Double(samples)
                return origin + (Double(index) + part) * step - 0.5
            }
        }
    }

    /// The mean of three by three: the sensor's noise and shakes of part of a pixel hardly reach the slopes.
    private static func smoothed(_ plane: [Float], _ size: PixelSize) -> [Float] {
        var result = plane
        guard size.width > 2, size.height > 2 else { return result }
        for y in 1..<size.height - 1 {
            for x in 1..<size.width - 1 {
                var sum: Float = 0
                for row in y - 1...y + 1 {
                    let start = row * size.width + x
                    sum += plane[start - 1] + plane[start] + plane[start + 1]
                }
                result[y * size.width + x] = sum / 9
            }
        }
        return result
    }

    private static func slopes(_ plane: [Float], _ size: PixelSize) -> (across: [Float], down: [Float]) {
        var across = [Float](repeating: 0, count: size.area)
        var down = across
        guard size.width > 2, size.height > 2 else { return (across, down) }
        for y in 1..<size.height - 1 {
            for x in 1..<size.width - 1 {
                let index = y * size.width + x
                across[index] = plane[index + 1] - plane[index - 1]
                down[index] = plane[index + size.width] - plane[index - size.width]
            }
        }
        return (across, down)
    }
}
