public import FrameCore

/// The part of the picture that shows a region and what stood in it with its surroundings; it has the picture's own shape.
public struct PastCloseUp: Sendable, Hashable {
    /// What is needed is shown with so much around it.
    private static let margin = 1.7
    private static let smallestSide = 0.28

    /// Top left corner in parts of the picture's sides, 0…1.
    public let x: Double
    public let y: Double
    /// Part of the picture's width and of its height, 0…1.
    public let side: Double

    /// - Parameter box: x, y, width, height in parts of the picture's sides.
    public init(region: Polygon, box: [Double]) {
        var (left, top, right, bottom) = (1.0, 1.0, 0.0, 0.0)
        for vertex in region.vertices {
            (left, right) = (min(left, vertex.x), max(right, vertex.x))
            (top, bottom) = (min(top, vertex.y), max(bottom, vertex.y))
        }
        if box.count == 4 {
            (left, right) = (min(left, box[0]), max(right, box[0] + box[2]))
            (top, bottom) = (min(top, box[1]), max(bottom, box[1] + box[3]))
        }
        let side = min(1, max(Self.smallestSide, Self.margin * max(right - left, bottom - top)))
        self.side = side
        x = min(max((left + right) / 2 - side / 2, 0), 1 - side)
        y = min(max((top + bottom) / 2 - side / 2, 0), 1 - side)
    }

    /// Where a point of the whole picture lies in this part; outside 0…1 where it lies outside.
    public func place(_ point: UnitPoint) -> UnitPoint { UnitPoint(x: (point.x - x) / side, y: (point.y - y) / side) }

    /// Of a picture, with even corners, as 4:2:0 has one chroma sample for two by two pixels.
    func part(of size: PixelSize) -> PixelRect {
        func even(_ length: Double, _ limit: Int) -> Int { min(max(Int(length / 2) * 2, 0), limit / 2 * 2) }
        let width = max(2, even(side * Double(size.width), size.width))
        let height = max(2, even(side * Double(size.height), size.height))
        return PixelRect(
            x: min(even(x * Double(size.width), size.width), size.width / 2 * 2 - width),
            y: min(even(y * Double(size.height), size.height), size.height / 2 * 2 - height), width: width, height: height)
    }
}

extension Frame {
    /// A part with even corners, inside the frame.
    func cropped(to part: PixelRect) -> Frame {
        func cut(_ plane: Plane, _ divisor: Int) -> Plane {
            var cut = Plane(size: PixelSize(width: part.width / divisor, height: part.height / divisor), fill: 128)
            for row in 0..<cut.height {
                for column in 0..<cut.width { cut[column, row] = plane[part.x / divisor + column, part.y / divisor + row] }
            }
            return cut
        }
        return Frame(time: time, luma: cut(luma, 1), cb: cut(cb, 2), cr: cut(cr, 2), range: range)
    }
}
