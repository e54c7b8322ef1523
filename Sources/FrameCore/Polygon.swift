/// A simple polygon in unit coordinates; at least three corners, all inside the image, with an area.
public struct Polygon: Hashable, Sendable {
    public let vertices: [UnitPoint]

    public enum Flaw: Error, Hashable, Sendable, CustomStringConvertible {
        case tooFewPoints(Int)
        case outsideImage(index: Int, UnitPoint)
        case noArea
        case crossesItself(first: Int, second: Int)

        public var description: String {
            switch self {
            case .tooFewPoints(let count):
                "a polygon needs at least 3 points; this one has \(count)"
            case .outsideImage(let index, let point):
                "point \(index + 1) (\(point.x), \(point.y)) lies outside the image: both numbers must be from 0 to 1"
            case .noArea:
                "the polygon has no area: its points lie on a line"
            case .crossesItself(let first, let second):
                "the polygon crosses itself: side \(first + 1) meets side \(second + 1)"
            }
        }
    }

    public init(_ vertices: [UnitPoint]) throws(Flaw) {
        guard vertices.count >= 3 else { throw .tooFewPoints(vertices.count) }
        for (index, point) in vertices.enumerated() where !((0...1).contains(point.x) && (0...1).contains(point.y)) {
            throw .outsideImage(index: index, point)
        }
        guard abs(Self.signedArea(vertices)) > 1e-7 else { throw .noArea }
        let count = vertices.count
        for first in 0..<count {
            for second in (first + 1)..<max(first + 1, count) {
                let neighbours = second == first + 1 || (first == 0 && second == count - 1)
                if !neighbours
                    && Self.cross(
                        vertices[first], vertices[(first + 1) % count], vertices[second], vertices[(second + 1) % count])
                {
                    throw .crossesItself(first: first, second: second)
                }
            }
        }
        self.vertices = vertices
    }

    /// Area as a part of the image, 0…1.
    public var area: Double { abs(Self.signedArea(vertices)) }

    /// Whether the point is inside, by the even-odd rule.
    public func contains(_ point: UnitPoint) -> Bool {
        var inside = false
        var previous = vertices[vertices.count - 1]
        for vertex in vertices {
            if (vertex.y > point.y) != (previous.y > point.y) {
                let crossing = vertex.x + (point.y - vertex.y) / (previous.y - vertex.y) * (previous.x - vertex.x)
                if point.x < crossing { inside.toggle() }
            }
            previous = vertex
        }
        return inside
    }

    /// Fills `mask` (one byte a pixel, row by row) with `value` where a pixel's centre is inside.
    public func fill(_ mask: inout [UInt8], size: PixelSize, value: UInt8) {
        precondition(mask.count == size.area)
        for row in 0..<size.height {
            let y = (Double(row) + 0.5) / Double(size.height)
            var crossings: [Double] = []
            var previous = vertices[vertices.count - 1]
            for vertex in vertices {
                if (vertex.y > y) != (previous.y > y) {
                    crossings.append(vertex.x + (y - vertex.y) / (previous.y - vertex.y) * (previous.x - vertex.x))
                }
                previous = vertex
            }
            crossings.sort()
            var pair = 0
            while pair + 1 < crossings.count {
                let first = max(0, Int((crossings[pair] * Double(size.width) - 0.5).rounded(.up)))
                let last = min(size.width - 1, Int((crossings[pair + 1] * Double(size.width) - 0.5).rounded(.down)))
                if first <= last {
                    for column in first...last { mask[row * size.width + column] = value }
                }
                pair += 2
            }
        }
    }

    private static func signedArea(_ points: [UnitPoint]) -> Double {
        var sum = 0.0
        var previous = points[points.count - 1]
        for point in points {
            sum += previous.x * point.y - point.x * previous.y
            previous = point
        }
        return sum / 2
    }

    private static func cross(_ a: UnitPoint, _ b: UnitPoint, _ c: UnitPoint, _ d: UnitPoint) -> Bool {
        func side(_ p: UnitPoint, _ q: UnitPoint, _ r: UnitPoint) -> Double {
            (q.x - p.x) * (r.y - p.y) - (q.y - p.y) * (r.x - p.x)
        }
        return side(a, b, c) * side(a, b, d) < 0 && side(c, d, a) * side(c, d, b) < 0
    }
}

/// Encoded as a list of points.
extension Polygon: Codable {
    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        let points = try container.decode([UnitPoint].self)
        do {
            try self.init(points)
        } catch {
            throw DecodingError.dataCorruptedError(in: container, debugDescription: "\(error)")
        }
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(vertices)
    }
}
