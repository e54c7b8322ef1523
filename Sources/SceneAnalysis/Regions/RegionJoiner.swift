internal import FrameCore
internal import FrameKernels

/// Which still parts are one thing: those that came together and touch, or stand on each other.
struct RegionJoiner {
    /// A group and for how long it has stood, or when it came, seconds.
    typealias Part = (group: RegionFinder.Group, age: Double)

    private let size: PixelSize
    private let settings: RegionSettings

    init(size: PixelSize, settings: RegionSettings) {
        self.size = size
        self.settings = settings
    }

    /// Joins parts that came together: near each other, or one standing on the other (an umbrella over its table).
    func join(_ found: [Part], _ memory: StreetMemory) -> [RegionFinder.Group] {
        var parts = found
        var changed = true
        while changed {
            changed = false
            outer: for first in parts.indices {
                for second in parts.indices where second > first && belongTogether(parts[first], parts[second], memory) {
                    parts[first].group.join(parts[second].group)
                    parts[first].age = max(parts[first].age, parts[second].age)
                    parts.remove(at: second)
                    changed = true
                    break outer
                }
            }
        }
        return parts.map(\.group)
    }

    /// - Parameter within: difference of age that still joins, seconds; nil for the usual one.
    func belongTogether(_ a: Part, _ b: Part, _ memory: StreetMemory, within: Double? = nil) -> Bool {
        guard abs(a.age - b.age) <= within ?? settings.joinAgeSeconds else { return false }
        let boxA = a.group.box
        let boxB = b.group.box
        let gapX = max(0, max(boxA.x, boxB.x) - min(boxA.maxX, boxB.maxX))
        let gapY = max(0, max(boxA.y, boxB.y) - min(boxA.maxY, boxB.maxY))
        if max(gapX, gapY) <= settings.joinGap { return true }
        let common = min(boxA.maxX, boxB.maxX) - max(boxA.x, boxB.x)
        let narrower = min(boxA.width, boxB.width)
        guard 2 * common >= narrower else { return false }
        return gapY <= max(boxA.height, boxB.height) || isBridged(boxA, boxB, memory)
    }

    /// Whether a held region that is covered now lies between the two: then they are the top and bottom of what covers it.
    private func isBridged(_ a: PixelRect, _ b: PixelRect, _ memory: StreetMemory) -> Bool {
        let top = min(a.maxY, b.maxY)
        let bottom = max(a.y, b.y)
        let x = (max(a.x, b.x) + min(a.maxX, b.maxX)) / 2
        var covered = 0
        for y in top..<max(top, bottom)
        where memory.held[y * size.width + x] != 0 && memory.state[y * size.width + x] != MemoryStep.State.background {
            covered += 1
        }
        return 2 * covered >= bottom - top && bottom > top
    }
}

extension RegionFinder.Group {
    mutating func join(_ other: RegionFinder.Group) {
        box = box.union(other.box)
        cells += other.cells
    }

    func joined(_ other: RegionFinder.Group) -> RegionFinder.Group {
        var whole = self
        whole.join(other)
        return whole
    }
}
