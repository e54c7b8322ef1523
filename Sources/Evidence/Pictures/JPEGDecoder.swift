import CJPEG
public import FrameCore

/// Reads a still back, for a copy that is made of it.
public enum JPEGDecoder {
    /// Four times an 8K picture; a damaged header must not take the memory of the machine.
    private static let pixelLimit = 4 * 7680 * 4320

    /// Full range, 4:2:0. Refuses a picture that breaks off.
    public static func decode(_ jpeg: [UInt8]) throws(JPEGError) -> Frame {
        var picture = cjpeg_picture()
        guard cjpeg_decode(jpeg, jpeg.count, pixelLimit, &picture) == 1 else {
            let reason = withUnsafeBytes(of: picture.message) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
            throw .unreadable(reason: reason)
        }
        defer { cjpeg_free(picture.bytes) }
        let size = PixelSize(width: picture.width, height: picture.height)
        // SAFETY: on success the shim hands over three bytes a pixel, which live until the free above.
        let samples = UnsafeBufferPointer(start: picture.bytes, count: 3 * size.area)
        var frame = Frame(size: size, range: .full)
        var luma = frame.luma
        luma.bytes.withUnsafeMutableBufferPointer { luma in
            for index in 0..<size.area { luma[index] = samples[3 * index] }
        }
        frame.luma = luma
        frame.cb = chroma(samples, size, component: 1)
        frame.cr = chroma(samples, size, component: 2)
        return frame
    }

    /// The mean of each two by two pixels.
    private static func chroma(_ samples: UnsafeBufferPointer<UInt8>, _ size: PixelSize, component: Int) -> Plane {
        var plane = Plane(size: Frame.chromaSize(of: size))
        let width = plane.width
        let height = plane.height
        plane.bytes.withUnsafeMutableBufferPointer { bytes in
            for y in 0..<height {
                for x in 0..<width {
                    let right = min(2 * x + 1, size.width - 1)
                    let below = min(2 * y + 1, size.height - 1)
                    var sum = 2
                    for row in [2 * y, below] {
                        sum += Int(samples[3 * (row * size.width + 2 * x) + component])
                        sum += Int(samples[3 * (row * size.width + right) + component])
                    }
                    bytes[y * width + x] = UInt8(sum / 4)
                }
            }
        }
        return plane
    }
}
