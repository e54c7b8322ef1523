public import FrameCore

/// Binary closing by a 3×3 square (Serra, "Image Analysis and Mathematical Morphology", 1982): gaps of one pixel fill,
/// outlines stay.
public enum Closing {
    /// - Parameters:
    ///   - marks: 0 or 1 for each pixel.
    ///   - scratch, result: of the same size; `result` is 0 on the outermost pixels, whose neighbours are not all known.
    public static func square(_ marks: [UInt8], size: PixelSize, scratch: inout [UInt8], into result: inout [UInt8]) {
        precondition(marks.count == size.area && scratch.count == size.area && result.count == size.area)
        clearEdge(&scratch, size)
        clearEdge(&result, size)
        guard size.width > 2, size.height > 2 else { return }
        for y in 1..<size.height - 1 { growRow(marks, size.width, y, &scratch) }
        for y in 1..<size.height - 1 { shrinkRow(scratch, size.width, y, &result) }
    }

    private static func growRow(_ source: [UInt8], _ width: Int, _ y: Int, _ target: inout [UInt8]) {
        let source = source.span
        let above = source.extracting((y - 1) * width..<y * width)
        let here = source.extracting(y * width..<(y + 1) * width)
        let below = source.extracting((y + 1) * width..<(y + 2) * width)
        var target = target.mutableSpan
        var row = target._mutatingExtracting(y * width..<(y + 1) * width)
        for x in 1..<width - 1 {
            let left = above[x &- 1] | here[x &- 1] | below[x &- 1]
            let right = above[x &+ 1] | here[x &+ 1] | below[x &+ 1]
            row[x] = left | right | above[x] | here[x] | below[x]
        }
    }

    private static func shrinkRow(_ source: [UInt8], _ width: Int, _ y: Int, _ target: inout [UInt8]) {
        let source = source.span
        let above = source.extracting((y - 1) * width..<y * width)
        let here = source.extracting(y * width..<(y + 1) * width)
        let below = source.extracting((y + 1) * width..<(y + 2) * width)
        var target = target.mutableSpan
        var row = target._mutatingExtracting(y * width..<(y + 1) * width)
        for x in 1..<width - 1 {
            let left = above[x &- 1] & here[x &- 1] & below[x &- 1]
            let right = above[x &+ 1] & here[x &+ 1] & below[x &+ 1]
            row[x] = left & right & above[x] & here[x] & below[x]
        }
    }

    private static func clearEdge(_ plane: inout [UInt8], _ size: PixelSize) {
        guard size.area > 0 else { return }
        for x in 0..<size.width {
            plane[x] = 0
            plane[size.area - size.width + x] = 0
        }
        for y in 0..<size.height {
            plane[y * size.width] = 0
            plane[(y + 1) * size.width - 1] = 0
        }
    }
}
