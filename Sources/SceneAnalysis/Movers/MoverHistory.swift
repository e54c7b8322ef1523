internal import FrameCore

/// Where movers were in the last seconds: how a still region came, and who is beside it.
///
/// A ring of the last `capacity` pictures with at most `most` movers each; nothing is allocated after the start.
struct MoverHistory: Codable {
    /// How a region came to stand.
    enum Arrival: Int, Codable, Sendable {
        /// Nobody was there before, or the pictures lie too far apart to say.
        case unknown
        /// Something of its size came here and stopped: a person, a car.
        case whole
        /// Something larger was here when it began and went on without it.
        case dropped
    }

    private struct Sighting: Codable {
        var clock = -1.0
        var count = 0
    }

    private static let capacity = 64
    private static let most = 48
    /// Pictures in which one who comes is looked for before, and one who goes on after.
    private static let stepsBack = 3
    private static let stepsOn = 3
    /// Farther apart than this, two pictures say nothing about a path.
    private static let longestGap = 1.2

    private var sightings = [Sighting](repeating: Sighting(), count: capacity)
    private var movers = [MoverFinder.Mover](
        repeating: MoverFinder.Mover(box: PixelRect(x: 0, y: 0, width: 0, height: 0), area: 0), count: capacity * most)
    private var next = 0

    /// - Parameter clock: seconds of clear view, growing.
    mutating func add(_ found: [MoverFinder.Mover], clock: Double) {
        let count = min(found.count, Self.most)
        sightings[next] = Sighting(clock: clock, count: count)
        for i in 0..<count { movers[next * Self.most + i] = found[i] }
        next = (next + 1) % Self.capacity
    }

    /// How the region in `box` (cells), of which `area` cells are filled, came at `bornAt`.
    func arrival(of box: PixelRect, area: Int, bornAt: Double) -> Arrival {
        guard let before = slot(before: bornAt - 0.01), let at = slot(from: bornAt - 0.01),
            sightings[at].clock - sightings[before].clock <= Self.longestGap
        else { return .unknown }
        // Somebody much larger stood over the place when it began.
        var slot = at
        var seen = 0
        while seen < 4 && sightings[slot].clock >= bornAt - 0.01 {
            if let over = mover(in: slot, over: box), isMuchLarger(over, than: box, area) { return .dropped }
            seen += 1
            slot = (slot + 1) % Self.capacity
            if slot == next { break }
        }
        // Or something of its own size was near and nothing like it went on from here.
        var earlier = before
        for _ in 0..<Self.stepsBack {
            guard sightings[earlier].clock >= 0, sightings[earlier].clock < bornAt else { break }
            if isBeside(box, area, in: earlier, overlapCounts: true) {
                return wentOn(box, area, from: at) ? .unknown : .whole
            }
            earlier = (earlier - 1 + Self.capacity) % Self.capacity
        }
        return .unknown
    }

    /// For how long after it came somebody larger still stood over the region, seconds, at most `longest`: what is being put
    /// down is not left yet.
    func handover(of box: PixelRect, area: Int, bornAt: Double, longest: Double) -> Double {
        guard var slot = slot(from: bornAt - 0.01) else { return 0 }
        var until = bornAt
        while sightings[slot].clock <= bornAt + longest {
            guard let over = mover(in: slot, over: box), isMuchLarger(over, than: box, area) else { break }
            let following = (slot + 1) % Self.capacity
            // Where pictures lie far apart, the birth is a guess already.
            if following == next || sightings[following].clock - sightings[slot].clock > Self.longestGap { break }
            until = sightings[slot].clock
            slot = following
        }
        return min(until - bornAt, longest)
    }

    /// Whether something of the region's size is at or near its place in a picture.
    private func isBeside(_ box: PixelRect, _ area: Int, in slot: Int, overlapCounts: Bool) -> Bool {
        for i in 0..<sightings[slot].count {
            let mover = movers[slot * Self.most + i]
            guard isAlike(mover, box, area), isNear(mover.box, box) else { continue }
            if overlapCounts || 2 * mover.box.intersection(box).area < box.area { return true }
        }
        return false
    }

    /// Whether something like the region left its place in the pictures after it came: then it was only passing.
    private func wentOn(_ box: PixelRect, _ area: Int, from first: Int) -> Bool {
        var slot = (first + 1) % Self.capacity
        for _ in 0..<Self.stepsOn {
            if slot == next { return false }
            if isBeside(box, area, in: slot, overlapCounts: false) { return true }
            slot = (slot + 1) % Self.capacity
        }
        return false
    }

    /// Whether something that is not the region itself is beside `box` (cells) in the newest picture.
    func hasCompany(_ box: PixelRect) -> Bool {
        let newest = (next - 1 + Self.capacity) % Self.capacity
        let reach = max(6, box.width / 2)
        let around = PixelRect(x: box.x - reach, y: box.y - reach / 2, width: box.width + 2 * reach, height: box.height + reach)
        for i in 0..<sightings[newest].count {
            let mover = movers[newest * Self.most + i]
            guard mover.box.height * 2 >= box.height, mover.box.intersection(around).area > 0 else { continue }
            return true
        }
        return false
    }

    private func slot(before clock: Double) -> Int? {
        var slot = (next - 1 + Self.capacity) % Self.capacity
        for _ in 0..<Self.capacity {
            guard sightings[slot].clock >= 0 else { return nil }
            if sightings[slot].clock < clock { return slot }
            slot = (slot - 1 + Self.capacity) % Self.capacity
        }
        return nil
    }

    private func slot(from clock: Double) -> Int? {
        slot(before: clock).map { ($0 + 1) % Self.capacity }.flatMap { $0 == next ? nil : $0 }
    }

    private func mover(in slot: Int, over box: PixelRect) -> MoverFinder.Mover? {
        var best: MoverFinder.Mover?
        var bestCommon = 0
        for i in 0..<sightings[slot].count {
            let mover = movers[slot * Self.most + i]
            let common = mover.box.intersection(box).area
            if common > bestCommon {
                bestCommon = common
                best = mover
            }
        }
        return best
    }

    private func isMuchLarger(_ mover: MoverFinder.Mover, than box: PixelRect, _ area: Int) -> Bool {
        mover.area >= 2 * area && mover.box.height * 2 >= box.height * 3
    }

    private func isAlike(_ mover: MoverFinder.Mover, _ box: PixelRect, _ area: Int) -> Bool {
        let height = Double(mover.box.height) / Double(max(1, box.height))
        let size = Double(mover.area) / Double(max(1, area))
        return (0.7...1.5).contains(height) && (0.5...2.2).contains(size)
    }

    private func isNear(_ mover: PixelRect, _ box: PixelRect) -> Bool {
        let gapX = max(0, max(mover.x, box.x) - min(mover.maxX, box.maxX))
        let gapY = max(0, max(mover.y, box.y) - min(mover.maxY, box.maxY))
        return max(gapX, gapY) <= box.height
    }
}
