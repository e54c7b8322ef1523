/// Median filter of a small grid of bytes, its square window cut at the edges (Tukey, "Exploratory Data Analysis", 1977).
///
/// All medians are found at once, bit by bit, as in `TileMedian`.
public struct NeighbourMedian: Codable, Sendable {
    private let columns: Int
    private let rows: Int
    private let reach: Int
    private let width: Int
    /// The grid with a margin of `reach` on every side that holds 255, which is below no trial value.
    private var padded: [UInt8]
    private var trials: [UInt8]
    private var counts: [UInt8]
    private var found: [UInt8]
    /// How many values of each window may lie below its median.
    private let ranks: [UInt8]

    /// - Parameter reach: the window is 2 · `reach` + 1 wide; at most 7.
    public init(columns: Int, rows: Int, reach: Int) {
        precondition(columns >= 0 && rows >= 0 && (0...7).contains(reach))
        self.columns = columns
        self.rows = rows
        self.reach = reach
        width = columns + 2 * reach
        padded = [UInt8](repeating: 255, count: width * (rows + 2 * reach))
        // From the first to the last inner value in one piece: what lies on the margins between is computed for nothing.
        let length = rows > 0 && columns > 0 ? width * (rows - 1) + columns : 0
        trials = [UInt8](repeating: 0, count: length)
        counts = trials
        found = trials
        let width = width
        ranks = (0..<length).map { index in
            let x = min(index % width, columns - 1)
            let y = index / width
            let across = min(columns - 1, x + reach) - max(0, x - reach) + 1
            let down = min(rows - 1, y + reach) - max(0, y - reach) + 1
            return UInt8(across * down / 2)
        }
    }

    /// - Parameters:
    ///   - grid: columns × rows values.
    ///   - medians: of the same size; the upper one where two are in the middle.
    public mutating func apply(_ grid: [UInt8], into medians: inout [UInt8]) {
        precondition(grid.count == columns * rows && medians.count == grid.count)
        for y in 0..<rows {
            for x in 0..<columns { padded[(y + reach) * width + reach + x] = grid[y * columns + x] }
        }
        for index in 0..<found.count { found[index] = 0 }
        var bit: UInt8 = 128
        while bit != 0 {
            Self.start(found, bit, &trials, &counts)
            for dy in 0...2 * reach {
                for dx in 0...2 * reach { Self.count(padded, from: dy * width + dx, trials, &counts) }
            }
            Self.accept(counts, ranks, trials, &found)
            bit >>= 1
        }
        for y in 0..<rows {
            for x in 0..<columns { medians[y * columns + x] = found[y * width + x] }
        }
    }

    private static func start(_ found: [UInt8], _ bit: UInt8, _ trials: inout [UInt8], _ counts: inout [UInt8]) {
        let found = found.span
        var trials = trials.mutableSpan
        var counts = counts.mutableSpan
        precondition(trials.count == found.count && counts.count == found.count)
        for i in 0..<found.count {
            trials[i] = found[i] | bit
            counts[i] = 0
        }
    }

    private static func count(_ padded: [UInt8], from start: Int, _ trials: [UInt8], _ counts: inout [UInt8]) {
        let trials = trials.span
        let values = padded.span.extracting(start..<start + trials.count)
        var counts = counts.mutableSpan
        precondition(counts.count == trials.count)
        for i in 0..<trials.count { counts[i] &+= values[i] < trials[i] ? 1 : 0 }
    }

    private static func accept(_ counts: [UInt8], _ ranks: [UInt8], _ trials: [UInt8], _ found: inout [UInt8]) {
        let counts = counts.span, ranks = ranks.span, trials = trials.span
        var found = found.mutableSpan
        precondition(counts.count == found.count && ranks.count == found.count && trials.count == found.count)
        for i in 0..<found.count {
            let old = found[i]
            let new = trials[i]
            found[i] = counts[i] <= ranks[i] ? new : old
        }
    }
}
