internal import FrameCore

/// Where a shaken picture fits the plate best: steps of halving width down the mean clipped difference.
///
/// The live analysis estimates the shake by projections, which a large vehicle misleads. Here time does not count: every
/// place tried is compared over the whole view, and what covers a part of it is clipped, so that the street decides.
struct ShakeSearch {
    /// Farthest shake, in cells.
    static let reach = 20
    private static let firstStep = 8
    /// Every third cell in both directions.
    private static let spacing = 3
    /// A difference beyond this is another thing, not another place.
    private static let clip: Int32 = 20

    private var last = (x: 0, y: 0)

    /// The shift (x, y) in cells at which `luma` shows what the plate (Q8.8) shows at (0, 0), within `reach` of it.
    mutating func find(_ luma: [UInt8], plate: [UInt16], size: PixelSize) -> (x: Int, y: Int) {
        guard size.width > 4 * Self.reach, size.height > 4 * Self.reach else { return (0, 0) }
        var best = (x: 0, y: 0)
        var least = Self.cost(luma, plate, size, best)
        let before = Self.cost(luma, plate, size, last)
        if before < least { (best, least) = (last, before) }
        var step = Self.firstStep
        while step > 0 {
            var moved = true
            while moved {
                moved = false
                let centre = best
                for y in -1...1 {
                    for x in -1...1 where x != 0 || y != 0 {
                        let place = (x: centre.x + x * step, y: centre.y + y * step)
                        guard abs(place.x) <= Self.reach, abs(place.y) <= Self.reach else { continue }
                        let cost = Self.cost(luma, plate, size, place)
                        if cost < least {
                            (best, least) = (place, cost)
                            moved = true
                        }
                    }
                }
            }
            step /= 2
        }
        last = best
        return best
    }

    private static func cost(_ luma: [UInt8], _ plate: [UInt16], _ size: PixelSize, _ shift: (x: Int, y: Int)) -> Int {
        var sum = 0
        var y = reach
        while y < size.height - reach {
            let here = (y + shift.y) * size.width + shift.x
            let there = y * size.width
            var x = reach
            while x < size.width - reach {
                let difference = abs(Int32(luma[here &+ x]) &- Int32(plate[there &+ x] &>> 8))
                sum &+= Int(min(difference, clip))
                x &+= spacing
            }
            y += spacing
        }
        return sum
    }
}
