/// Width and height in pixels.
public struct PixelSize: Hashable, Sendable, Codable {
    public var width: Int
    public var height: Int

    public init(width: Int, height: Int) {
        self.width = width
        self.height = height
    }

    public var area: Int { width * height }

    /// The largest even size that fits into `bound` and keeps this aspect; never larger than this size.
    ///
    /// Both sides are at least 2 and even, so that 4:2:0 chroma has whole pixels.
    public func fitted(into bound: PixelSize) -> PixelSize {
        precondition(width > 0 && height > 0 && bound.width >= 2 && bound.height >= 2)
        let scale = min(1, min(Double(bound.width) / Double(width), Double(bound.height) / Double(height)))
        func even(_ length: Int) -> Int { max(2, Int((Double(length) * scale / 2).rounded()) * 2) }
        return PixelSize(width: even(width), height: even(height))
    }
}

/// A rectangle of whole pixels; `x` and `y` are its top left corner.
public struct PixelRect: Hashable, Sendable, Codable {
    public var x: Int
    public var y: Int
    public var width: Int
    public var height: Int

    public init(x: Int, y: Int, width: Int, height: Int) {
        self.x = x
        self.y = y
        self.width = width
        self.height = height
    }

    public var maxX: Int { x + width }
    public var maxY: Int { y + height }
    public var area: Int { max(0, width) * max(0, height) }
    public var isEmpty: Bool { width <= 0 || height <= 0 }

    public func intersection(_ other: PixelRect) -> PixelRect {
        let left = max(x, other.x)
        let top = max(y, other.y)
        return PixelRect(
            x: left, y: top, width: max(0, min(maxX, other.maxX) - left), height: max(0, min(maxY, other.maxY) - top))
    }

    public func union(_ other: PixelRect) -> PixelRect {
        if isEmpty { return other }
        if other.isEmpty { return self }
        let left = min(x, other.x)
        let top = min(y, other.y)
        return PixelRect(x: left, y: top, width: max(maxX, other.maxX) - left, height: max(maxY, other.maxY) - top)
    }

    /// Intersection over union, 0…1.
    public func overlap(_ other: PixelRect) -> Double {
        let common = intersection(other).area
        let all = area + other.area - common
        return all > 0 ? Double(common) / Double(all) : 0
    }

    /// Shrunk by `margin` on every side (grown where it is negative) and cut to `size`.
    public func inset(by margin: Int, within size: PixelSize) -> PixelRect {
        PixelRect(x: x + margin, y: y + margin, width: width - 2 * margin, height: height - 2 * margin)
            .intersection(PixelRect(x: 0, y: 0, width: size.width, height: size.height))
    }

    /// The same rectangle in an image of another size, rounded outwards and cut to it.
    public func scaled(from: PixelSize, to: PixelSize) -> PixelRect {
        let left = x * to.width / from.width
        let top = y * to.height / from.height
        let right = (maxX * to.width + from.width - 1) / from.width
        let bottom = (maxY * to.height + from.height - 1) / from.height
        return PixelRect(x: left, y: top, width: right - left, height: bottom - top)
            .intersection(PixelRect(x: 0, y: 0, width: to.width, height: to.height))
    }
}

/// A point in parts of the image's width and height, 0…1 each, from the top left.
///
/// Zones are kept this way, so that one drawn on a sub-stream serves the main stream.
public struct UnitPoint: Hashable, Sendable {
    public var x: Double
    public var y: Double

    public init(x: Double, y: Double) {
        self.x = x
        self.y = y
    }
}

/// Encoded as `[x, y]`, the form of zone files.
extension UnitPoint: Codable {
    public init(from decoder: any Decoder) throws {
        var pair = try decoder.unkeyedContainer()
        x = try pair.decode(Double.self)
        y = try pair.decode(Double.self)
        guard pair.isAtEnd else {
            throw DecodingError.dataCorruptedError(in: pair, debugDescription: "a point is [x, y]: it has more than two numbers")
        }
    }

    public func encode(to encoder: any Encoder) throws {
        var pair = encoder.unkeyedContainer()
        try pair.encode(x)
        try pair.encode(y)
    }
}
