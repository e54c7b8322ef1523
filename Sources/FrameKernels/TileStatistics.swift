public import FrameCore

/// Sums over the tiles of a picture, from which a view is judged.
///
/// Each sum is first taken down the columns of a row of tiles (that is vector code), then across each tile. Everything is
/// exact integer arithmetic; a tile has at most 256 pixels, so no sum leaves its type.
public enum TileStatistics {
    /// Column sums of one row of tiles; keep one for each size of picture.
    public struct Scratch: Codable, Sendable {
        var first: [UInt16]
        var second: [UInt16]
        var signed: [Int16]

        public init(width: Int) {
            first = [UInt16](repeating: 0, count: width)
            second = first
            signed = [Int16](repeating: 0, count: width)
        }
    }

    /// Sum of the pixels of each tile, over every `rowStep`-th row of the tile from row `rowStep / 2` on.
    ///
    /// - Parameter sums: one for each tile of `grid`.
    public static func sums(
        _ plane: [UInt8], _ grid: TileGrid, rowStep: Int, _ scratch: inout Scratch, into sums: inout [Int32]
    ) {
        check(grid, plane.count, scratch, sums.count)
        precondition(rowStep > 0)
        for row in 0..<grid.rows {
            clear(&scratch.first)
            for y in stride(from: row * grid.side + rowStep / 2, to: (row + 1) * grid.side, by: rowStep) {
                addRow(plane, from: y * grid.size.width, to: &scratch.first)
            }
            fold(scratch.first, grid, row, into: &sums)
        }
    }

    /// How much each tile differs between two pictures.
    ///
    /// - Parameters:
    ///   - jump: a pixel that differs by more than this has jumped.
    ///   - differences: sum of absolute differences of each tile.
    ///   - jumps: number of pixels that have jumped in each tile.
    public static func changes(
        _ plane: [UInt8], _ other: [UInt8], _ grid: TileGrid, jump: UInt8, _ scratch: inout Scratch,
        differences: inout [Int32], jumps: inout [Int32]
    ) {
        check(grid, plane.count, scratch, differences.count)
        precondition(other.count == plane.count && jumps.count == grid.count)
        for row in 0..<grid.rows {
            clear(&scratch.first)
            clear(&scratch.second)
            for y in row * grid.side..<(row + 1) * grid.side {
                addDifferences(plane, other, from: y * grid.size.width, to: &scratch.first)
                addJumps(plane, other, from: y * grid.size.width, over: jump, to: &scratch.second)
            }
            fold(scratch.first, grid, row, into: &differences)
            fold(scratch.second, grid, row, into: &jumps)
        }
    }

    /// Fine detail of each tile, on every fourth row: edges are blurred away first, grain comes with noise.
    ///
    /// - Parameters:
    ///   - edges: sums of absolute differences of neighbours in a row.
    ///   - grain: sums of the absolute response to the mask 1 −2 1, −2 4 −2, 1 −2 1, which straight edges and slopes do not
    ///     answer to (Immerkær, "Fast Noise Variance Estimation", CVIU 64(2), 1996).
    public static func detail(
        _ plane: [UInt8], _ grid: TileGrid, _ scratch: inout Scratch, edges: inout [Int32], grain: inout [Int32]
    ) {
        check(grid, plane.count, scratch, edges.count)
        precondition(grain.count == grid.count)
        for row in 0..<grid.rows {
            clear(&scratch.first)
            clear(&scratch.second)
            for y in stride(from: row * grid.side + 1, to: (row + 1) * grid.side, by: 4) {
                addEdges(plane, from: y * grid.size.width, width: grid.size.width, to: &scratch.first)
                addGrain(plane, from: y * grid.size.width, width: grid.size.width, to: &scratch.second)
            }
            fold(scratch.first, grid, row, into: &edges)
            fold(scratch.second, grid, row, into: &grain)
        }
    }

    /// Slopes of luma across and down, cut off at ±`limit`: with that, one lamp or pole does not outvote a whole tile.
    ///
    /// - Parameters:
    ///   - limit: at most 8, so that a tile's products fit their sums.
    ///   - across, down: central differences; 0 on the outermost pixels.
    public static func slopes(
        _ plane: [UInt8], size: PixelSize, limit: Int8, across: inout [Int8], down: inout [Int8]
    ) {
        precondition(plane.count == size.area && across.count == size.area && down.count == size.area)
        precondition(limit > 0 && limit <= 8)
        guard size.width > 2, size.height > 2 else { return }
        for y in 1..<size.height - 1 {
            slopeAcross(plane, from: y * size.width, width: size.width, Int16(limit), into: &across)
            slopeDown(plane, from: y * size.width, width: size.width, Int16(limit), into: &down)
        }
    }

    /// How well the slopes of two pictures agree, tile by tile.
    ///
    /// - Parameters:
    ///   - products: sums of the products of the first picture's slopes with the other's.
    ///   - energy: sums of the squares of the first picture's slopes.
    public static func match(
        across: [Int8], down: [Int8], otherAcross: [Int8], otherDown: [Int8], _ grid: TileGrid, _ scratch: inout Scratch,
        products: inout [Int32], energy: inout [Int32]
    ) {
        check(grid, across.count, scratch, products.count)
        precondition(down.count == across.count && otherAcross.count == across.count && otherDown.count == across.count)
        precondition(energy.count == grid.count)
        for row in 0..<grid.rows {
            clear(&scratch.signed)
            clear(&scratch.first)
            for y in row * grid.side..<(row + 1) * grid.side {
                let from = y * grid.size.width
                addProducts(across, otherAcross, from: from, to: &scratch.signed)
                addProducts(down, otherDown, from: from, to: &scratch.signed)
                addSquares(across, down, from: from, to: &scratch.first)
            }
            fold(scratch.signed, grid, row, into: &products)
            fold(scratch.first, grid, row, into: &energy)
        }
    }

    private static func check(_ grid: TileGrid, _ count: Int, _ scratch: Scratch, _ results: Int) {
        precondition(count == grid.size.area && results == grid.count)
        precondition(scratch.first.count == grid.size.width)
    }
}
