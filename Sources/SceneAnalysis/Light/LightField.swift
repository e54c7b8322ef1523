internal import Glibc
internal import FrameCore
internal import FrameKernels

/// How the light differs from the plate's, tile by tile; divides it out of a frame.
///
/// A tile's light is the median log ratio of frame to plate, then the median over its neighbourhood, so an object that
/// covers less than half of it does not pass for a change of light.
struct LightField {
    private let settings: LightSettings
    private let size: PixelSize
    let columns: Int
    private let rows: Int
    private var ratios: [Int16]
    private var medians: [Int16]
    private(set) var gains: [UInt16]
    private var grid: GainField.Grid
    private var histogram: [UInt16]
    private var around: [Int16]
    /// 32 · log2(v + 6): the offset keeps sensor noise in the dark from looking like a change of light.
    private static let logarithm: [Int16] = (0..<256).map { value in
        var octaves = 0
        var rest = Double(value + 6)
        while rest >= 2 { rest /= 2; octaves += 1 }
        var fraction = 0.0
        var bit = 0.5
        while bit > 1e-6 {
            rest *= rest
            if rest >= 2 { rest /= 2; fraction += bit }
            bit /= 2
        }
        return Int16(((Double(octaves) + fraction) * 32).rounded())
    }

    init(size: PixelSize, settings: LightSettings) {
        self.settings = settings
        self.size = size
        columns = (size.width + settings.tile - 1) / settings.tile
        rows = (size.height + settings.tile - 1) / settings.tile
        ratios = [Int16](repeating: 0, count: columns * rows)
        medians = ratios
        gains = [UInt16](repeating: 256, count: columns * rows)
        grid = GainField.Grid(width: size.width, height: size.height, tile: settings.tile)
        histogram = [UInt16](repeating: 0, count: 257)
        around = []
        around.reserveCapacity((2 * settings.reach + 1) * (2 * settings.reach + 1))
    }

    /// Measures the light of `cells` against the plate (Q8.8) and divides it out of `cells`.
    mutating func compensate(_ cells: inout Cells, plate: [UInt16]) {
        measure(cells, plate: plate)
        smooth()
        GainField.apply(gains, &grid, luma: &cells.luma, cb: &cells.cb, cr: &cells.cr)
    }

    private mutating func measure(_ cells: Cells, plate: [UInt16]) {
        let table = Self.logarithm
        for row in 0..<rows {
            for column in 0..<columns {
                for bin in 0..<257 { histogram[bin] = 0 }
                var count = 0
                // A median over every second row is as good as one over all.
                for y in stride(from: row * settings.tile, to: min((row + 1) * settings.tile, size.height), by: 2) {
                    for x in column * settings.tile..<min((column + 1) * settings.tile, size.width) {
                        let index = y &* size.width &+ x
                        let ratio = table[Int(cells.luma[index])] &- table[Int(plate[index] &>> 8)]
                        histogram[Int(min(max(ratio, -128), 128)) &+ 128] &+= 1
                        count &+= 1
                    }
                }
                var below = 0
                var bin = 0
                while bin < 256 {
                    below += Int(histogram[bin])
                    if 2 * below >= count { break }
                    bin += 1
                }
                ratios[row * columns + column] = Int16(bin - 128)
            }
        }
    }

    private mutating func smooth() {
        let reach = settings.reach
        let limit = Int16((32 * log2(settings.limit)).rounded())
        for row in 0..<rows {
            for column in 0..<columns {
                around.removeAll(keepingCapacity: true)
                for y in max(0, row - reach)...min(rows - 1, row + reach) {
                    for x in max(0, column - reach)...min(columns - 1, column + reach) {
                        around.append(ratios[y * columns + x])
                    }
                }
                around.sort()
                medians[row * columns + column] = min(max(around[around.count / 2], -limit), limit)
            }
        }
        for row in 0..<rows {
            for column in 0..<columns {
                var sum = 0
                var count = 0
                for y in max(0, row - 1)...min(rows - 1, row + 1) {
                    for x in max(0, column - 1)...min(columns - 1, column + 1) {
                        sum += Int(medians[y * columns + x])
                        count += 1
                    }
                }
                gains[row * columns + column] = UInt16((256 * exp2(-Double(sum) / Double(count) / 32)).rounded())
            }
        }
    }
}
