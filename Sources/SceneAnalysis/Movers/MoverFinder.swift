internal import FrameCore
internal import FrameKernels

/// Groups of foreground as boxes: who is on the street now, on a grid of blocks of 4×4 cells.
///
/// Movers need a place and a size, not an outline; on blocks the labelling is a sixteenth of the work. The storage is
/// reused from frame to frame.
struct MoverFinder: Codable {
    /// One connected group of blocks.
    struct Mover: Codable {
        /// In cells.
        var box: PixelRect
        /// Foreground cells in it.
        var area: Int
    }

    static let block = 4
    /// Foreground cells of a block's 16 from which it belongs to a mover.
    private static let leastInBlock: UInt8 = 5

    private let size: PixelSize
    private let columns: Int
    private let rows: Int
    private var counts: [UInt8]
    private var stack: [Int32] = []
    private(set) var movers: [Mover] = []

    init(size: PixelSize) {
        self.size = size
        columns = size.width / Self.block
        rows = size.height / Self.block
        counts = [UInt8](repeating: 0, count: columns * rows)
        stack.reserveCapacity(columns * rows)
        movers.reserveCapacity(64)
    }

    /// - Parameters:
    ///   - state: of `MemoryStep`; everything that is not background counts,
    ///   - held: but what stands in a region that is reported already.
    mutating func find(state: [UInt8], held: [UInt8]) {
        BlockCount.foreground(state, held: held, size: size, into: &counts)
        movers.removeAll(keepingCapacity: true)
        for start in 0..<counts.count where counts[start] >= Self.leastInBlock { flood(from: start) }
    }

    private mutating func flood(from start: Int) {
        var area = 0
        var left = Int.max, top = Int.max, right = 0, bottom = 0
        stack.append(Int32(start))
        area += Int(counts[start])
        counts[start] = 0
        while let last = stack.popLast() {
            let row = Int(last) / columns
            let column = Int(last) - row * columns
            left = min(left, column)
            right = max(right, column)
            top = min(top, row)
            bottom = max(bottom, row)
            for y in max(0, row - 1)...min(rows - 1, row + 1) {
                for x in max(0, column - 1)...min(columns - 1, column + 1) {
                    let neighbour = y &* columns &+ x
                    guard counts[neighbour] >= Self.leastInBlock else { continue }
                    area += Int(counts[neighbour])
                    counts[neighbour] = 0
                    stack.append(Int32(neighbour))
                }
            }
        }
        movers.append(
            Mover(
                box: PixelRect(
                    x: left * Self.block, y: top * Self.block, width: (right - left + 1) * Self.block,
                    height: (bottom - top + 1) * Self.block),
                area: area))
    }
}
