public import FrameCore

/// Binary closing by a 3×3 square (Serra, "Image Analysis and Mathematical Morphology", 1982): gaps of one pixel fill,
/// outlines stay.
public enum Closing {
    /// - Parameters:
    ///   - marks: 0 or 1 for each pixel.
    ///   - rows: the only rows of `result` that are written; rows outside of `MarkedRows.range` would all be 0.
    ///   - scratch, result: of the same size; `result` is 0 on the outermost pixels, whose neighbours are not all known.
    public static func square(
        _ marks: [UInt8], size: PixelSize, rows: Range<Int>, scratch: inout [UInt8], into result: inout [UInt8]
    ) {
        precondition(marks.count == size.area && scratch.count == size.area && result.count == size.area)
        precondition(rows.isEmpty || (rows.lowerBound >= 0 && rows.upperBound <= size.height))
        guard !rows.isEmpty, size.width > 0 else { return }
        for y in max(0, rows.lowerBound - 1)..<min(size.height, rows.upperBound + 1) {
            if isInner(y, size) { growRow(marks, size.width, y, &scratch) } else { clearRow(size.width, y, &scratch) }
        }
        for y in rows {
            if isInner(y, size) { shrinkRow(scratch, size.width, y, &result) } else { clearRow(size.width, y, &result) }
        }
    }

    private static func isInner(_ y: Int, _ size: PixelSize) -> Bool {
        y > 0 && y < size.height - 1 && size.width > 2
    }

    private static func growRow(_ source: [UInt8], _ width: Int, _ y: Int, _ target: inout [UInt8]) {
        let source = source.span
        let above = source.extracting((y - 1) * width..<y * width)
        let here = source.extracting(y * width..<(y + 1) * width)
        let below = source.extracting((y + 1) * width..<(y + 2) * width)
        var target = target.mutableSpan
        var row = target._mutatingExtracting(y * width..<(y + 1) * width)
        row[0] = 0
        row[width - 1] = 0
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
        row[0] = 0
        row[width - 1] = 0
        for x in 1..<width - 1 {
            let left = above[x &- 1] & here[x &- 1] & below[x &- 1]
            let right = above[x &+ 1] & here[x &+ 1] & below[x &+ 1]
            row[x] = left & right & above[x] & here[x] & below[x]
        }
    }

    private static func clearRow(_ width: Int, _ y: Int, _ target: inout [UInt8]) {
        var target = target.mutableSpan
        var row = target._mutatingExtracting(y * width..<(y + 1) * width)
        for x in 0..<width { row[x] = 0 }
    }
}
