internal import FrameCore

/// The groups of one picture, in storage that is used again for the next: a frame in which something stands allocates no
/// more than one in which nothing does.
struct RegionParts: Codable {
    struct Part: Codable {
        var group: RegionFinder.Group
        /// For how long nearly all of it has stood, seconds.
        var age = 0.0
        /// It was joined to another one.
        var isGone = false
    }

    /// Parts, and cells of each, that room is taken for at the start.
    private static let usualParts = 24
    private static let usualCells = 256

    private var storage: [Part] = []
    private(set) var count = 0

    init() {
        storage.reserveCapacity(2 * Self.usualParts)
        for _ in 0..<Self.usualParts {
            var group = RegionFinder.Group(box: PixelRect(x: 0, y: 0, width: 0, height: 0), cells: [])
            group.cells.reserveCapacity(Self.usualCells)
            storage.append(Part(group: group))
        }
    }

    subscript(index: Int) -> Part {
        get { storage[index] }
        _modify { yield &storage[index] }
    }

    mutating func removeAll() { count = 0 }

    /// - Returns: the index of a new part without cells.
    mutating func add(box: PixelRect) -> Int {
        if count == storage.count { storage.append(Part(group: RegionFinder.Group(box: box, cells: []))) }
        storage[count].group.box = box
        storage[count].group.cells.removeAll(keepingCapacity: true)
        storage[count].age = 0
        storage[count].isGone = false
        count += 1
        return count - 1
    }

    mutating func extend(_ index: Int, by cells: Range<Int32>, box: PixelRect) {
        storage[index].group.cells.append(contentsOf: cells)
        storage[index].group.box = storage[index].group.box.union(box)
    }

    /// The second becomes part of the first.
    mutating func join(_ first: Int, _ second: Int) {
        storage[first].group.box = storage[first].group.box.union(storage[second].group.box)
        for cell in storage[second].group.cells { storage[first].group.cells.append(cell) }
        storage[first].age = max(storage[first].age, storage[second].age)
        storage[second].isGone = true
    }
}
