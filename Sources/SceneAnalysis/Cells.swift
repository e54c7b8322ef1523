internal import FrameCore

/// The analysed picture in cells: 2×2 pixels each, or one pixel where the source is small.
///
/// Half resolution costs a quarter, halves the noise, and gives luma and chroma the same size.
struct Cells {
    let size: PixelSize
    var luma: [UInt8]
    var cb: [UInt8]
    var cr: [UInt8]
    /// An infrared picture has no colour at all: its chroma says nothing about a change.
    var hasColour = true

    init(size: PixelSize) {
        self.size = size
        luma = [UInt8](repeating: 0, count: size.area)
        cb = [UInt8](repeating: 128, count: size.area)
        cr = [UInt8](repeating: 128, count: size.area)
    }
}
