internal import Glibc
internal import FrameCore
internal import FrameKernels

/// How the light differs from the plate's, tile by tile; divides it out of a frame.
///
/// A tile's light is the median ratio of frame to plate, then the median over its neighbourhood, so an object that covers
/// less than half of it does not pass for a change of light. Both medians are of `LightRatio` codes; only the mean over the
/// nearest tiles, which takes the steps out, needs real logarithms.
struct LightField: Codable {
    /// Parts of a stop that the mean is taken in.
    private static let stepsPerStop = 256.0
    /// What each code stands for, in those parts and in 32nds of a stop.
    private static let logarithms = logarithms(partsPerStop: stepsPerStop)
    private static let stops = logarithms(partsPerStop: 32)

    /// Tiles in a row.
    let columns: Int
    private let rows: Int
    private let limit: Int16
    private var samples: TileMedian.Samples
    private var neighbours: NeighbourMedian
    private var grid: GainField.Grid
    /// Log light of each tile against the plate in 32nds of a stop, as measured last; four stops each way at most.
    private(set) var ratios: [Int16]
    private var codes: [UInt8]
    private var medians: [UInt8]
    /// Logarithms of the medians with a margin of one that repeats the edge.
    private var levels: [Int16]
    /// What each tile was multiplied by last, Q8.
    private(set) var gains: [UInt16]
    /// The gain, Q8, for each mean logarithm from −`limit` to `limit`.
    private let gainOfLevel: [UInt16]

    init(size: PixelSize, settings: LightSettings) {
        samples = TileMedian.Samples(size: size, tile: settings.tile)
        columns = samples.columns
        rows = samples.rows
        neighbours = NeighbourMedian(columns: columns, rows: rows, reach: settings.reach)
        grid = GainField.Grid(width: size.width, height: size.height, tile: settings.tile)
        codes = [UInt8](repeating: LightRatio.equal, count: columns * rows)
        medians = codes
        ratios = [Int16](repeating: 0, count: codes.count)
        levels = [Int16](repeating: 0, count: (columns + 2) * (rows + 2))
        gains = [UInt16](repeating: 256, count: columns * rows)
        limit = Int16((Self.stepsPerStop * log2(settings.limit)).rounded())
        gainOfLevel = (-limit...limit).map { level in
            min(UInt16((256 * exp2(-Double(level) / Self.stepsPerStop)).rounded()), GainField.highest)
        }
    }

    /// Measures the light of `cells` against the plate (Q8.8).
    mutating func measure(_ cells: Cells, plate: [UInt16]) {
        TileMedian.light(cells.luma, plate: plate, &samples, into: &codes)
        for index in 0..<codes.count { ratios[index] = Self.stops[Int(codes[index])] }
    }

    /// Divides the light that was measured last out of `cells`.
    mutating func compensate(_ cells: inout Cells) {
        neighbours.apply(codes, into: &medians)
        setLevels()
        setGains()
        GainField.apply(gains, &grid, luma: &cells.luma, cb: &cells.cb, cr: &cells.cr)
    }

    private mutating func setLevels() {
        for y in 0..<rows + 2 {
            let row = min(max(y - 1, 0), rows - 1)
            for x in 0..<columns + 2 {
                let column = min(max(x - 1, 0), columns - 1)
                levels[y * (columns + 2) + x] = min(max(Self.logarithms[Int(medians[row * columns + column])], -limit), limit)
            }
        }
    }

    /// The mean over three by three tiles, as a gain.
    private mutating func setGains() {
        for row in 0..<rows {
            for column in 0..<columns {
                var sum = 0
                for y in row...row + 2 {
                    let start = y * (columns + 2) + column
                    sum += Int(levels[start]) + Int(levels[start + 1]) + Int(levels[start + 2])
                }
                // Shifted up, so that the division rounds to nearest on both sides of 0.
                let mean = (sum + 9 * Int(limit) + 4) / 9
                gains[row * columns + column] = gainOfLevel[mean]
            }
        }
    }

    private static func logarithms(partsPerStop: Double) -> [Int16] {
        (0...255).map { Int16((partsPerStop * log2(Double(LightRatio.ratio(of: $0)))).rounded()) }
    }
}
