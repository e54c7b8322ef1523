import FrameCore
import FrameKernels
import Testing

@Suite("Tile statistics equal their references")
struct TileStatisticsTests {
    private struct Bytes {
        var state: UInt64
        /// Random bytes with many extremes among them.
        mutating func next(_ count: Int) -> [UInt8] {
            (0..<count).map { _ in
                state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
                let value = UInt8(truncatingIfNeeded: state >> 40)
                switch state >> 60 {
                case 0, 1: return 0
                case 2, 3: return 255
                default: return value
                }
            }
        }
    }

    private static let grids: [TileGrid] = [(1, 1), (8, 8), (16, 16), (17, 16), (33, 47), (65, 18), (127, 33), (320, 180), (321, 179)]
        .flatMap { width, height in [8, 16].map { TileGrid(size: PixelSize(width: width, height: height), side: $0) } }

    @Test("sums of every row and of every fourth", arguments: grids)
    func sums(grid: TileGrid) {
        var random = Bytes(state: 11)
        let plane = random.next(grid.size.area)
        var scratch = TileStatistics.Scratch(width: grid.size.width)
        for step in [1, 4] {
            var sums = [Int32](repeating: -1, count: grid.count)
            TileStatistics.sums(plane, grid, rowStep: step, &scratch, into: &sums)
            let expected = Reference.tileSums(grid, rows: { $0 % step == step / 2 }) { x, y in Int(plane[y * grid.size.width + x]) }
            #expect(sums == expected)
        }
    }

    @Test("differences and jumps, at both ends of the range", arguments: grids)
    func changes(grid: TileGrid) {
        var random = Bytes(state: 12)
        let plane = random.next(grid.size.area), other = random.next(grid.size.area)
        var scratch = TileStatistics.Scratch(width: grid.size.width)
        for jump in [0, 16, 254, 255] as [UInt8] {
            var differences = [Int32](repeating: -1, count: grid.count), jumps = differences
            TileStatistics.changes(plane, other, grid, jump: jump, &scratch, differences: &differences, jumps: &jumps)
            func difference(_ x: Int, _ y: Int) -> Int { abs(Int(plane[y * grid.size.width + x]) - Int(other[y * grid.size.width + x])) }
            #expect(differences == Reference.tileSums(grid, of: difference))
            #expect(jumps == Reference.tileSums(grid) { difference($0, $1) > Int(jump) ? 1 : 0 })
        }
    }

    @Test("edges and grain", arguments: grids)
    func detail(grid: TileGrid) {
        var random = Bytes(state: 13)
        let plane = random.next(grid.size.area)
        var scratch = TileStatistics.Scratch(width: grid.size.width)
        var edges = [Int32](repeating: -1, count: grid.count), grain = edges
        TileStatistics.detail(plane, grid, &scratch, edges: &edges, grain: &grain)
        #expect(edges == Reference.tileSums(grid, rows: { $0 % 4 == 1 }) { Reference.edge(plane, grid.size, $0, $1) })
        #expect(grain == Reference.tileSums(grid, rows: { $0 % 4 == 1 }) { Reference.grain(plane, grid.size, $0, $1) })
    }

    @Test("slopes and how they agree", arguments: grids)
    func match(grid: TileGrid) {
        var random = Bytes(state: 14)
        let size = grid.size
        let planes = [random.next(size.area), random.next(size.area)]
        var across = [[Int8]](repeating: [Int8](repeating: 0, count: size.area), count: 2), down = across
        for i in 0..<2 {
            TileStatistics.slopes(planes[i], size: size, limit: 8, across: &across[i], down: &down[i])
            for y in 0..<size.height {
                for x in 0..<size.width {
                    let index = y * size.width + x
                    #expect(Int(across[i][index]) == Reference.slope(planes[i], size, x, y, isAcross: true, limit: 8))
                    #expect(Int(down[i][index]) == Reference.slope(planes[i], size, x, y, isAcross: false, limit: 8))
                }
            }
        }
        var scratch = TileStatistics.Scratch(width: size.width)
        var products = [Int32](repeating: -1, count: grid.count), energy = products
        TileStatistics.match(
            across: across[0], down: down[0], otherAcross: across[1], otherDown: down[1], grid, &scratch, products: &products,
            energy: &energy)
        func value(_ planes: [[Int8]], _ i: Int, _ x: Int, _ y: Int) -> Int { Int(planes[i][y * size.width + x]) }
        #expect(
            products
                == Reference.tileSums(grid) {
                    value(across, 0, $0, $1) * value(across, 1, $0, $1) + value(down, 0, $0, $1) * value(down, 1, $0, $1)
                })
        #expect(
            energy
                == Reference.tileSums(grid) {
                    value(across, 0, $0, $1) * value(across, 0, $0, $1) + value(down, 0, $0, $1) * value(down, 0, $0, $1)
                })
    }
}
