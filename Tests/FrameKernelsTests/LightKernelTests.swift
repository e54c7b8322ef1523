import FrameCore
import FrameKernels
import Testing

@Suite("Light kernels equal their references")
struct LightKernelTests {
    @Test("a tile's light is the median of its pixels' codes, at every size")
    func tileLight() {
        var random = SeededBytes(seed: 11)
        for width in trickyLengths.filter({ $0 < 100 }) + [320, 321] {
            for (height, tile) in [(1, 8), (7, 16), (18, 16), (35, 32)] {
                let size = PixelSize(width: width, height: height)
                let seen = random.bytes(size.area)
                // Half of the pixels about as light as the plate, so that medians lie in the middle, too.
                let wild = random.words(size.area)
                let plate = wild.indices.map { $0 % 2 == 0 ? min(wild[$0], 65280) : UInt16(seen[$0]) << 8 | wild[$0] & 0xff }
                var samples = TileMedian.Samples(size: size, tile: tile)
                var medians = [UInt8](repeating: 7, count: samples.columns * samples.rows)
                for _ in 0..<2 {
                    TileMedian.light(seen, plate: plate, &samples, into: &medians)
                    #expect(medians == Reference.tileLight(seen, plate: plate, size: size, tile: tile), "\(size), tile \(tile)")
                }
            }
        }
    }

    @Test("an equal picture has the code of equal, and codes stand for the ratios they came from")
    func codes() {
        for value in UInt8.min...255 {
            #expect(Reference.lightCode(value, plate: UInt16(value) << 8) == LightRatio.equal)
        }
        #expect(LightRatio.ratio(of: LightRatio.equal) == 1)
        for (seen, plate) in [(UInt8(100), UInt8(47)), (50, 106), (255, 60), (0, 1), (255, 20)] {
            let ratio = Float(Int(seen) + LightRatio.offset) / Float(Int(plate) + LightRatio.offset)
            let found = LightRatio.ratio(of: Reference.lightCode(seen, plate: UInt16(plate) << 8))
            #expect(abs(found / ratio - 1) < 0.016, "\(seen) before \(plate)")
        }
        #expect(Reference.lightCode(255, plate: 0) > 250 && Reference.lightCode(0, plate: 65280) < 5)
    }

    @Test("a neighbourhood's median is the same with every window and grid")
    func neighbourMedian() {
        var random = SeededBytes(seed: 12)
        for columns in Array(1...34) + [65] {
            for rows in [1, 2, 5, 12] {
                for reach in [0, 1, 2, 7] {
                    let grid = random.bytes(columns * rows)
                    var filter = NeighbourMedian(columns: columns, rows: rows, reach: reach)
                    var medians = [UInt8](repeating: 9, count: grid.count)
                    for _ in 0..<2 {
                        filter.apply(grid, into: &medians)
                        #expect(
                            medians == Reference.neighbourMedian(grid, columns: columns, rows: rows, reach: reach),
                            "\(columns)×\(rows), reach \(reach)")
                    }
                }
            }
        }
    }

    @Test("a gain field divides out the same light")
    func gain() {
        var random = SeededBytes(seed: 3)
        for (width, height, tile) in [(1, 1, 16), (17, 5, 16), (33, 40, 16), (64, 9, 8), (320, 3, 16), (65, 70, 32), (31, 100, 64)] {
            let columns = (width + tile - 1) / tile
            let rows = (height + tile - 1) / tile
            for range in [64...1024, 0...GainField.highest, GainField.highest...GainField.highest] {
                let gains = (0..<columns * rows).map { _ in UInt16.random(in: range, using: &random) }
                let planes = (0..<3).map { _ in random.bytes(width * height) }
                var luma = planes[0], cb = planes[1], cr = planes[2]
                var grid = GainField.Grid(width: width, height: height, tile: tile)
                GainField.apply(gains, &grid, luma: &luma, cb: &cb, cr: &cr)
                let expected = planes.indices.map { index in
                    Reference.gain(
                        gains, columns: columns, rows: rows, tile: tile, width: width, height: height, isChroma: index > 0,
                        plane: planes[index])
                }
                #expect([luma, cb, cr] == expected, "\(width)×\(height), gains \(range)")
            }
        }
    }

    @Test("a gain of one changes nothing")
    func unitGain() {
        var random = SeededBytes(seed: 4)
        let plane = random.bytes(50 * 20)
        var luma = plane, cb = plane, cr = plane
        var grid = GainField.Grid(width: 50, height: 20, tile: 16)
        GainField.apply([UInt16](repeating: 256, count: 8), &grid, luma: &luma, cb: &cb, cr: &cr)
        #expect(luma == plane && cb == plane && cr == plane)
    }
}
