/// Divides a slowly varying light out of a picture: a gain for each tile, bilinear between tile centres.
public enum GainField {
    /// - Parameters:
    ///   - gains: `columns` × `rows` factors in Q8 (256 = unchanged) at the centres of tiles of `tile` × `tile` pixels.
    ///   - rowGains: scratch of `width` values.
    ///   - plane: changed in place; luma is scaled from 0, chroma (`isChroma`) around 128.
    public static func apply(
        _ gains: [UInt16], columns: Int, rows: Int, tile: Int, width: Int, height: Int, isChroma: Bool,
        rowGains: inout [UInt16], plane: inout [UInt8]
    ) {
        precondition(gains.count == columns * rows && plane.count == width * height && rowGains.count == width)
        let gains = gains.span
        var rowGains = rowGains.mutableSpan
        var plane = plane.mutableSpan
        for y in 0..<height {
            fillRow(gains, columns: columns, rows: rows, tile: tile, y: y, rowGains: &rowGains)
            var row = plane._mutatingExtracting(y * width..<(y + 1) * width)
            if isChroma {
                for x in 0..<width {
                    let scaled = (Int32(row[x]) &- 128) &* Int32(rowGains[x])
                    row[x] = UInt8(truncatingIfNeeded: min(max(128 &+ (scaled &+ 128) &>> 8, 0), 255))
                }
            } else {
                for x in 0..<width {
                    let scaled = (UInt32(row[x]) &* UInt32(rowGains[x]) &+ 128) &>> 8
                    row[x] = UInt8(truncatingIfNeeded: min(scaled, 255))
                }
            }
        }
    }

    private static func fillRow(
        _ gains: Span<UInt16>, columns: Int, rows: Int, tile: Int, y: Int, rowGains: inout MutableSpan<UInt16>
    ) {
        let (upper, lower, down) = place(y, tile: tile, count: rows)
        for x in 0..<rowGains.count {
            let (left, right, across) = place(x, tile: tile, count: columns)
            let top = Int(gains[upper &* columns &+ left]) &* (2 &* tile &- across) &+ Int(gains[upper &* columns &+ right]) &* across
            let bottom =
                Int(gains[lower &* columns &+ left]) &* (2 &* tile &- across) &+ Int(gains[lower &* columns &+ right]) &* across
            rowGains[x] = UInt16(truncatingIfNeeded: (top &* (2 &* tile &- down) &+ bottom &* down) / (4 &* tile &* tile))
        }
    }

    /// The tiles on both sides of a position and the distance from the first one's centre, in half pixels of 0…2·tile.
    @inline(__always)
    private static func place(_ position: Int, tile: Int, count: Int) -> (Int, Int, Int) {
        let half = 2 &* position &+ 1 &- tile
        let first = half < 0 ? 0 : min(half / (2 &* tile), count &- 1)
        let second = min(first &+ 1, count &- 1)
        let offset = half < 0 ? 0 : half &- first &* 2 &* tile
        return (first, second, min(offset, 2 &* tile))
    }
}
