internal import FrameCore
internal import FrameKernels

/// Connected groups of marked cells.
///
/// Marks are closed by one cell first, so that a thin gap does not cut an object in two. Labels run by union-find in
/// one pass over the rows (Rosenfeld and Pfaltz, 1966), 8-connected.
struct RegionFinder {
    /// One group; `cells` index into the picture.
    struct Group {
        var box: PixelRect
        var cells: [Int32]
    }

    private let size: PixelSize
    private var labels: [Int32]
    private var parents: [Int32] = []
    private var grown: [UInt8]
    private var closed: [UInt8]

    init(size: PixelSize) {
        self.size = size
        labels = [Int32](repeating: 0, count: size.area)
        grown = [UInt8](repeating: 0, count: size.area)
        closed = grown
    }

    /// All groups of at least `minimumCells` marked cells.
    mutating func groups(in marks: [UInt8], minimumCells: Int) -> [Group] {
        Closing.square(marks, size: size, scratch: &grown, into: &closed)
        label()
        var slots: [Int32: Int] = [:]
        var found: [Group] = []
        for y in 0..<size.height {
            for x in 0..<size.width {
                let index = y &* size.width &+ x
                guard labels[index] != 0 else { continue }
                let root = find(labels[index])
                let slot: Int
                if let known = slots[root] {
                    slot = known
                } else {
                    slot = found.count
                    slots[root] = slot
                    found.append(Group(box: PixelRect(x: x, y: y, width: 0, height: 0), cells: []))
                }
                found[slot].cells.append(Int32(index))
                let box = found[slot].box
                let left = min(box.x, x)
                found[slot].box = PixelRect(
                    x: left, y: box.y, width: max(box.maxX, x + 1) - left, height: max(box.maxY, y + 1) - box.y)
            }
        }
        return found.filter { $0.cells.count >= minimumCells }
    }

    private mutating func label() {
        let width = size.width
        parents.removeAll(keepingCapacity: true)
        parents.append(0)
        for index in 0..<size.area { labels[index] = 0 }
        guard size.width > 2, size.height > 2 else { return }
        for y in 1..<size.height - 1 {
            for x in 1..<width - 1 {
                let i = y &* width &+ x
                guard closed[i] != 0 else { continue }
                var best: Int32 = 0
                for neighbour in [i &- 1, i &- width &- 1, i &- width, i &- width &+ 1] where labels[neighbour] != 0 {
                    let root = find(labels[neighbour])
                    if best == 0 {
                        best = root
                    } else if root != best {
                        let low = min(best, root)
                        parents[Int(max(best, root))] = low
                        best = low
                    }
                }
                if best == 0 {
                    best = Int32(parents.count)
                    parents.append(best)
                }
                labels[i] = best
            }
        }
    }

    private mutating func find(_ label: Int32) -> Int32 {
        var root = label
        while parents[Int(root)] != root {
            parents[Int(root)] = parents[Int(parents[Int(root)])]
            root = parents[Int(root)]
        }
        return root
    }
}
