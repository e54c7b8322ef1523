public import FrameCore

/// A line of at least two points in unit coordinates, all inside the image, not all in one place.
public struct Polyline: Sendable, Hashable {
    public let vertices: [UnitPoint]

    public enum Flaw: Error, Hashable, Sendable, CustomStringConvertible {
        case tooFewPoints(Int)
        case outsideImage(index: Int, UnitPoint)
        case noLength

        public var description: String {
            switch self {
            case .tooFewPoints(let count): "a line needs at least 2 points; this one has \(count)"
            case .outsideImage(let index, let point):
                "point \(index + 1) of the line (\(point.x), \(point.y)) lies outside the image: both numbers must be from 0 to 1"
            case .noLength: "the line has no length: its points lie in one place"
            }
        }
    }

    public init(_ vertices: [UnitPoint]) throws(Flaw) {
        guard vertices.count >= 2 else { throw .tooFewPoints(vertices.count) }
        for (index, point) in vertices.enumerated() where !((0...1).contains(point.x) && (0...1).contains(point.y)) {
            throw .outsideImage(index: index, point)
        }
        guard vertices.contains(where: { abs($0.x - vertices[0].x) + abs($0.y - vertices[0].y) > 1e-4 }) else { throw .noLength }
        self.vertices = vertices
    }
}

/// Encoded as a list of points.
extension Polyline: Codable {
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
