/// Divides a slowly varying light out of a picture: a gain for each tile, bilinear between tile centres.
public enum GainField {
    /// Largest gain, Q8: nearly eight times.
    public static let highest: UInt16 = 2047
    /// The weights of two rows of tiles add up to this.
    static let fullWeight = 32

    /// Where one picture's pixels lie between the tile centres; made once for a size.
    public struct Grid: Codable, Sendable {
        let columns: Int
        let rows: Int
        let tile: Int
        let width: Int
        let height: Int
        /// For each column of pixels: the tile to the left, the one to the right, the distance from the left one's centre.
        let left: [Int32]
        let right: [Int32]
        let across: [Int32]
        /// Gains of each row of tiles, spread over the columns of pixels.
        var wideGains: [UInt16]
        /// Gains of one row of pixels.
        var rowGains: [UInt16]

        /// - Parameter tile: a power of two, pixels.
        public init(width: Int, height: Int, tile: Int) {
            precondition(tile > 0 && tile & (tile - 1) == 0, "a tile's side must be a power of two")
            columns = (width + tile - 1) / tile
            rows = (height + tile - 1) / tile
            self.tile = tile
            self.width = width
            self.height = height
            let columns = columns
            let places = (0..<width).map { GainField.place($0, tile: tile, count: columns) }
            left = places.map { Int32($0.0) }
            right = places.map { Int32($0.1) }
            across = places.map { Int32($0.2) }
            wideGains = [UInt16](repeating: 0, count: width * rows)
            rowGains = [UInt16](repeating: 0, count: width)
        }
    }

    /// - Parameters:
    ///   - gains: factors in Q8 (256 = unchanged), at most `highest`, at the centres of the grid's tiles.
    ///   - luma, cb, cr: changed in place; luma is scaled from 0, chroma around 128.
    public static func apply(
        _ gains: [UInt16], _ grid: inout Grid, luma: inout [UInt8], cb: inout [UInt8], cr: inout [UInt8]
    ) {
        let width = grid.width
        let tile = grid.tile
        precondition(gains.count == grid.columns * grid.rows)
        precondition(luma.count == width * grid.height && cb.count == luma.count && cr.count == luma.count)
        for row in 0..<grid.rows {
            widen(gains, from: row * grid.columns, grid.left, grid.right, grid.across, tile: tile, into: &grid.wideGains, at: row * width)
        }
        for y in 0..<grid.height {
            let (upper, lower, down) = place(y, tile: tile, count: grid.rows)
            let weight = UInt16(down * fullWeight / (2 * tile))
            mix(grid.wideGains, upper * width, lower * width, weight, into: &grid.rowGains)
            scaleLuma(&luma, from: y * width, by: grid.rowGains)
            scaleChroma(&cb, from: y * width, by: grid.rowGains)
            scaleChroma(&cr, from: y * width, by: grid.rowGains)
        }
    }

    /// Spreads one row of tiles over the columns of pixels; there are so few rows of tiles that this need not be fast.
    private static func widen(
        _ gains: [UInt16], from start: Int, _ left: [Int32], _ right: [Int32], _ across: [Int32], tile: Int, into wide: inout [UInt16],
        at target: Int
    ) {
        let shift = Int32(1 + tile.trailingZeroBitCount)
        let gains = gains.span, left = left.span, right = right.span, across = across.span
        var wide = wide.mutableSpan
        var row = wide._mutatingExtracting(target..<target + left.count)
        for x in 0..<row.count {
            let far = across[x]
            let near = Int32(gains[start &+ Int(left[x])]) &* (Int32(2 &* tile) &- far)
            let sum = near &+ Int32(gains[start &+ Int(right[x])]) &* far
            row[x] = UInt16(truncatingIfNeeded: min(sum &>> shift, Int32(highest)))
        }
    }

    private static func mix(_ wide: [UInt16], _ upper: Int, _ lower: Int, _ weight: UInt16, into gains: inout [UInt16]) {
        let wide = wide.span
        var gains = gains.mutableSpan
        let above = wide.extracting(upper..<upper + gains.count)
        let below = wide.extracting(lower..<lower + gains.count)
        let rest = UInt16(fullWeight) &- weight
        for x in 0..<gains.count { gains[x] = (above[x] &* rest &+ below[x] &* weight) &>> 5 }
    }

    private static func scaleLuma(_ plane: inout [UInt8], from start: Int, by gains: [UInt16]) {
        let gains = gains.span
        var plane = plane.mutableSpan
        var row = plane._mutatingExtracting(start..<start + gains.count)
        for x in 0..<gains.count {
            // The high and the low half of a 16-bit product each are one instruction; a 32-bit product needs twice the width.
            let value = UInt16(row[x]) &<< 8
            let gain = gains[x]
            let high = UInt16(truncatingIfNeeded: (UInt32(value) &* UInt32(gain)) &>> 16)
            let scaled = high &+ (value &* gain) &>> 15
            row[x] = UInt8(truncatingIfNeeded: min(scaled, 255))
        }
    }

    private static func scaleChroma(_ plane: inout [UInt8], from start: Int, by gains: [UInt16]) {
        let gains = gains.span
        var plane = plane.mutableSpan
        var row = plane._mutatingExtracting(start..<start + gains.count)
        for x in 0..<gains.count {
            // Flipping the highest bit takes 128 off and leaves a signed byte in the high half.
            let value = Int16(truncatingIfNeeded: UInt16(row[x] ^ 0x80) &<< 8)
            let gain = Int16(truncatingIfNeeded: gains[x])
            let high = Int16(truncatingIfNeeded: (Int32(value) &* Int32(gain)) &>> 16)
            let low = UInt16(truncatingIfNeeded: value &* gain)
            let scaled = high &+ Int16(truncatingIfNeeded: low &>> 15)
            row[x] = UInt8(truncatingIfNeeded: min(max(scaled, -128), 127)) ^ 0x80
        }
    }

    /// The tiles on both sides of a position and the distance from the first one's centre, in half pixels of 0…2·tile.
    private static func place(_ position: Int, tile: Int, count: Int) -> (Int, Int, Int) {
        let half = 2 &* position &+ 1 &- tile
        let first = half < 0 ? 0 : min(half / (2 &* tile), count &- 1)
        let second = min(first &+ 1, count &- 1)
        let offset = half < 0 ? 0 : half &- first &* 2 &* tile
        return (first, second, min(offset, 2 &* tile))
    }
}
