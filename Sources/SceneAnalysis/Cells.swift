internal import FrameCore
internal import FrameKernels

/// The analysed picture in cells: 2×2 pixels each, or one pixel where the source is small.
///
/// Half resolution costs a quarter, halves the noise, and gives luma and chroma the same size.
struct Cells {
    /// Frames up to this width are analysed pixel by pixel: halved, a person in them is too small to be told from noise.
    private static let wholePixelWidth = 400

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

    /// The cells of frames of this size, still empty.
    init(frameSize: PixelSize) {
        let isSmall = frameSize.width <= Self.wholePixelWidth
        self.init(size: isSmall ? frameSize : PixelSize(width: frameSize.width / 2, height: frameSize.height / 2))
    }

    /// Takes a frame's picture, moved back by `offset` pixels where cells are 2×2. Allocates nothing.
    mutating func fill(_ frame: Frame, offset: (x: Int, y: Int)) {
        hasColour = frame.hasColour
        if size == frame.size {
            Copy.plane(frame.luma.bytes, into: &luma)
            Enlarge.double(frame.cb.bytes, into: &cb, size: size)
            Enlarge.double(frame.cr.bytes, into: &cr, size: size)
            return
        }
        Reduce.halve(frame.luma.bytes, sourceSize: frame.size, shiftX: offset.x, shiftY: offset.y, into: &luma)
        if frame.cb.size == size {
            Copy.plane(frame.cb.bytes, into: &cb)
            Copy.plane(frame.cr.bytes, into: &cr)
        } else {
            // An odd side has half a block more in chroma than in cells.
            Copy.corner(frame.cb.bytes, width: frame.cb.width, into: &cb, targetWidth: size.width)
            Copy.corner(frame.cr.bytes, width: frame.cr.width, into: &cr, targetWidth: size.width)
        }
    }
}

extension Frame {
    /// Mean distance from grey, both chroma planes added, under which a picture has no colour: an infrared picture's chroma
    /// is 0 but for the encoder's rounding, a street by the lamps' light has 2 and more.
    private static let leastColour = 0.8

    fileprivate var hasColour: Bool {
        let sum = Deviation.sum(cb.bytes, from: 128) + Deviation.sum(cr.bytes, from: 128)
        return Double(sum) > Self.leastColour * Double(cb.bytes.count)
    }
}
