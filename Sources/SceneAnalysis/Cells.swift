internal import FrameCore
internal import FrameKernels

/// The analysed picture in cells: 2×2 pixels each, or one pixel where the source is small.
///
/// Half resolution costs a quarter, halves the noise, and gives luma and chroma the same size.
struct Cells: Codable {
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
            if offset.x == 0 && offset.y == 0 {
                Copy.plane(frame.luma.bytes, into: &luma)
                Enlarge.double(frame.cb.bytes, into: &cb, size: size)
                Enlarge.double(frame.cr.bytes, into: &cr, size: size)
            } else {
                fillMoved(frame, offset)
            }
            return
        }
        Reduce.halve(frame.luma.bytes, sourceSize: frame.size, shiftX: offset.x, shiftY: offset.y, into: &luma)
        if frame.cb.size == size {
            // Chroma has half the luma's resolution: half the way.
            Copy.moved(frame.cb.bytes, size: size, shiftX: offset.x / 2, shiftY: offset.y / 2, into: &cb)
            Copy.moved(frame.cr.bytes, size: size, shiftX: offset.x / 2, shiftY: offset.y / 2, into: &cr)
        } else {
            // An odd side has half a block more in chroma than in cells.
            Copy.corner(frame.cb.bytes, width: frame.cb.width, into: &cb, targetWidth: size.width)
            Copy.corner(frame.cr.bytes, width: frame.cr.width, into: &cr, targetWidth: size.width)
        }
    }

    /// A shaken small picture, pixel by pixel.
    private mutating func fillMoved(_ frame: Frame, _ offset: (x: Int, y: Int)) {
        Copy.moved(frame.luma.bytes, size: size, shiftX: offset.x, shiftY: offset.y, into: &luma)
        let chromaWidth = frame.cb.width
        for y in 0..<size.height {
            let row = min(max(y + offset.y, 0), size.height - 1) / 2 * chromaWidth
            for x in 0..<size.width {
                let from = row &+ min(max(x &+ offset.x, 0), size.width &- 1) / 2
                cb[y &* size.width &+ x] = frame.cb.bytes[from]
                cr[y &* size.width &+ x] = frame.cr.bytes[from]
            }
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
