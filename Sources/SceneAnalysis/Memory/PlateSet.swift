/// The clean street in one light: by day, in infrared, with the lamps on.
struct PlateSet: Codable {
    /// Q8.8 each.
    var luma: [UInt16]
    var cb: [UInt16]
    var cr: [UInt16]
    var noise: [UInt16]
    var hasColour: Bool
}
