public import FrameCore

/// Shrinks a plane by two in each direction, each output pixel the rounded mean of a 2×2 block.
public enum Reduce {
    /// - Parameters:
    ///   - source: `sourceSize.area` bytes.
    ///   - shiftX, shiftY: where the block of output (0, 0) starts, in source pixels, so that a shaken frame is put back
    ///     without a copy; blocks outside the source repeat its edge.
    ///   - target: (`sourceSize` / 2, rounded down) bytes.
    public static func halve(
        _ source: [UInt8], sourceSize: PixelSize, shiftX: Int, shiftY: Int, into target: inout [UInt8]
    ) {
        let width = sourceSize.width / 2
        let height = sourceSize.height / 2
        precondition(source.count == sourceSize.area && target.count == width * height)
        let source = source.span
        var target = target.mutableSpan
        // Columns whose two source pixels both lie inside; outside of them the edge is repeated.
        let first = min(width, max(0, (-shiftX + 1) / 2))
        let last = max(first, min(width, (sourceSize.width - shiftX) / 2))
        for row in 0..<height {
            let upperRow = min(max(2 * row + shiftY, 0), sourceSize.height - 1)
            let lowerRow = min(max(2 * row + 1 + shiftY, 0), sourceSize.height - 1)
            let upper = source.extracting(upperRow * sourceSize.width..<(upperRow + 1) * sourceSize.width)
            let lower = source.extracting(lowerRow * sourceSize.width..<(lowerRow + 1) * sourceSize.width)
            var output = target._mutatingExtracting(row * width..<(row + 1) * width)
            if first < last {
                let inside = 2 * first + shiftX..<2 * last + shiftX
                average(upper.extracting(inside), lower.extracting(inside), into: output._mutatingExtracting(first..<last))
            }
            for column in 0..<first { output[column] = atEdge(upper, lower, 2 * column + shiftX) }
            for column in last..<width { output[column] = atEdge(upper, lower, 2 * column + shiftX) }
        }
    }

    /// One block at `x`, with the edge repeated.
    private static func atEdge(_ upper: Span<UInt8>, _ lower: Span<UInt8>, _ x: Int) -> UInt8 {
        let left = min(max(x, 0), upper.count - 1)
        let right = min(max(x + 1, 0), upper.count - 1)
        let sum = UInt16(upper[left]) + UInt16(upper[right]) + UInt16(lower[left]) + UInt16(lower[right])
        return UInt8((sum + 2) >> 2)
    }

    /// One row of blocks that all lie inside.
    private static func average(_ upper: Span<UInt8>, _ lower: Span<UInt8>, into output: consuming MutableSpan<UInt8>) {
        let count = output.count
        precondition(upper.count == 2 * count && lower.count == 2 * count)
        for x in 0..<count {
            // SAFETY: 2x + 1 < 2 · count, which is the length of both rows. The compiler cannot prove it of a doubled
            // index, and a check for each pixel keeps it from making vector code.
            let left = UInt16(upper[unchecked: 2 &* x]) &+ UInt16(lower[unchecked: 2 &* x])
            let right = UInt16(upper[unchecked: 2 &* x &+ 1]) &+ UInt16(lower[unchecked: 2 &* x &+ 1])
            output[x] = UInt8(truncatingIfNeeded: (left &+ right &+ 2) &>> 2)
        }
    }
}
