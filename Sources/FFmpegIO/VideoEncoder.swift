import CFFmpeg
public import FrameCore

/// Encodes frames to an H.264 MP4, for rendered scenes: the same frames give the same bytes on every run.
///
/// One thread, no B-frames, key frames exactly every `gopFrames`; the index is put in front (faststart).
public struct VideoEncoder: ~Copyable {
    public struct Settings: Hashable, Sendable {
        public var frameRate: Int
        /// From one key frame to the next.
        public var gopFrames: Int
        /// Constant rate factor of x264: 0 (lossless) … 51, lower is better; 18 to 28 is usual.
        public var quality: Double
        /// x264's: "ultrafast" … "veryslow".
        public var preset: String
        /// The range that every frame has; it is written into the stream.
        public var range: Frame.Range

        public init(
            frameRate: Int = 25, gopFrames: Int = 50, quality: Double = 23, preset: String = "veryfast", range: Frame.Range = .limited
        ) {
            self.frameRate = frameRate
            self.gopFrames = gopFrames
            self.quality = quality
            self.preset = preset
            self.range = range
        }
    }

    // SAFETY: owned by this value alone, freed in deinit.
    private let context: UnsafeMutablePointer<AVCodecContext>
    private var file: OutputFile
    private let input: DecodedFrame
    private let output = Packet()
    private let path: String
    private let size: PixelSize
    private let range: Frame.Range
    private var frames: Int64 = 0

    /// Creates the file at `path`, or empties it; both sides of `size` are even.
    public init(path: String, size: PixelSize, settings: Settings = Settings()) throws(AVError) {
        precondition(size.width >= 2 && size.height >= 2 && size.width % 2 == 0 && size.height % 2 == 0 && settings.frameRate > 0)
        var file = try OutputFile(path: path, operation: .encode)
        guard let codec = avcodec_find_encoder_by_name("libx264") else { throw AVError(.encoderMissing, .encode, path) }
        guard let made = avcodec_alloc_context3(codec) else { fatalError("out of memory") }
        let input = DecodedFrame()
        do throws(AVError) {
            try Self.open(made, codec, size: size, settings: settings, path: path)
            try Self.allocate(input.pointer, like: made, path: path)
            avcodec_parameters_from_context(file.parameters, made)
            try file.begin(timeBase: made.pointee.time_base, frameRate: made.pointee.framerate, movflags: "+faststart")
        } catch {
            var owned: UnsafeMutablePointer<AVCodecContext>? = made
            avcodec_free_context(&owned)
            throw error
        }
        context = made
        self.file = file
        self.input = input
        self.path = path
        self.size = size
        range = settings.range
    }

    deinit {
        var owned: UnsafeMutablePointer<AVCodecContext>? = context
        avcodec_free_context(&owned)
    }

    /// Adds the next frame; it has the size and range given at the start, its time is not used.
    public mutating func append(_ frame: Frame) throws(AVError) {
        precondition(frame.size == size && frame.range == range, "every frame of a video has the same size and range")
        let status = av_frame_make_writable(input.pointer)
        guard status >= 0 else { throw AVError(status: status, .encode, path) }
        let target = input.pointer
        Self.copy(frame.luma, to: target.pointee.data.0, stride: Int(target.pointee.linesize.0))
        Self.copy(frame.cb, to: target.pointee.data.1, stride: Int(target.pointee.linesize.1))
        Self.copy(frame.cr, to: target.pointee.data.2, stride: Int(target.pointee.linesize.2))
        target.pointee.pts = frames
        frames += 1
        try encode(target)
    }

    /// Writes what the encoder still holds and the index, and waits until the file is on the disk; returns its size in bytes.
    @discardableResult
    public mutating func finish() throws(AVError) -> Int64 {
        guard frames > 0 else { throw AVError(.nothingWritten, .encode, path) }
        try encode(nil)
        return try file.finish()
    }

    private mutating func encode(_ frame: UnsafeMutablePointer<AVFrame>?) throws(AVError) {
        let sent = avcodec_send_frame(context, frame)
        guard sent >= 0 else { throw AVError(status: sent, .encode, path) }
        while true {
            let status = avcodec_receive_packet(context, output.pointer)
            if status == ffio_error_eof || AVError.Code(rawValue: status) == .again { return }
            guard status >= 0 else { throw AVError(status: status, .encode, path) }
            defer { av_packet_unref(output.pointer) }
            if output.pointer.pointee.duration == 0 { output.pointer.pointee.duration = 1 }
            av_packet_rescale_ts(output.pointer, context.pointee.time_base, file.timeBase)
            try file.write(output.pointer)
        }
    }

    private static func open(
        _ context: UnsafeMutablePointer<AVCodecContext>, _ codec: UnsafePointer<AVCodec>, size: PixelSize, settings: Settings,
        path: String
    ) throws(AVError) {
        context.pointee.width = Int32(size.width)
        context.pointee.height = Int32(size.height)
        context.pointee.pix_fmt = AV_PIX_FMT_YUV420P
        context.pointee.color_range = settings.range == .full ? AVCOL_RANGE_JPEG : AVCOL_RANGE_MPEG
        context.pointee.time_base = AVRational(num: 1, den: Int32(settings.frameRate))
        context.pointee.framerate = AVRational(num: Int32(settings.frameRate), den: 1)
        context.pointee.gop_size = Int32(settings.gopFrames)
        context.pointee.keyint_min = Int32(settings.gopFrames)
        context.pointee.max_b_frames = 0
        context.pointee.thread_count = 1
        context.pointee.flags |= AV_CODEC_FLAG_BITEXACT | AV_CODEC_FLAG_GLOBAL_HEADER
        var options: OpaquePointer?
        defer { av_dict_free(&options) }
        av_dict_set(&options, "preset", settings.preset, 0)
        av_dict_set(&options, "crf", "\(settings.quality)", 0)
        av_dict_set(&options, "x264-params", "scenecut=0:threads=1:lookahead-threads=1:sliced-threads=0", 0)
        let status = avcodec_open2(context, codec, &options)
        guard status >= 0 else { throw AVError(status: status, .encode, path) }
    }

    private static func allocate(
        _ frame: UnsafeMutablePointer<AVFrame>, like context: UnsafeMutablePointer<AVCodecContext>, path: String
    ) throws(AVError) {
        frame.pointee.format = context.pointee.pix_fmt.rawValue
        frame.pointee.width = context.pointee.width
        frame.pointee.height = context.pointee.height
        frame.pointee.color_range = context.pointee.color_range
        let status = av_frame_get_buffer(frame, 0)
        guard status >= 0 else { throw AVError(status: status, .encode, path) }
    }

    private static func copy(_ plane: Plane, to target: UnsafeMutablePointer<UInt8>?, stride: Int) {
        guard let target else { return }
        plane.bytes.withUnsafeBytes { source in
            guard let base = source.baseAddress else { return }
            // SAFETY: the frame has `height` rows of at least `width` bytes, `stride` apart; the plane has width × height.
            for row in 0..<plane.height {
                UnsafeMutableRawPointer(target + row * stride).copyMemory(from: base + row * plane.width, byteCount: plane.width)
            }
        }
    }
}
