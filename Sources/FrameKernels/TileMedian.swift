public import FrameCore

/// Medians over square tiles and over tiles' neighbourhoods, found bit by bit: the largest value that no more than half of
/// the others lie below. Eight counting passes without a branch replace sorting.
public enum TileMedian {
    /// The tiles of one size of picture and room for what is compared in each; made once.
    public struct Samples: Codable, Sendable {
        public let columns: Int
        public let rows: Int
        let size: PixelSize
        let tile: Int
        /// Room for each tile in `codes`; a whole number of vectors.
        let capacity: Int
        /// Every second row of each tile, tile after tile; 255 where a tile at the edge has fewer pixels.
        var codes: [UInt8]
        /// For each tile how many of its codes may lie below the median.
        let ranks: [UInt16]
        /// One row of the picture, filled up to whole tiles with 255.
        var row: [UInt8]

        /// - Parameter tile: a power of two, at least 8 pixels.
        public init(size: PixelSize, tile: Int) {
            precondition(tile >= 8 && tile & (tile - 1) == 0, "a tile's side must be a power of two from 8")
            let columns = (size.width + tile - 1) / tile
            let rows = (size.height + tile - 1) / tile
            self.columns = columns
            self.rows = rows
            self.size = size
            self.tile = tile
            capacity = tile * tile / 2
            codes = [UInt8](repeating: 255, count: columns * rows * capacity)
            row = [UInt8](repeating: 255, count: columns * tile)
            ranks = (0..<columns * rows).map { index in
                let width = min(tile, size.width - index % columns * tile)
                let height = min(tile, size.height - index / columns * tile)
                return UInt16(width * ((height + 1) / 2) / 2)
            }
        }
    }

    /// The median `LightRatio` code of each tile, over every second row: as good as one over all.
    ///
    /// - Parameters:
    ///   - seen: luma of the picture, `plate`: of the plate, Q8.8.
    ///   - medians: one for each tile; the upper one where two are in the middle.
    public static func light(_ seen: [UInt8], plate: [UInt16], _ samples: inout Samples, into medians: inout [UInt8]) {
        let size = samples.size
        precondition(seen.count == size.area && plate.count == size.area && medians.count == samples.ranks.count)
        for y in stride(from: 0, to: size.height, by: 2) {
            encodeRow(seen, plate, from: y * size.width, count: size.width, into: &samples.row)
            let place = y / samples.tile * samples.columns * samples.capacity + y % samples.tile / 2 * samples.tile
            deal(samples.row, tile: samples.tile, capacity: samples.capacity, into: &samples.codes, at: place)
        }
        for index in 0..<medians.count {
            medians[index] = median(samples.codes, from: index * samples.capacity, count: samples.capacity, rank: Int(samples.ranks[index]))
        }
    }

    private static func encodeRow(_ seen: [UInt8], _ plate: [UInt16], from start: Int, count: Int, into row: inout [UInt8]) {
        var row = row.mutableSpan
        LightRatio.encode(seen.span.extracting(start..<start + count), plate.span.extracting(start..<start + count), into: &row)
    }

    /// Deals one row's codes out to its tiles, eight at a time.
    private static func deal(_ row: [UInt8], tile: Int, capacity: Int, into codes: inout [UInt8], at place: Int) {
        let row = row.span
        var codes = codes.mutableSpan
        var from = 0
        var target = place
        while from < row.count {
            for part in stride(from: 0, to: tile, by: 8) {
                let source = row.extracting(from + part..<from + part + 8)
                var room = codes._mutatingExtracting(target + part..<target + part + 8)
                for i in 0..<8 { room[i] = source[i] }
            }
            from += tile
            target += capacity
        }
    }

    private static func median(_ codes: [UInt8], from start: Int, count: Int, rank: Int) -> UInt8 {
        let codes = codes.span.extracting(start..<start + count)
        var found: UInt8 = 0
        var bit: UInt8 = 128
        while bit != 0 {
            let trial = found | bit
            if countBelow(trial, codes) <= rank { found = trial }
            bit >>= 1
        }
        return found
    }

    private static func countBelow(_ limit: UInt8, _ codes: Span<UInt8>) -> Int {
        var total = 0
        var start = 0
        while start < codes.count {
            // A block's count fits into a byte, so that one instruction counts for as many codes as it compares.
            let block = codes.extracting(start..<min(start + 128, codes.count))
            total += Int(countBlock(limit, block))
            start += 128
        }
        return total
    }

    private static func countBlock(_ limit: UInt8, _ codes: Span<UInt8>) -> UInt8 {
        var count: UInt8 = 0
        // The sign of a difference and not a choice between 0 and 1: of a choice the compiler makes a branch here, of this
        // one vector comparison.
        for i in 0..<codes.count { count &+= UInt8(truncatingIfNeeded: (UInt16(codes[i]) &- UInt16(limit)) &>> 15) }
        return count
    }
}
