public import FrameCore

/// Counts of marked pixels in blocks of 4×4.
public enum BlockCount {
    private static let side = 4

    /// Counts what is foreground and does not stand in a held region.
    ///
    /// - Parameters:
    ///   - state: states of `MemoryStep`.
    ///   - held: 1 where an open region keeps its cells: a still one there does not count.
    ///   - counts: 0…16 for each whole block, row by row; what is left at the right and lower edge is not counted.
    public static func foreground(_ state: [UInt8], held: [UInt8], size: PixelSize, into counts: inout [UInt8]) {
        let columns = size.width / side
        precondition(state.count == size.area && held.count == size.area && counts.count == columns * (size.height / side))
        for row in 0..<size.height / side {
            clear(&counts, from: row * columns, count: columns)
            for line in row * side..<(row + 1) * side {
                add(state, held, from: line * size.width, to: &counts, at: row * columns, count: columns)
            }
        }
    }

    private static func clear(_ counts: inout [UInt8], from start: Int, count: Int) {
        var counts = counts.mutableSpan
        for i in start..<start + count { counts[i] = 0 }
    }

    private static func add(_ state: [UInt8], _ held: [UInt8], from start: Int, to counts: inout [UInt8], at first: Int, count: Int) {
        let state = state.span.extracting(start..<start + side * count)
        let held = held.span.extracting(start..<start + side * count)
        var all = counts.mutableSpan
        var counts = all._mutatingExtracting(first..<first + count)
        precondition(state.count == side * counts.count && held.count == side * counts.count)
        for x in 0..<counts.count {
            var sum: UInt8 = 0
            for k in 0..<side {
                let now = state[side &* x &+ k]
                let isStanding = now & held[side &* x &+ k] &<< 1
                // Moving is 1, still is 2: a held cell that is still has bit 1 in both.
                sum &+= min(now, 1) & ~(isStanding &>> 1)
            }
            counts[x] &+= sum
        }
    }
}
