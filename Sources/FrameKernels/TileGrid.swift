public import FrameCore

/// Square tiles of a plane, row after row; what is left over at the right and the bottom belongs to none.
public struct TileGrid: Codable, Sendable, Hashable {
    public let size: PixelSize
    /// Pixels along a tile's side, 8 or 16.
    public let side: Int
    public let columns: Int
    public let rows: Int

    public init(size: PixelSize, side: Int) {
        precondition(side == 8 || side == 16, "tiles are 8 or 16 pixels wide")
        self.size = size
        self.side = side
        columns = size.width / side
        rows = size.height / side
    }

    public var count: Int { columns * rows }
}
