import CFFmpeg
import FrameCore

/// Notices that a stream's codec parameters change between two packets.
///
/// libavformat tells of a change only where the container does (FLV, MP4). In RTSP, MPEG-TS and raw streams the new
/// parameter sets just appear in front of a key frame, so each key frame's headers are read here; nothing is decoded.
struct ParameterWatch: ~Copyable {
    // SAFETY: both owned by this value alone, freed in deinit. The parser is nil when the codec has none.
    private let parser: UnsafeMutablePointer<AVCodecParserContext>?
    private let context: UnsafeMutablePointer<AVCodecContext>
    private let filter: ParameterSetFilter?
    private var parametersInBand: ParameterSets?

    init(_ stream: VideoStream) {
        let codecID = stream.parameters.codecID
        guard let context = avcodec_alloc_context3(nil), avcodec_parameters_to_context(context, stream.parameters.pointer) >= 0 else {
            fatalError("out of memory")
        }
        self.context = context
        parser = av_parser_init(Int32(bitPattern: codecID.rawValue))
        parser?.pointee.flags |= PARSER_FLAG_COMPLETE_FRAMES
        filter = ParameterSetFilter(stream.parameters)
    }

    deinit {
        if let parser { av_parser_close(parser) }
        var owned: UnsafeMutablePointer<AVCodecContext>? = context
        avcodec_free_context(&owned)
    }

    enum Finding {
        case same
        /// The same stream, now better known: nothing was known of its size or its parameter sets before.
        case learnt(VideoStream)
        case changed(VideoStream)
    }

    /// Compares a packet with the stream; `current` is what libavformat says of the stream now.
    mutating func inspect(
        _ packet: UnsafeMutablePointer<AVPacket>, of stream: VideoStream, current: UnsafePointer<AVCodecParameters>
    ) -> Finding {
        if current.pointee.codec_id != stream.parameters.codecID {
            return .changed(stream.with(CodecParameters(copying: current)))
        }
        if let extradata = packet.pointee.newExtradata, extradata != stream.parameters.extradata {
            let hadNone = stream.parameters.extradata.isEmpty
            let edited = CodecParameters(copying: stream.parameters.pointer) { $0.pointee.setExtradata(extradata) }
            // The parser must start over with the new configuration before it can tell the size.
            var fresh = ParameterWatch(stream.with(edited))
            let next = fresh.readHeaders(packet, of: stream.with(edited)) ?? stream.with(edited)
            self = fresh
            return hadNone ? .learnt(next) : .changed(next)
        }
        guard packet.pointee.flags & AV_PKT_FLAG_KEY != 0 else { return .same }
        var next = readHeaders(packet, of: stream)
        let changedHeaders = next != nil && stream.size.area > 0
        let sets = ParameterSets(filter?.parameterSets(in: packet) ?? [])
        guard !sets.units.isEmpty, sets != parametersInBand else {
            return next.map { changedHeaders ? .changed($0) : .learnt($0) } ?? .same
        }
        // The first sets in the stream replace those from the session description, which may be stale.
        let changedSets = parametersInBand != nil
        parametersInBand = sets
        let known = next ?? stream
        if sets != ParameterSets(known.parameters.extradata) {
            next = known.with(CodecParameters(copying: known.parameters.pointer) { $0.pointee.setExtradata(sets.annexB) })
        }
        return next.map { changedHeaders || changedSets ? .changed($0) : .learnt($0) } ?? .same
    }

    /// The stream with the size and pixel format that the packet's headers tell, when they differ.
    private mutating func readHeaders(_ packet: UnsafeMutablePointer<AVPacket>, of stream: VideoStream) -> VideoStream? {
        guard let parser else { return nil }
        var output: UnsafeMutablePointer<UInt8>?
        var outputSize: Int32 = 0
        av_parser_parse2(
            parser, context, &output, &outputSize, packet.pointee.data, packet.pointee.size, packet.pointee.pts,
            packet.pointee.dts, -1)
        let (width, height, format) = (parser.pointee.width, parser.pointee.height, parser.pointee.format)
        guard width > 0, height > 0 else { return nil }
        let known = stream.parameters.pointer.pointee
        let sameFormat = format < 0 || format == known.format || Self.differInRangeOnly(format, known.format)
        guard width != known.width || height != known.height || !sameFormat else { return nil }
        return stream.with(
            CodecParameters(copying: stream.parameters.pointer) {
                $0.pointee.width = width
                $0.pointee.height = height
                if !sameFormat { $0.pointee.format = format }
            })
    }

    /// The parser says yuv420p where the decoder says yuvj420p for the same stream.
    private static func differInRangeOnly(_ one: Int32, _ other: Int32) -> Bool {
        func plain(_ format: Int32) -> Int32 {
            switch AVPixelFormat(rawValue: format) {
            case AV_PIX_FMT_YUVJ420P: AV_PIX_FMT_YUV420P.rawValue
            case AV_PIX_FMT_YUVJ422P: AV_PIX_FMT_YUV422P.rawValue
            case AV_PIX_FMT_YUVJ444P: AV_PIX_FMT_YUV444P.rawValue
            default: format
            }
        }
        return plain(one) == plain(other)
    }
}
