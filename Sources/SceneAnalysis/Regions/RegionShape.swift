package import FrameCore

/// How a region is built: of thin members or of closed faces, wider above than below or not, and whether it repeats from
/// left to right.
///
/// Measured on how far each cell differs from the street, so that what the street shows through counts as open. Works on
/// crops; after the largest region that was seen it allocates nothing.
package struct RegionShape: Codable {
    /// What stands in a picture and the street behind it, as planes of one size; plates are Q8.8.
    package struct Picture {
        let size: PixelSize
        let luma, cb, cr: [UInt8]
        let plateLuma, plateCb, plateCr: [UInt16]

        package init(
            size: PixelSize, luma: [UInt8], cb: [UInt8], cr: [UInt8], plateLuma: [UInt16], plateCb: [UInt16], plateCr: [UInt16]
        ) {
            self.size = size
            self.luma = luma
            self.cb = cb
            self.cr = cr
            self.plateLuma = plateLuma
            self.plateCb = plateCb
            self.plateCr = plateCr
        }
    }

    /// What one look says.
    package struct Measure: Sendable, Hashable {
        /// Part of it that stands in members under three cells across, 0…1: spokes, frames, rails.
        package var thinness = 0.0
        /// How much narrower it gets below its widest part, 0…1: umbrellas and tables do, piles do not.
        package var overhang = 0.0
        /// Highest normalised autocorrelation of the profile of upright edges at a pitch of at least four cells, less the
        /// lowest at a shorter pitch, 0…1: a row of bikes.
        package var repetition = 0.0
    }

    /// Differences below this are noise, levels; above `fullDifference` all faces are equally wide, however bright.
    private static let faintDifference: Int16 = 8
    private static let fullDifference: Int16 = 64
    /// Of the square that members are thin against, from its middle, cells.
    private static let reach = 1
    /// Horizontal bands that the widths are compared in.
    private static let bands = 6
    /// The shortest pitch: below it every texture repeats, cells.
    private static let shortestPitch = 4

    /// The crop, with a border as wide as the square's reach.
    private var difference: [Int16] = []
    private var opened: [Int16] = []
    private var scratch: [Int16] = []
    private var profile: [Float] = []

    /// Room for regions of up to so many cells each way is taken at the start.
    private static let usualSide = 96

    package init() {
        difference.reserveCapacity(Self.usualSide * Self.usualSide)
        opened.reserveCapacity(Self.usualSide * Self.usualSide)
        scratch.reserveCapacity(Self.usualSide * Self.usualSide)
        profile.reserveCapacity(2 * Self.usualSide)
    }

    /// Looks at one region.
    /// - Parameters:
    ///   - box: of the region, in cells; lies within the picture.
    ///   - cells: indices into its planes.
    package mutating func measure(box: PixelRect, cells: [Int32], in picture: Picture) -> Measure {
        precondition(picture.luma.count == picture.size.area && picture.plateLuma.count == picture.size.area)
        guard !box.isEmpty, !cells.isEmpty else { return Measure() }
        let width = box.width + 2 * Self.reach
        let height = box.height + 2 * Self.reach
        Self.clear(&difference, width * height)
        Self.clear(&opened, width * height)
        Self.clear(&scratch, width * height)
        cut(box, cells, picture, width)
        return Measure(
            thinness: thinness(width: width, height: height),
            overhang: overhang(width: width, height: height),
            repetition: repetition(box, cells, picture))
    }

    private static func clear(_ array: inout [Int16], _ count: Int) {
        array.removeAll(keepingCapacity: true)
        for _ in 0..<count { array.append(0) }
    }

    private mutating func cut(_ box: PixelRect, _ cells: [Int32], _ picture: Picture, _ width: Int) {
        for cell in cells {
            let i = Int(cell)
            let luma = abs(Int16(picture.luma[i]) &- Int16(picture.plateLuma[i] >> 8))
            // Chroma swings half as wide as luma.
            let blue = 2 &* abs(Int16(picture.cb[i]) &- Int16(picture.plateCb[i] >> 8))
            let red = 2 &* abs(Int16(picture.cr[i]) &- Int16(picture.plateCr[i] >> 8))
            let off = max(luma, max(blue, red))
            guard off >= Self.faintDifference else { continue }
            let x = i % picture.size.width - box.x + Self.reach
            let y = i / picture.size.width - box.y + Self.reach
            difference[y &* width &+ x] = off
        }
    }

    /// The white top-hat (Meyer, 1979) with a square, over all of the difference: what an opening takes away is narrower
    /// than the square.
    private mutating func thinness(width: Int, height: Int) -> Double {
        Self.extreme(difference, &scratch, step: 1, width: width, height: height, isLowest: true)
        Self.extreme(scratch, &opened, step: width, width: width, height: height, isLowest: true)
        Self.extreme(opened, &scratch, step: 1, width: width, height: height, isLowest: false)
        Self.extreme(scratch, &opened, step: width, width: width, height: height, isLowest: false)
        var thin = 0
        var all = 0
        for i in 0..<width * height {
            thin &+= Int(difference[i] &- opened[i])
            all &+= Int(difference[i])
        }
        return all > 0 ? Double(thin) / Double(all) : 0
    }

    /// Lowest or highest over `reach` cells both ways along rows (`step` 1) or columns (`step` the width); the border, as wide
    /// as the reach, stays as it is.
    private static func extreme(
        _ source: [Int16], _ result: inout [Int16], step: Int, width: Int, height: Int, isLowest: Bool
    ) {
        precondition(source.count == width * height && result.count == source.count)
        let marginX = step == 1 ? reach : 0
        let marginY = step == 1 ? 0 : reach
        for y in marginY..<height - marginY {
            for x in marginX..<width - marginX {
                let i = y &* width &+ x
                var best = source[i]
                for offset in 1...reach {
                    let before = source[i &- offset &* step]
                    let after = source[i &+ offset &* step]
                    best = isLowest ? min(best, min(before, after)) : max(best, max(before, after))
                }
                result[i] = best
            }
        }
    }

    private func overhang(width: Int, height: Int) -> Double {
        let rows = height - 2 * Self.reach
        guard rows >= Self.bands else { return 0 }
        var widest = 0.0
        var narrowest = 1.0
        for band in 0..<Self.bands {
            let from = Self.reach + band * rows / Self.bands
            let to = Self.reach + (band + 1) * rows / Self.bands
            var sum = 0
            for i in from &* width..<to &* width { sum &+= Int(min(difference[i], Self.fullDifference)) }
            let mean = Double(sum) / Double(to - from)
            if widest > 0 { narrowest = min(narrowest, mean / widest) }
            widest = max(widest, mean)
        }
        return 1 - narrowest
    }

    private mutating func repetition(_ box: PixelRect, _ cells: [Int32], _ picture: Picture) -> Double {
        let columns = box.width
        guard columns >= 3 * Self.shortestPitch else { return 0 }
        profile.removeAll(keepingCapacity: true)
        for _ in 0..<columns { profile.append(0) }
        var sum: Float = 0
        for cell in cells {
            let i = Int(cell)
            let x = i % picture.size.width
            guard x > 0, x < picture.size.width - 1 else { continue }
            let edge = Float(abs(Int16(picture.luma[i &+ 1]) &- Int16(picture.luma[i &- 1])))
            profile[x - box.x] += edge
            sum += edge
        }
        let mean = sum / Float(columns)
        for x in 0..<columns { profile[x] -= mean }
        var best: Float = 0
        var lowest: Float = 1
        // A pitch must fit in at least twice; what only falls off slowly from lag nought has no pitch.
        for lag in 2...columns / 2 {
            var product: Float = 0
            var first: Float = 0
            var second: Float = 0
            for x in 0..<columns - lag {
                product += profile[x] * profile[x + lag]
                first += profile[x] * profile[x]
                second += profile[x + lag] * profile[x + lag]
            }
            let energy = (first * second).squareRoot()
            guard energy > 0 else { continue }
            let value = product / energy
            if lag >= Self.shortestPitch { best = max(best, value - max(0, lowest)) }
            lowest = min(lowest, value)
        }
        return Double(min(1, best))
    }
}
