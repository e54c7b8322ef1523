internal import FrameCore
internal import Glibc

/// What two pictures have in one block of a place, and how far apart that is.
struct PlaceBlock {
    /// Squared slope that noise and compression make in a pixel, levels².
    private static let noiseEnergy: Float = 9
    /// The same surface may show its structure this much stronger or weaker in another light.
    private static let contrast: ClosedRange<Float> = 0.5...2
    /// Added to light before its ratio is taken, so that black's noise is no ratio.
    private static let lightFloor: Float = 8

    /// Unlikeness of the slopes, 0…1.
    var structure: Float
    /// Of mean colour, first minus second, levels.
    var cb: Float
    var cr: Float
    /// Of mean light, stops.
    var light: Float

    /// - Parameter shift: where the block of `first` lies in `second`'s coordinates, pixels.
    init(
        _ first: PlacePicture, _ second: PlacePicture, _ block: PixelRect, shiftX: Int, shiftY: Int
    ) {
        var (product, energy, otherEnergy): (Float, Float, Float) = (0, 0, 0)
        var (light, otherLight, cb, cr): (Float, Float, Float, Float) = (0, 0, 0, 0)
        for y in block.y..<block.maxY {
            for x in block.x..<block.maxX {
                let here =
                    (min(max(y + shiftY, 0), first.size.height - 1)) * first.size.width + min(max(x + shiftX, 0), first.size.width - 1)
                let there = y * second.size.width + x
                let (a, b) = (first.across[here], first.down[here])
                let (c, d) = (second.across[there], second.down[there])
                product += a * c + b * d
                energy += a * a + b * b
                otherEnergy += c * c + d * d
                light += first.luma[here]
                otherLight += second.luma[there]
                cb += first.cb[here] - second.cb[there]
                cr += first.cr[here] - second.cr[there]
            }
        }
        let count = Float(max(1, block.area))
        let noise = Self.noiseEnergy * count
        let gain = min(max(((energy + noise) / (otherEnergy + noise)).squareRoot(), Self.contrast.lowerBound), Self.contrast.upperBound)
        let both = energy + gain * gain * otherEnergy
        structure = min(1, max(0, (both - 2 * gain * product) / (both + 2 * noise)))
        self.cb = cb / count
        self.cr = cr / count
        self.light = log2((max(0, light / count) + Self.lightFloor) / (max(0, otherLight / count) + Self.lightFloor))
    }
}
