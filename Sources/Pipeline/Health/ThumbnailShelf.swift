import Evidence
package import FrameCore
import FrameKernels

/// A small picture of a channel, for walls of many.
public struct Thumbnail: Sendable, Hashable {
    /// About 320×180 pixels.
    public var jpeg: [UInt8]
    /// Changes whenever the picture does; free of quotes.
    public var tag: String

    public init(jpeg: [UInt8], tag: String) {
        self.jpeg = jpeg
        self.tag = tag
    }
}

/// Makes each frame's thumbnail once, however many pages ask for it.
package actor ThumbnailShelf {
    private static let quality = 72

    private var shelf: [String: (time: FrameTime, thumbnail: Thumbnail)] = [:]
    /// Times of a channel begin anew with the program.
    private let epoch = String(UInt32.random(in: .min ... .max), radix: 36)

    package init() {}

    /// The frame at half its size; takes about a millisecond, nothing for a frame that was asked for before.
    package func thumbnail(of frame: Frame, channelID: String) -> Thumbnail? {
        if let known = shelf[channelID], known.time == frame.time { return known.thumbnail }
        guard let jpeg = try? JPEGEncoder.encode(Self.halved(frame), quality: Self.quality) else { return nil }
        let thumbnail = Thumbnail(jpeg: jpeg, tag: "\(epoch)-\(String(frame.time.microseconds, radix: 36))")
        shelf[channelID] = (frame.time, thumbnail)
        return thumbnail
    }

    package static func halved(_ frame: Frame) -> Frame {
        // Multiples of four, so that chroma has whole pixels after halving too.
        let size = PixelSize(width: max(2, frame.size.width / 4 * 2), height: max(2, frame.size.height / 4 * 2))
        let chroma = Frame.chromaSize(of: size)
        return Frame(
            time: frame.time, luma: half(frame.luma, cutTo: size), cb: half(frame.cb, cutTo: chroma),
            cr: half(frame.cr, cutTo: chroma), range: frame.range)
    }

    private static func half(_ plane: Plane, cutTo size: PixelSize) -> Plane {
        let halfSize = PixelSize(width: plane.width / 2, height: plane.height / 2)
        var bytes = [UInt8](repeating: 128, count: halfSize.area)
        Reduce.halve(plane.bytes, sourceSize: plane.size, shiftX: 0, shiftY: 0, into: &bytes)
        guard halfSize != size else { return Plane(size: size, bytes: bytes) }
        var cut = Plane(size: size, fill: 128)
        for row in 0..<min(size.height, halfSize.height) {
            for column in 0..<min(size.width, halfSize.width) { cut[column, row] = bytes[row * halfSize.width + column] }
        }
        return cut
    }
}
