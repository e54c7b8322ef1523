/// A picture of 8-bit 4:2:0 planes with its time: what is analysed and what is kept as a still.
///
/// `cb` and `cr` are half as wide and half as high as `luma`, rounded up (ITU-T H.264 §6.2, chroma_format_idc 1).
public struct Frame: Sendable {
    /// How code values map to light (ITU-R BT.601, BT.709: limited range is 16…235 for luma, 16…240 for chroma).
    public enum Range: String, Sendable, Codable {
        case limited, full
    }

    public var time: FrameTime
    public var luma: Plane
    public var cb: Plane
    public var cr: Plane
    public var range: Range

    public init(time: FrameTime, luma: Plane, cb: Plane, cr: Plane, range: Range) {
        let half = Frame.chromaSize(of: luma.size)
        precondition(cb.size == half && cr.size == half, "4:2:0 chroma of \(luma.size) must be \(half)")
        self.time = time
        self.luma = luma
        self.cb = cb
        self.cr = cr
        self.range = range
    }

    /// A grey picture: luma `fill`, no colour.
    public init(size: PixelSize, time: FrameTime = .zero, fill: UInt8 = 128, range: Range = .limited) {
        let half = Frame.chromaSize(of: size)
        self.init(
            time: time, luma: Plane(size: size, fill: fill), cb: Plane(size: half, fill: 128),
            cr: Plane(size: half, fill: 128), range: range)
    }

    public var size: PixelSize { luma.size }

    public static func chromaSize(of size: PixelSize) -> PixelSize {
        PixelSize(width: (size.width + 1) / 2, height: (size.height + 1) / 2)
    }
}
