public import FrameCore

/// Copies a plane into storage that exists already: assigning arrays would share and then copy with an allocation.
public enum Copy {
    public static func plane(_ source: [UInt8], into target: inout [UInt8]) {
        precondition(source.count == target.count)
        let from = source.span
        var to = target.mutableSpan
        for i in 0..<from.count { to[i] = from[i] }
    }

    /// The left `targetWidth` columns of the upper rows, as many as `target` has.
    public static func corner(_ source: [UInt8], width: Int, into target: inout [UInt8], targetWidth: Int) {
        guard targetWidth > 0 else { return }
        let rows = target.count / targetWidth
        precondition(target.count == rows * targetWidth && targetWidth <= width && rows * width <= source.count)
        let source = source.span
        var target = target.mutableSpan
        for y in 0..<rows {
            let from = source.extracting(y * width..<y * width + targetWidth)
            var to = target._mutatingExtracting(y * targetWidth..<(y + 1) * targetWidth)
            for x in 0..<targetWidth { to[x] = from[x] }
        }
    }

    /// A plane moved so that pixel (0, 0) shows what `source` shows at (`shiftX`, `shiftY`); beyond the edge its pixels are
    /// repeated. Both have `size`.
    public static func moved(_ source: [UInt8], size: PixelSize, shiftX: Int, shiftY: Int, into target: inout [UInt8]) {
        precondition(source.count == size.area && target.count == size.area)
        guard size.area > 0 else { return }
        let source = source.span
        var target = target.mutableSpan
        let first = min(max(-shiftX, 0), size.width)
        let last = max(first, min(size.width - shiftX, size.width))
        for y in 0..<size.height {
            let row = min(max(y + shiftY, 0), size.height - 1)
            let from = source.extracting(row * size.width..<(row + 1) * size.width)
            var to = target._mutatingExtracting(y * size.width..<(y + 1) * size.width)
            for x in 0..<first { to[x] = from[0] }
            for x in first..<last { to[x] = from[x &+ shiftX] }
            for x in last..<size.width { to[x] = from[size.width &- 1] }
        }
    }

    /// The whole levels of a plane in Q8.8, rounded down.
    public static func wholeLevels(_ source: [UInt16], into target: inout [UInt8]) {
        precondition(source.count == target.count)
        let from = source.span
        var to = target.mutableSpan
        for i in 0..<from.count { to[i] = UInt8(truncatingIfNeeded: from[i] &>> 8) }
    }
}
