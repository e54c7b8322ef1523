import CFFmpeg
public import FrameCore

/// A decoded picture in the decoder's own format and memory; `Decoder.receive(into:)` fills it again and again.
public struct DecodedFrame: ~Copyable {
    // SAFETY: owned by this value alone, freed in deinit.
    let pointer: UnsafeMutablePointer<AVFrame>
    var timeBase = AVRational.microseconds
    /// Made with `Decoder.Quality.draft`: good enough to be judged by, not to be shown as evidence.
    public internal(set) var isDraft = false

    /// An empty frame, 0×0.
    public init() {
        guard let frame = av_frame_alloc() else { fatalError("out of memory") }
        pointer = frame
    }

    deinit {
        var owned: UnsafeMutablePointer<AVFrame>? = pointer
        av_frame_free(&owned)
    }

    /// Lets the picture go, so that the decoder can use its memory again.
    mutating func clear() {
        av_frame_unref(pointer)
    }

    /// Presentation time; guessed from the decoding time where the stream has none; nil when there is neither.
    public var pts: FrameTime? { timeBase.frameTime(pointer.pointee.best_effort_timestamp) }
    public var size: PixelSize { PixelSize(width: Int(pointer.pointee.width), height: Int(pointer.pointee.height)) }
    public var isKey: Bool { pointer.pointee.key_frame != 0 }
    /// Parts of it were damaged and are guessed: good to look at, not to be judged by. FFmpeg 5.1 says so for H.264, and for
    /// H.265 only in `decodeAlone`.
    public var isCorrupt: Bool {
        pointer.pointee.flags & AV_FRAME_FLAG_CORRUPT != 0 || pointer.pointee.decode_error_flags != 0
    }
    /// Unmarked pictures count as limited (ITU-T H.264 §E.2.1, video_full_range_flag inferred 0).
    public var range: Frame.Range { pointer.pointee.isFullRange ? .full : .limited }
    /// FFmpeg's name of the memory layout, for example "yuv420p10le".
    public var pixelFormatName: String {
        av_get_pix_fmt_name(AVPixelFormat(rawValue: pointer.pointee.format)).map { String(cString: $0) } ?? "none"
    }

    /// The whole picture in 8-bit 4:2:0 with the range it has; `time` becomes the frame's.
    ///
    /// Rows are copied where the decoder made 8-bit 4:2:0; anything else goes through swscale, YUV to YUV.
    public func picture(time: FrameTime) throws(AVError) -> Frame {
        guard size.area > 0 else { throw AVError(.noPicture, .convert, "an empty frame") }
        var picture = Frame(size: size, time: time, range: range)
        switch AVPixelFormat(rawValue: pointer.pointee.format) {
        case AV_PIX_FMT_YUV420P, AV_PIX_FMT_YUVJ420P:
            pointer.pointee.copyPlanes(to: &picture)
        case AV_PIX_FMT_NV12:
            pointer.pointee.copySemiPlanar(to: &picture)
        default:
            let converter = try PixelConverter(pointer, to: size, range: range)
            try converter.convert(pointer, into: &picture)
        }
        return picture
    }
}

extension AVFrame {
    var isFullRange: Bool {
        switch AVPixelFormat(rawValue: format) {
        case AV_PIX_FMT_YUVJ420P, AV_PIX_FMT_YUVJ422P, AV_PIX_FMT_YUVJ444P, AV_PIX_FMT_YUVJ440P, AV_PIX_FMT_YUVJ411P: true
        default: color_range == AVCOL_RANGE_JPEG
        }
    }

    /// Copies 8-bit planar 4:2:0 rows; `picture` has this frame's size.
    func copyPlanes(to picture: inout Frame) {
        Self.copyRows(data.0, stride: Int(linesize.0), to: &picture.luma)
        Self.copyRows(data.1, stride: Int(linesize.1), to: &picture.cb)
        Self.copyRows(data.2, stride: Int(linesize.2), to: &picture.cr)
    }

    private static func copyRows(_ source: UnsafeMutablePointer<UInt8>?, stride: Int, to plane: inout Plane) {
        let size = plane.size
        guard let source else { return }
        plane.bytes.withUnsafeMutableBytes { target in
            guard let base = target.baseAddress else { return }
            // SAFETY: the frame has `height` rows of at least `width` bytes, `stride` apart (negative when stored upside
            // down); the plane has exactly width × height bytes.
            for row in 0..<size.height {
                (base + row * size.width).copyMemory(from: source + row * stride, byteCount: size.width)
            }
        }
    }

    /// Copies 8-bit 4:2:0 whose chroma rows hold Cb and Cr in turn.
    func copySemiPlanar(to picture: inout Frame) {
        Self.copyRows(data.0, stride: Int(linesize.0), to: &picture.luma)
        guard let source = data.1 else { return }
        let size = picture.cb.size
        for row in 0..<size.height {
            // SAFETY: each of the chroma rows holds 2 × width bytes.
            let pairs = UnsafeBufferPointer(start: source + row * Int(linesize.1), count: 2 * size.width)
            for column in 0..<size.width {
                picture.cb.bytes[row * size.width + column] = pairs[2 * column]
                picture.cr.bytes[row * size.width + column] = pairs[2 * column + 1]
            }
        }
    }
}
