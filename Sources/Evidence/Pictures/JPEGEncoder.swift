import CJPEG
public import FrameCore

/// Makes stills: baseline JFIF, 4:2:0, straight from a frame's planes.
///
/// The samples go into the encoder as the decoder gave them, without a detour over RGB; limited-range video is spread to
/// the full range that JFIF 1.02 asks for. JFIF also says BT.601, which a BT.709 camera's picture is then shown as.
public enum JPEGEncoder {
    /// Encodes a frame or a part of it.
    ///
    /// Blocks for about 10 ms for 1920×1080. Safe from any thread.
    ///
    /// - Parameters:
    ///   - quality: 1…100 on libjpeg's scale.
    ///   - crop: in luma pixels; grown to even pixels, then cut to the frame.
    public static func encode(_ frame: Frame, quality: Int = 92, crop: PixelRect? = nil) throws(JPEGError) -> [UInt8] {
        guard (1...100).contains(quality) else { throw .badQuality(quality) }
        let part = try evenPart(crop, of: frame.size)
        let lumaOffset = part.y * frame.luma.width + part.x
        let chromaOffset = (part.y / 2) * frame.cb.width + part.x / 2
        let isLimited = frame.range == .limited
        return try frame.luma.bytes.withUnsafeBufferPointer { lumaBytes throws(JPEGError) in
            try frame.cb.bytes.withUnsafeBufferPointer { cbBytes throws(JPEGError) in
                try frame.cr.bytes.withUnsafeBufferPointer { crBytes throws(JPEGError) in
                    try lumaToFull.withUnsafeBufferPointer { lumaTable throws(JPEGError) in
                        try chromaToFull.withUnsafeBufferPointer { chromaTable throws(JPEGError) in
                            // SAFETY: an empty picture has no base address, so the offsets are only applied to a present
                            // one; `evenPart` keeps the part inside the planes, whose rows are `width` bytes apart.
                            try bytes(of: cjpeg_picture(
                                luma: lumaBytes.baseAddress.map { $0 + lumaOffset },
                                cb: cbBytes.baseAddress.map { $0 + chromaOffset },
                                cr: crBytes.baseAddress.map { $0 + chromaOffset },
                                luma_stride_bytes: frame.luma.width, chroma_stride_bytes: frame.cb.width,
                                width: part.width, height: part.height,
                                luma_table: isLimited ? lumaTable.baseAddress : nil,
                                chroma_table: isLimited ? chromaTable.baseAddress : nil), quality: quality)
                        }
                    }
                }
            }
        }
    }

    private static func bytes(of picture: cjpeg_picture, quality: Int) throws(JPEGError) -> [UInt8] {
        var picture = picture
        var output = cjpeg_output()
        guard cjpeg_encode(&picture, Int32(quality), &output) == 1 else {
            let reason = withUnsafeBytes(of: output.message) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
            throw .refused(picture: "\(picture.width)×\(picture.height) pixels", reason: reason)
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
