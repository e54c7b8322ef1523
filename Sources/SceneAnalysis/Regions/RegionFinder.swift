internal import FrameCore
internal import FrameKernels

/// Connected groups of marked cells.
///
/// Marks are closed by one cell first, so that a thin gap does not cut an object in two. Each row is cut into runs of marked
/// cells, and runs that touch are joined by union-find in one pass (Rosenfeld and Pfaltz, 1966, on runs as in He, Chao and
/// Suzuki, "A run-based two-scan labeling algorithm", IEEE Trans. Image Processing 17(5), 2008), 8-connected. Rows without a
/// mark, nearly all of them, are passed over.
struct RegionFinder: Codable {
    /// One group; `cells` index into the picture, in the order of rows.
    struct Group: Codable {
        var box: PixelRect
        var cells: [Int32]
    }

    /// Neighbouring marked cells of one row. `parent` leads to the first run of the group, which holds its total.
    private struct Run: Codable {
        var row: Int32
        var start: Int32
        var end: Int32
        var parent: Int32
        var total: Int32
        /// Where the group is in the answer; −1 while it is not.
        var slot: Int32
    }

    private let size: PixelSize
    private var runs: [Run] = []
    private var grown: [UInt8]
    private var closed: [UInt8]

    init(size: PixelSize) {
        self.size = size
        grown = [UInt8](repeating: 0, count: size.area)
        closed = grown
        runs.reserveCapacity(8 * size.height)
    }

    /// Puts all groups of at least `minimumCells` marked cells in `parts`, in the order of their first cells.
    mutating func find(in marks: [UInt8], minimumCells: Int, into parts: inout RegionParts) {
        parts.removeAll()
        let rows = MarkedRows.range(in: marks, size: size)
        guard !rows.isEmpty else { return }
        Closing.square(marks, size: size, rows: rows, scratch: &grown, into: &closed)
        findRuns(in: rows)
        addTotals()
        collect(minimumCells, into: &parts)
    }

    private mutating func findRuns(in rows: Range<Int>) {
        runs.removeAll(keepingCapacity: true)
        var above = 0..<0
        for y in rows {
            let first = runs.count
            if MarkedRows.isMarked(closed, y * size.width, size.width) { appendRuns(row: y) }
            let here = first..<runs.count
            join(above, here)
            above = here
        }
    }

    private mutating func appendRuns(row y: Int) {
        let start = y &* size.width
        var x = 0
        while x < size.width {
            // Sixteen empty cells at a time.
            if x &+ 16 <= size.width && !MarkedRows.isMarked(closed, start &+ x, 16) {
                x &+= 16
                continue
            }
            while x < size.width && closed[start &+ x] == 0 { x &+= 1 }
            guard x < size.width else { return }
            let from = x
            while x < size.width && closed[start &+ x] != 0 { x &+= 1 }
            runs.append(
                Run(row: Int32(y), start: Int32(from), end: Int32(x), parent: Int32(runs.count), total: 0, slot: -1))
        }
    }

    /// Joins the runs of one row with those of the row above that they touch, also by a corner.
    private mutating func join(_ above: Range<Int>, _ here: Range<Int>) {
        var upper = above.lowerBound
        for lower in here {
            while upper < above.upperBound && runs[upper].end < runs[lower].start { upper += 1 }
            var touching = upper
            while touching < above.upperBound && runs[touching].start <= runs[lower].end {
                let one = root(touching)
                let other = root(lower)
                // The earlier run stays the root, so that groups come in the order of their first cells.
                runs[max(one, other)].parent = Int32(min(one, other))
                touching += 1
            }
        }
    }

    private mutating func addTotals() {
        for index in runs.indices {
            let root = root(index)
            runs[root].total += runs[index].end - runs[index].start
        }
    }

    private mutating func collect(_ minimumCells: Int, into parts: inout RegionParts) {
        for index in runs.indices {
            let root = root(index)
            guard Int(runs[root].total) >= minimumCells else { continue }
            let run = runs[index]
            let box = PixelRect(x: Int(run.start), y: Int(run.row), width: Int(run.end - run.start), height: 1)
            if runs[root].slot < 0 { runs[root].slot = Int32(parts.add(box: box)) }
            let start = run.row * Int32(size.width)
            parts.extend(Int(runs[root].slot), by: start + run.start..<start + run.end, box: box)
        }
    }

    private mutating func root(_ index: Int) -> Int {
        var root = index
        while Int(runs[root].parent) != root {
            runs[root].parent = runs[Int(runs[root].parent)].parent
            root = Int(runs[root].parent)
        }
        return root
    }
}
