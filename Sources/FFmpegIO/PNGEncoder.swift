import CFFmpeg
public import FrameCore

/// Makes a PNG (ISO/IEC 15948) of 8-bit samples, through libavcodec.
///
/// No date and no version in it: the same samples give the same bytes with the same FFmpeg and zlib.
public enum PNGEncoder {
    public enum Samples: Sendable {
        /// One byte a pixel.
        case grey
        /// Three bytes a pixel: red, green, blue.
        case rgb

        fileprivate var bytesPerPixel: Int { self == .grey ? 1 : 3 }
        fileprivate var format: AVPixelFormat { self == .grey ? AV_PIX_FMT_GRAY8 : AV_PIX_FMT_RGB24 }
    }

    /// - Parameter bytes: rows without padding, `size.area` pixels.
    /// - Throws: `AVError` when this FFmpeg has no PNG encoder, or refuses the picture.
    public static func encode(_ bytes: [UInt8], size: PixelSize, samples: Samples) throws(AVError) -> [UInt8] {
        precondition(size.area > 0 && bytes.count == size.area * samples.bytesPerPixel, "a picture of \(size) needs its bytes")
        let name = "PNG of \(size.width)×\(size.height)"
        guard let codec = avcodec_find_encoder(AV_CODEC_ID_PNG) else { throw AVError(.encoderMissing, .encode, name) }
        guard let context = avcodec_alloc_context3(codec) else { fatalError("out of memory") }
        defer {
            var owned: UnsafeMutablePointer<AVCodecContext>? = context
            avcodec_free_context(&owned)
        }
        context.pointee.width = Int32(size.width)
        context.pointee.height = Int32(size.height)
        context.pointee.pix_fmt = samples.format
        context.pointee.time_base = AVRational(num: 1, den: 1)
        context.pointee.thread_count = 1
        context.pointee.flags |= AV_CODEC_FLAG_BITEXACT
        try check(avcodec_open2(context, codec, nil), name)
        let frame = DecodedFrame()
        frame.pointer.pointee.format = samples.format.rawValue
        frame.pointer.pointee.width = Int32(size.width)
        frame.pointer.pointee.height = Int32(size.height)
        try check(av_frame_get_buffer(frame.pointer, 0), name)
        copy(bytes, rowBytes: size.width * samples.bytesPerPixel, rows: size.height, to: frame.pointer)
        try check(avcodec_send_frame(context, frame.pointer), name)
        let packet = Packet()
        try check(avcodec_receive_packet(context, packet.pointer), name)
        // SAFETY: the packet owns `size` bytes at `data` until it is freed at the end of this function.
        return [UInt8](UnsafeBufferPointer(start: packet.pointer.pointee.data, count: Int(packet.pointer.pointee.size)))
    }

    private static func copy(_ bytes: [UInt8], rowBytes: Int, rows: Int, to frame: UnsafeMutablePointer<AVFrame>) {
        let stride = Int(frame.pointee.linesize.0)
        guard let target = frame.pointee.data.0 else { return }
        bytes.withUnsafeBytes { source in
            guard let base = source.baseAddress else { return }
            // SAFETY: the frame has `rows` rows of at least `rowBytes` bytes, `stride` apart; `bytes` holds rows × rowBytes.
            for row in 0..<rows {
                UnsafeMutableRawPointer(target + row * stride).copyMemory(from: base + row * rowBytes, byteCount: rowBytes)
            }
        }
    }

    private static func check(_ status: Int32, _ name: String) throws(AVError) {
        guard status >= 0 else { throw AVError(status: status, .encode, name) }
    }
}
