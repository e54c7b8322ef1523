import CJPEG
public import FrameCore

/// Makes stills: baseline JFIF, 4:2:0, straight from a frame's planes.
///
/// The samples go into the encoder as the decoder gave them, without a detour over RGB; limited-range video is spread to
/// the full range that JFIF 1.02 asks for. JFIF also says BT.601, which a BT.709 camera's picture is then shown as.
public enum JPEGEncoder {
    /// Encodes a frame or a part of it.
    ///
    /// Blocks for about 5 ms for 1920×1080. Safe from any thread.
    ///
    /// - Parameters:
    ///   - quality: 1…100 on libjpeg's scale.
    ///   - crop: in luma pixels; grown to even pixels, then cut to the frame.
    public static func encode(_ frame: Frame, quality: Int = 92, crop: PixelRect? = nil) throws(JPEGError) -> [UInt8] {
        guard (1...100).contains(quality) else { throw .badQuality(quality) }
        let part = try evenPart(crop, of: frame.size)
        var picture = cjpeg_part(
            x: part.x, y: part.y, width: part.width, height: part.height, luma_stride_bytes: frame.luma.width,
            chroma_stride_bytes: frame.cb.width)
        let isLimited = frame.range == .limited
        var output = cjpeg_output()
        // SAFETY: `evenPart` lies inside the planes, whose rows are `width` bytes apart without padding; the shim reads
        // no further and keeps no pointer.
        let isDone = cjpeg_encode(
            frame.luma.bytes, frame.cb.bytes, frame.cr.bytes, isLimited ? lumaToFull : nil,
            isLimited ? chromaToFull : nil, &picture, Int32(quality), &output)
        guard isDone == 1 else {
            let reason = withUnsafeBytes(of: output.message) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
            throw .refused(picture: "\(part.width)×\(part.height) pixels", reason: reason)
        }
        defer { cjpeg_free(output.bytes) }
        // SAFETY: on success the shim hands over `byte_count` bytes, which live until the free above.
        return [UInt8](UnsafeBufferPointer(start: output.bytes, count: output.byte_count))
    }

    /// The crop with even corners, as 4:2:0 has one chroma sample for two by two pixels.
    private static func evenPart(_ crop: PixelRect?, of size: PixelSize) throws(JPEGError) -> PixelRect {
        let whole = PixelRect(x: 0, y: 0, width: size.width, height: size.height)
        guard let crop else { return whole }
        let inside = crop.intersection(whole)
        guard !inside.isEmpty else {
            throw .emptyCrop(
                crop: "\(crop.width)×\(crop.height) at \(crop.x),\(crop.y)", picture: "\(size.width)×\(size.height)")
        }
        let x = inside.x / 2 * 2
        let y = inside.y / 2 * 2
        return PixelRect(x: x, y: y, width: (inside.maxX + 1) / 2 * 2 - x, height: (inside.maxY + 1) / 2 * 2 - y)
            .intersection(whole)
    }

    // ITU-R BT.601 §2.5.3: black 16, white 235, chroma 16…240 around 128.
    private static let lumaToFull = table { ($0 - 16) * 255 / 219 }
    private static let chromaToFull = table { ($0 - 128) * 255 / 224 + 128 }

    private static func table(_ map: (Double) -> Double) -> [UInt8] {
        (0...255).map { UInt8(min(255, max(0, map(Double($0)).rounded()))) }
    }
}
