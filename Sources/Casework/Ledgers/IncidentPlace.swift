import FrameCore

/// Where an incident's object stands on its channel's picture.
public struct IncidentPlace: Sendable, Hashable {
    /// Parts of the box's width at which its lower edge is asked: the corners belong to the box more often than to the object.
    private static let parts = [0.5, 0.25, 0.75]

    public var channelID: String
    /// On the object's lower edge, where it touches the ground; the middle first.
    let feet: [UnitPoint]

    /// nil for a box without an area, or a picture of no size.
    /// - Parameters:
    ///   - box: x, y, width, height in pixels of the main picture.
    ///   - width: of the main picture, pixels; and its height.
    public init?(channelID: String, box: [Int], pictureWidth width: Int, pictureHeight height: Int) {
        guard box.count == 4, box[2] > 0, box[3] > 0, width > 0, height > 0 else { return nil }
        self.channelID = channelID
        let y = Double(box[1] + box[3]) / Double(height)
        feet = Self.parts.map { part in
            // A box that ends with the picture stands on its last row, not below it.
            UnitPoint(x: (Double(box[0]) + part * Double(box[2])) / Double(width), y: min(y, 1 - 0.5 / Double(height)))
        }
    }

    /// Whether the object stands within, with both halves: what reaches out of a permitted place is not permitted.
    func stands(within shapes: LedgerShapes) -> Bool {
        guard let polygon = shapes.polygon(channelID) else { return false }
        return feet.allSatisfy(polygon.contains)
    }

    /// How many of the points it has on the shape, and the shape's area; nil if it does not touch it.
    func touch(_ shapes: LedgerShapes) -> (points: Int, area: Double)? {
        guard let polygon = shapes.polygon(channelID) else { return nil }
        let points = feet.count(where: polygon.contains)
        return points > 0 ? (points, polygon.area) : nil
    }
}
