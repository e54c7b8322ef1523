public import FrameCore

/// Makes parts of a picture unrecognisable for good: each block of a region becomes the one colour that is its mean.
///
/// A block is a twelfth of the shorter side of its region at least, so that of a face or a plate no more than twelve samples
/// across remain, too few to read either. The means are taken of the original, and nothing else of it goes into the copy.
public struct PictureMask: Sendable, Hashable {
    /// What is hidden.
    public enum Scope: Sendable, Hashable {
        /// Everything but what is kept: for pictures of which nobody knows what else is on them.
        case everythingElse
        /// These rectangles, but for what is kept.
        case regions([PixelRect])
    }

    /// Blocks along the shorter side of a region, at most.
    public static let blocksAcross = 12

    public var scope: Scope
    /// Stays as it is: what the case is about.
    public var kept: [PixelRect]
    /// Hidden even where it lies in what is kept: somebody drew it there on purpose. In parts of the picture, 0…1.
    public var drawn: [Polygon]

    public init(scope: Scope = .everythingElse, kept: [PixelRect], drawn: [Polygon] = []) {
        self.scope = scope
        self.kept = kept
        self.drawn = drawn
    }

    /// A masked copy of the picture.
    public func apply(to frame: Frame) -> Frame {
        let size = frame.size
        guard size.area > 0 else { return frame }
        let whole = PixelRect(x: 0, y: 0, width: size.width, height: size.height)
        var copy = frame
        var pixels = [UInt8](repeating: 0, count: size.area)
        let regions =
            switch scope {
            case .everythingElse: [whole]
            case .regions(let regions): regions.map { $0.intersection(whole) }.filter { !$0.isEmpty }
            }
        for region in regions {
            Self.set(&pixels, in: whole, of: size, to: 0)
            Self.set(&pixels, in: region, of: size, to: 1)
            for rect in kept { Self.set(&pixels, in: rect.intersection(whole), of: size, to: 0) }
            Self.pixelate(region, where: pixels, from: frame, into: &copy)
        }
        for polygon in drawn {
            Self.set(&pixels, in: whole, of: size, to: 0)
            polygon.fill(&pixels, size: size, value: 1)
            if let region = Self.bounds(of: pixels, size) { Self.pixelate(region, where: pixels, from: frame, into: &copy) }
        }
        return copy
    }

    private static func set(_ pixels: inout [UInt8], in rect: PixelRect, of size: PixelSize, to value: UInt8) {
        guard !rect.isEmpty else { return }
        for row in rect.y..<rect.maxY {
            for index in row * size.width + rect.x..<row * size.width + rect.maxX { pixels[index] = value }
        }
    }

    private static func bounds(of pixels: [UInt8], _ size: PixelSize) -> PixelRect? {
        var (left, top, right, bottom) = (size.width, size.height, -1, -1)
        for row in 0..<size.height {
            for column in 0..<size.width where pixels[row * size.width + column] != 0 {
                left = min(left, column)
                right = max(right, column)
                top = min(top, row)
                bottom = max(bottom, row)
            }
        }
        return right < 0 ? nil : PixelRect(x: left, y: top, width: right - left + 1, height: bottom - top + 1)
    }

    /// - Parameter pixels: what of the region is hidden.
    private static func pixelate(_ region: PixelRect, where pixels: [UInt8], from frame: Frame, into copy: inout Frame) {
        // Even, so that a block of luma has whole samples of chroma; 8 is one block of JPEG itself.
        let shorter = min(region.width, region.height)
        let block = max(8, (shorter + blocksAcross - 1) / blocksAcross + 1) / 2 * 2
        // From an even corner outwards, for the same reason.
        let origin = PixelRect(
            x: region.x / 2 * 2, y: region.y / 2 * 2, width: region.maxX - region.x / 2 * 2, height: region.maxY - region.y / 2 * 2)
        var luma = copy.luma, cb = copy.cb, cr = copy.cr
        average(origin, block, pixels, frame.luma, into: &luma, of: frame.size, scale: 1)
        average(origin, block, pixels, frame.cb, into: &cb, of: frame.size, scale: 2)
        average(origin, block, pixels, frame.cr, into: &cr, of: frame.size, scale: 2)
        copy.luma = luma
        copy.cb = cb
        copy.cr = cr
    }

    /// - Parameter scale: pixels of luma for one sample, in either direction.
    private static func average(
        _ region: PixelRect, _ block: Int, _ pixels: [UInt8], _ source: Plane, into plane: inout Plane, of size: PixelSize,
        scale: Int
    ) {
        let width = plane.width
        let right = (region.maxX + scale - 1) / scale
        let bottom = (region.maxY + scale - 1) / scale
        func isHidden(_ x: Int, _ y: Int) -> Bool {
            // A sample of chroma is hidden with any of its pixels.
            for row in y * scale..<min(size.height, (y + 1) * scale) {
                for column in x * scale..<min(size.width, (x + 1) * scale) where pixels[row * size.width + column] != 0 {
                    return true
                }
            }
            return false
        }
        for top in stride(from: region.y / scale, to: bottom, by: block / scale) {
            for left in stride(from: region.x / scale, to: right, by: block / scale) {
                var sum = 0
                var count = 0
                let rows = top..<min(bottom, top + block / scale, plane.height)
                let columns = left..<min(right, left + block / scale, width)
                for y in rows {
                    for x in columns where isHidden(x, y) {
                        sum += Int(source.bytes[y * width + x])
                        count += 1
                    }
                }
                guard count > 0 else { continue }
                let mean = UInt8((sum + count / 2) / count)
                for y in rows {
                    for x in columns where isHidden(x, y) { plane.bytes[y * width + x] = mean }
                }
            }
        }
    }
}
