/// Divides a slowly varying light out of a picture: a gain for each tile, bilinear between tile centres.
public enum GainField {
    /// Where one picture's planes lie between the tile centres; made once for a size.
    public struct Grid: Sendable {
        let columns: Int
        let rows: Int
        let tile: Int
        let width: Int
        let height: Int
        /// For each column of pixels: the tile to the left, the one to the right, the distance from the left one's centre.
        let left: [Int32]
        let right: [Int32]
        let across: [Int32]
        /// Gains of one row of pixels, at tile columns and at pixels.
        var tileGains: [Int32]
        var rowGains: [Int32]

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
            tileGains = [Int32](repeating: 0, count: columns)
            rowGains = [Int32](repeating: 0, count: width)
        }
    }

    /// - Parameters:
    ///   - gains: factors in Q8 (256 = unchanged), at most 16, at the centres of the grid's tiles.
    ///   - luma, cb, cr: changed in place; luma is scaled from 0, chroma around 128.
    public static func apply(
        _ gains: [UInt16], _ grid: inout Grid, luma: inout [UInt8], cb: inout [UInt8], cr: inout [UInt8]
    ) {
        let width = grid.width
        let tile = grid.tile
        precondition(gains.count == grid.columns * grid.rows)
        precondition(luma.count == width * grid.height && cb.count == luma.count && cr.count == luma.count)
        let shift = Int32(2 + 2 * tile.trailingZeroBitCount)
        for y in 0..<grid.height {
            let (upper, lower, down) = place(y, tile: tile, count: grid.rows)
            for column in 0..<grid.columns {
                let top = Int32(gains[upper &* grid.columns &+ column]) &* Int32(2 &* tile &- down)
                grid.tileGains[column] = top &+ Int32(gains[lower &* grid.columns &+ column]) &* Int32(down)
            }
            spread(grid.tileGains, grid.left, grid.right, grid.across, tile: Int32(tile), shift: shift, into: &grid.rowGains)
            scaleLuma(&luma, from: y &* width, by: grid.rowGains)
            scaleChroma(&cb, from: y &* width, by: grid.rowGains)
            scaleChroma(&cr, from: y &* width, by: grid.rowGains)
        }
    }

    private static func spread(
        _ tileGains: [Int32], _ left: [Int32], _ right: [Int32], _ across: [Int32], tile: Int32, shift: Int32, into rowGains: inout [Int32]
    ) {
        let tileGains = tileGains.span, left = left.span, right = right.span, across = across.span
        var rowGains = rowGains.mutableSpan
        for x in 0..<rowGains.count {
            let far = across[x]
            let sum = tileGains[Int(left[x])] &* (2 &* tile &- far) &+ tileGains[Int(right[x])] &* far
            rowGains[x] = sum &>> shift
        }
    }

    private static func scaleLuma(_ plane: inout [UInt8], from start: Int, by gains: [Int32]) {
        let gains = gains.span
        var plane = plane.mutableSpan
        var row = plane._mutatingExtracting(start..<start + gains.count)
        for x in 0..<gains.count {
            row[x] = UInt8(truncatingIfNeeded: min((Int32(row[x]) &* gains[x] &+ 128) &>> 8, 255))
        }
    }

    private static func scaleChroma(_ plane: inout [UInt8], from start: Int, by gains: [Int32]) {
        let gains = gains.span
        var plane = plane.mutableSpan
        var row = plane._mutatingExtracting(start..<start + gains.count)
        for x in 0..<gains.count {
            let scaled = ((Int32(row[x]) &- 128) &* gains[x] &+ 128) &>> 8
            row[x] = UInt8(truncatingIfNeeded: min(max(128 &+ scaled, 0), 255))
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
