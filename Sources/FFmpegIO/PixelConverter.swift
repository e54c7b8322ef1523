import CFFmpeg
import FrameCore

/// Turns frames of one size and format into 8-bit 4:2:0 of another size, through swscale.
struct PixelConverter: ~Copyable {
    /// What the tables of a converter were made for.
    struct Source: Hashable {
        let size: PixelSize
        let format: Int32
        let isFullRange: Bool

        init(_ frame: AVFrame) {
            size = PixelSize(width: Int(frame.width), height: Int(frame.height))
            format = frame.format
            isFullRange = frame.isFullRange
        }
    }

    /// 1080p to 640×360 on one core of a 2-core x86-64 server, FFmpeg 5.1: fast bilinear 0.16 ms, but it drops pixels (one-pixel
    /// checks keep their full contrast); area 0.42 ms, checks keep 11 %; bilinear 0.64 ms, 1 %; bicubic 1.4 ms. Exact
    /// rounding costs 0.07 ms and gives the same picture on every CPU, which a replay needs.
    private static let flags = SWS_BILINEAR | SWS_ACCURATE_RND | SWS_BITEXACT

    let source: Source
    let targetSize: PixelSize
    // SAFETY: owned by this value alone, freed in deinit.
    private let context: OpaquePointer
    /// swscale writes whole vectors beyond the end of a row, so it gets padded memory of its own; the rows are then copied.
    private let target: DecodedFrame

    init(_ frame: UnsafeMutablePointer<AVFrame>, to size: PixelSize, range: Frame.Range) throws(AVError) {
        let source = Source(frame.pointee)
        let name = "\(source.size.width)×\(source.size.height)"
        let target = DecodedFrame()
        target.pointer.pointee.format = AV_PIX_FMT_YUV420P.rawValue
        target.pointer.pointee.width = Int32(size.width)
        target.pointer.pointee.height = Int32(size.height)
        let status = av_frame_get_buffer(target.pointer, 64)
        guard status >= 0 else { throw AVError(status: status, .convert, name) }

        guard let made = sws_alloc_context() else { fatalError("out of memory") }
        let isRGB =
            av_pix_fmt_desc_get(AVPixelFormat(rawValue: source.format)).map { $0.pointee.flags & UInt64(AV_PIX_FMT_FLAG_RGB) != 0 } ?? false
        let sourceRange: Int32 = source.isFullRange || isRGB ? 1 : 0
        let targetRange: Int32 = range == .full ? 1 : 0
        let settings: [(String, Int64)] = [
            ("srcw", Int64(source.size.width)), ("srch", Int64(source.size.height)), ("src_format", Int64(source.format)),
            ("dstw", Int64(size.width)), ("dsth", Int64(size.height)), ("dst_format", Int64(AV_PIX_FMT_YUV420P.rawValue)),
            ("src_range", Int64(sourceRange)), ("dst_range", Int64(targetRange)), ("sws_flags", Int64(Self.flags)),
        ]
        for (key, value) in settings { av_opt_set_int(UnsafeMutableRawPointer(made), key, value, 0) }
        let initialized = sws_init_context(made, nil, nil)
        guard initialized >= 0 else {
            sws_freeContext(made)
            throw AVError(status: initialized, .convert, name)
        }
        if !isRGB {
            // Equal tables on both sides keep YUV as it is: only the range is mapped. Said once more because
            // sws_init_context takes grey for full range.
            let table = sws_getCoefficients(SWS_CS_DEFAULT)
            sws_setColorspaceDetails(made, table, sourceRange, table, targetRange, 0, 1 << 16, 1 << 16)
        }
        context = made
        self.source = source
        targetSize = size
        self.target = target
    }

    deinit {
        sws_freeContext(context)
    }

    /// `frame` has the source's size and format; `picture` has the target's size.
    func convert(_ frame: UnsafeMutablePointer<AVFrame>, into picture: inout Frame) throws(AVError) {
        let status = sws_scale_frame(context, target.pointer, frame)
        guard status >= 0 else {
            throw AVError(status: status, .convert, "\(source.size.width)×\(source.size.height)")
        }
        target.pointer.pointee.copyPlanes(to: &picture)
    }
}
