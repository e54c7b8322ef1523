internal import FrameCore

/// The whole view, small: whether a picture shows what the package's picture shows, and how far it is shifted.
struct PlaceView {
    static let width = 160
    private static let tileSide = 16
    /// Structure that a tile needs to say anything, squared levels a pixel.
    private static let structuredEnergy: Float = 40
    /// Likeness of the slopes at which a tile shows the same.
    private static let sameTile: Float = 0.5
    /// Keeps the noise of a dark picture from counting as structure, levels.
    private static let lightFloor = 16.0
    /// Mean squared slope of a picture that shows nothing.
    private static let emptyEnergy: Float = 6

    let picture: PlacePicture
    /// Frame pixels for each pixel here.
    let step: Double
    let meanLuma: Double
    /// Mean squared slope.
    let energy: Float

    init(_ frame: Frame) {
        step = Double(frame.size.width) / Double(Self.width)
        let height = max(8, Int((Double(frame.size.height) / step).rounded()))
        picture = PlacePicture(
            frame, originX: 0, originY: 0, stepX: step, stepY: Double(frame.size.height) / Double(height),
            size: PixelSize(width: Self.width, height: height))
        meanLuma = Double(picture.luma.reduce(0, +)) / Double(picture.luma.count)
        var sum: Float = 0
        for index in picture.across.indices {
            sum += picture.across[index] * picture.across[index] + picture.down[index] * picture.down[index]
        }
        energy = sum / Float(picture.across.count)
    }

    /// Structure with the light divided out: half the light is a quarter of the energy.
    var structure: Double { Double(energy) / ((meanLuma + Self.lightFloor) * (meanLuma + Self.lightFloor)) }
    /// Whether there is next to nothing to see.
    var isEmpty: Bool { energy < Self.emptyEnergy }

    /// The shift (in pixels here) at which this view's slopes fit `reference` best.
    func shift(from reference: PlaceView, reach: Int) -> (x: Int, y: Int) {
        Self.bestShift(picture, reference.picture, reach: reach, margin: reach) { _, _ in true }
    }

    /// Part of the reference's structured tiles that look the same here, shifted by at most one pixel more or less.
    func agreement(with reference: PlaceView, shiftX: Int, shiftY: Int) -> Double {
        let size = reference.picture.size
        var (structured, same) = (0, 0)
        for y in stride(from: 0, to: size.height - Self.tileSide + 1, by: Self.tileSide) {
            for x in stride(from: 0, to: size.width - Self.tileSide + 1, by: Self.tileSide) {
                let moved = PixelRect(x: x + shiftX, y: y + shiftY, width: Self.tileSide, height: Self.tileSide)
                guard moved.x >= 0, moved.y >= 0, moved.maxX <= size.width, moved.maxY <= size.height else { continue }
                let tile = PixelRect(x: x, y: y, width: Self.tileSide, height: Self.tileSide)
                var best: Float = -1
                var energy: Float = 0
                for (nearX, nearY) in [(0, 0), (1, 0), (-1, 0), (0, 1), (0, -1)] {
                    let match = Self.match(picture, reference.picture, tile, shiftX + nearX, shiftY + nearY)
                    best = max(best, match.likeness)
                    energy = match.referenceEnergy
                }
                guard energy > Self.structuredEnergy else { continue }
                structured += 1
                if best >= Self.sameTile { same += 1 }
            }
        }
        return structured > 0 ? Double(same) / Double(structured) : 0
    }

    private static func match(
        _ first: PlacePicture, _ second: PlacePicture, _ tile: PixelRect, _ shiftX: Int, _ shiftY: Int
    ) -> (likeness: Float, referenceEnergy: Float) {
        var (product, energy, otherEnergy): (Float, Float, Float) = (0, 0, 0)
        for y in tile.y..<tile.maxY {
            for x in tile.x..<tile.maxX {
                let row = min(max(y + shiftY, 0), first.size.height - 1)
                let column = min(max(x + shiftX, 0), first.size.width - 1)
                let (here, there) = (row * first.size.width + column, y * second.size.width + x)
                product += first.across[here] * second.across[there] + first.down[here] * second.down[there]
                energy += first.across[here] * first.across[here] + first.down[here] * first.down[here]
                otherEnergy += second.across[there] * second.across[there] + second.down[there] * second.down[there]
            }
        }
        let both = (energy * otherEnergy).squareRoot()
        return (both > 0 ? product / both : 0, otherEnergy / Float(tile.area))
    }

    /// The shift of `first` against `second` at which their slopes fit best, where `counts` says so of a pixel of `second`.
    static func bestShift(
        _ first: PlacePicture, _ second: PlacePicture, reach: Int, margin: Int, counts: (Int, Int) -> Bool
    ) -> (x: Int, y: Int) {
        let size = second.size
        var places: [(x: Int, y: Int)] = []
        for y in stride(from: margin, to: size.height - margin, by: 1) {
            for x in stride(from: margin, to: size.width - margin, by: 1) where counts(x, y) { places.append((x, y)) }
        }
        var best = (x: 0, y: 0)
        var bestLikeness: Float = -2
        // From the smallest shift outwards, so that equal ones go to the smaller.
        var shifts: [(x: Int, y: Int)] = []
        for y in -reach...reach {
            for x in -reach...reach { shifts.append((x, y)) }
        }
        func length(_ shift: (x: Int, y: Int)) -> Int { shift.x * shift.x + shift.y * shift.y }
        shifts.sort { length($0) < length($1) }
        for shift in shifts {
            var (product, energy, otherEnergy): (Float, Float, Float) = (0, 0, 0)
            for place in places {
                let here = (place.y + shift.y) * first.size.width + place.x + shift.x
                let there = place.y * size.width + place.x
                product += first.across[here] * second.across[there] + first.down[here] * second.down[there]
                energy += first.across[here] * first.across[here] + first.down[here] * first.down[here]
                otherEnergy += second.across[there] * second.across[there] + second.down[there] * second.down[there]
            }
            let both = (energy * otherEnergy).squareRoot()
            let likeness = both > 0 ? product / both : 0
            if likeness > bestLikeness + 0.002 {
                bestLikeness = likeness
                best = shift
            }
        }
        return best
    }
}
