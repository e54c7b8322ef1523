internal import FrameCore
internal import FrameKernels

/// Which still parts are one thing: those that came together and touch, or stand on each other.
struct RegionJoiner: Codable {
    private let size: PixelSize
    private let settings: RegionSettings

    init(size: PixelSize, settings: RegionSettings) {
        self.size = size
        self.settings = settings
    }

    /// Joins parts that came together: near each other, or one standing on the other (an umbrella over its table).
    func join(_ parts: inout RegionParts, _ memory: StreetMemory) {
        var pair: (Int, Int)?
        repeat {
            pair = nil
            outer: for first in 0..<parts.count where !parts[first].isGone {
                for second in first + 1..<max(first + 1, parts.count) where !parts[second].isGone {
                    let one = parts[first]
                    let other = parts[second]
                    guard belongTogether(one.group.box, one.age, other.group.box, other.age, memory) else { continue }
                    pair = (first, second)
                    break outer
                }
            }
            if let pair { parts.join(pair.0, pair.1) }
        } while pair != nil
    }

    /// Whether two parts, each with its age or birth in seconds, are one thing.
    ///
    /// - Parameter within: difference of age that still joins, seconds; nil for the usual one.
    func belongTogether(
        _ boxA: PixelRect, _ ageA: Double, _ boxB: PixelRect, _ ageB: Double, _ memory: StreetMemory, within: Double? = nil
    ) -> Bool {
        guard abs(ageA - ageB) <= within ?? settings.joinAgeSeconds else { return false }
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
        for cell in other.cells { cells.append(cell) }
    }

    /// Takes another's place and cells in its own storage.
    mutating func become(_ other: RegionFinder.Group) {
        box = other.box
        cells.removeAll(keepingCapacity: true)
        for cell in other.cells { cells.append(cell) }
    }
}
