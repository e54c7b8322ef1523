/// One unit of the row of shops.
struct Shop: Sendable {
    var start: Float
    var end: Float
    var signBottom: Float
    var signTop: Float
    var signTint: Vector
    var inkTint: Vector
    var glyphs: [Int]
    var isShut: Bool
    /// Between the piers; one of them is the door.
    var panes: Int
    var doorPane: Int
    var interiorTint: Vector
    /// For what stands on its shelves.
    var seed: UInt32

    /// Where one walks in, along x.
    var doorX: Float { start + 0.2 + (end - start - 0.4) * (Float(doorPane) + 0.5) / Float(panes) }
}
