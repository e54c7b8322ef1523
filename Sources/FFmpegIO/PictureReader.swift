import CFFmpeg
public import FrameCore
import Glibc

/// Reads single pictures (JPEG, PNG, BMP) from files, as data sets for background models keep them.
///
/// Keeps one decoder for each kind of picture that it has met; used by one thread.
public struct PictureReader: ~Copyable {
    private enum Kind: CaseIterable {
        case jpeg, png, bmp

        /// By the file's first bytes (ISO/IEC 10918-1 §B.2.1, ISO/IEC 15948 §5.2, the “BM” of Windows).
        init?(_ bytes: [UInt8]) {
            let found = Self.allCases.first { bytes.starts(with: $0.signature) }
            guard let found else { return nil }
            self = found
        }

        private var signature: [UInt8] {
            switch self {
            case .jpeg: [0xff, 0xd8, 0xff]
            case .png: [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]
            case .bmp: [0x42, 0x4d]
            }
        }

        var codec: AVCodecID {
            switch self {
            case .jpeg: AV_CODEC_ID_MJPEG
            case .png: AV_CODEC_ID_PNG
            case .bmp: AV_CODEC_ID_BMP
            }
        }
    }

    // SAFETY: the contexts are owned by this value alone, freed in deinit.
    private var contexts: [Kind: UnsafeMutablePointer<AVCodecContext>] = [:]
    private let packet = Packet()

    public init() {
        FFmpegRuntime.start()
    }

    deinit {
        for context in contexts.values {
            var owned: UnsafeMutablePointer<AVCodecContext>? = context
            avcodec_free_context(&owned)
        }
    }

    /// Decodes the picture in the file at `path` into `frame`, which is overwritten.
    public mutating func read(_ path: String, into frame: inout DecodedFrame) throws(AVError) {
        let bytes = try LocalFile.bytes(of: path)
        guard let kind = Kind(bytes) else { throw AVError(.invalidData, .open, path) }
        let context = try context(for: kind, path)
        avcodec_flush_buffers(context)
        av_packet_unref(packet.pointer)
        let made = av_new_packet(packet.pointer, Int32(bytes.count))
        guard made >= 0 else { throw AVError(status: made, .decode, path) }
        // Without the mark libavcodec takes a PNG for a difference to the one before.
        packet.pointer.pointee.flags |= AV_PKT_FLAG_KEY
        // SAFETY: av_new_packet made `bytes.count` bytes at `data`.
        bytes.withUnsafeBytes { source in
            if let base = source.baseAddress { memcpy(packet.pointer.pointee.data, base, bytes.count) }
        }
        var status = avcodec_send_packet(context, packet.pointer)
        if status >= 0 { status = avcodec_receive_frame(context, frame.pointer) }
        guard status >= 0 else { throw AVError(status: status, .decode, path) }
        frame.timeBase = .microseconds
    }

    private mutating func context(for kind: Kind, _ path: String) throws(AVError) -> UnsafeMutablePointer<AVCodecContext> {
        if let known = contexts[kind] { return known }
        guard let codec = avcodec_find_decoder(kind.codec) else { throw AVError(.unsupportedCodec, .decode, path) }
        guard let made = avcodec_alloc_context3(codec) else { fatalError("out of memory") }
        made.pointee.thread_count = 1
        let status = avcodec_open2(made, codec, nil)
        guard status >= 0 else {
            var owned: UnsafeMutablePointer<AVCodecContext>? = made
            avcodec_free_context(&owned)
            throw AVError(status: status, .decode, path)
        }
        contexts[kind] = made
        return made
    }
}

extension DecodedFrame {
    /// The exact levels of a picture that is grey, with or without a palette, as label masks are: no scaling, no rounding.
    ///
    /// Of a coloured picture it is the green channel. Throws `.invalidData` for a memory layout that no mask has.
    public func levels() throws(AVError) -> Plane {
        let size = size
        guard size.area > 0, let data = pointer.pointee.data.0 else { throw AVError(.noPicture, .convert, "an empty frame") }
        let stride = Int(pointer.pointee.linesize.0)
        var plane = Plane(size: size)
        // SAFETY: every layout below has `height` rows, `stride` apart, of at least the bytes that are read; a palette is 256
        // words of BGRA on this byte order (libavutil/pixfmt.h, AV_PIX_FMT_PAL8).
        switch AVPixelFormat(rawValue: pointer.pointee.format) {
        case AV_PIX_FMT_GRAY8:
            Self.fill(&plane) { x, y in data[y * stride + x] }
        case AV_PIX_FMT_PAL8:
            guard let palette = pointer.pointee.data.1 else { throw AVError(.invalidData, .convert, "a picture without palette") }
            Self.fill(&plane) { x, y in palette[4 * Int(data[y * stride + x]) + 1] }
        case AV_PIX_FMT_MONOBLACK:
            Self.fill(&plane) { x, y in data[y * stride + x / 8] >> (7 - x % 8) & 1 == 1 ? 255 : 0 }
        case AV_PIX_FMT_RGB24, AV_PIX_FMT_BGR24:
            Self.fill(&plane) { x, y in data[y * stride + 3 * x + 1] }
        case AV_PIX_FMT_RGBA, AV_PIX_FMT_BGRA, AV_PIX_FMT_BGR0:
            Self.fill(&plane) { x, y in data[y * stride + 4 * x + 1] }
        default:
            throw AVError(.invalidData, .convert, "a mask in \(pixelFormatName)")
        }
        return plane
    }

    private static func fill(_ plane: inout Plane, _ level: (Int, Int) -> UInt8) {
        for y in 0..<plane.height {
            for x in 0..<plane.width { plane[x, y] = level(x, y) }
        }
    }
}
