public import FrameCore

/// Brings chroma of a 4:2:0 picture to the size of its luma.
public enum Enlarge {
    /// Each source pixel becomes a 2×2 block.
    ///
    /// - Parameters:
    ///   - source: ((`size.width` + 1) / 2) × ((`size.height` + 1) / 2) bytes.
    ///   - target: `size.area` bytes.
    public static func double(_ source: [UInt8], into target: inout [UInt8], size: PixelSize) {
        let sourceWidth = (size.width + 1) / 2
        precondition(source.count == sourceWidth * ((size.height + 1) / 2) && target.count == size.area)
        let source = source.span
        var target = target.mutableSpan
        for y in 0..<size.height {
            let from = source.extracting((y / 2) * sourceWidth..<(y / 2 + 1) * sourceWidth)
            var row = target._mutatingExtracting(y * size.width..<(y + 1) * size.width)
            spread(from, count: size.width / 2, into: &row)
            if size.width % 2 == 1 { row[size.width - 1] = from[sourceWidth - 1] }
        }
    }

    private static func spread(_ source: Span<UInt8>, count: Int, into row: inout MutableSpan<UInt8>) {
        precondition(source.count >= count && row.count >= 2 * count)
        for x in 0..<count {
            let value = source[x]
            // SAFETY: 2x + 1 < 2 · count ≤ the row's length; checked, the doubled index keeps the loop from vector code.
            row[unchecked: 2 &* x] = value
            row[unchecked: 2 &* x &+ 1] = value
        }
    }
}
