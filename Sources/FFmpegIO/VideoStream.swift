import CFFmpeg
public import FrameCore

/// What a decoder or a clip must know about a stream: codec, size, parameter sets. A value that outlives its `Demuxer`.
public struct VideoStream: Sendable {
    let parameters: CodecParameters
    let timeBase: AVRational
    /// The source, redacted, for errors.
    let source: String
    /// As the container or the parameter sets say, in Hz; often absent or wrong on cameras (`Probe` measures it).
    public let averageFrameRate: Double?

    init(parameters: CodecParameters, timeBase: AVRational, averageFrameRate: Double?, source: String) {
        self.parameters = parameters
        self.timeBase = timeBase
        self.averageFrameRate = averageFrameRate
        self.source = source
    }

    func with(_ parameters: CodecParameters) -> VideoStream {
        VideoStream(parameters: parameters, timeBase: timeBase, averageFrameRate: averageFrameRate, source: source)
    }

    /// FFmpeg's name: "h264", "hevc", "mjpeg" …
    public var codecName: String {
        // SAFETY: avcodec_get_name returns a static NUL-terminated string for every id.
        String(cString: avcodec_get_name(parameters.codecID))
    }

    /// Of the picture as shown; 0×0 when no key frame has come yet (`Demuxer.video` is updated when it does).
    public var size: PixelSize { parameters.size }

    /// FFmpeg's name, for example "yuv420p10le"; "unknown" when no key frame has come yet.
    public var pixelFormatName: String {
        av_get_pix_fmt_name(parameters.pixelFormat).map { String(cString: $0) } ?? "unknown"
    }

    /// Bits for each luma sample; 8 when it is not known.
    public var bitDepth: Int {
        // SAFETY: a descriptor is static and has at least one component.
        av_pix_fmt_desc_get(parameters.pixelFormat).map { Int($0.pointee.comp.0.depth) } ?? 8
    }

    /// Whether the stream is known to hold frames that are shown in another order than they are sent.
    public var reordersFrames: Bool { parameters.pointer.pointee.video_delay > 0 }
}

/// An immutable copy of `AVCodecParameters`, shared by the values made from it.
///
/// SAFETY: @unchecked because of the C pointer; nothing writes through it after `init`, so any thread may read.
final class CodecParameters: @unchecked Sendable {
    // SAFETY: owned by this object, freed in deinit.
    let pointer: UnsafeMutablePointer<AVCodecParameters>

    /// Copies `source` and lets `change` edit the copy.
    init(
        copying source: UnsafePointer<AVCodecParameters>, change: (UnsafeMutablePointer<AVCodecParameters>) -> Void = { _ in }
    ) {
        guard let copy = avcodec_parameters_alloc(), avcodec_parameters_copy(copy, source) >= 0 else {
            fatalError("out of memory")
        }
        change(copy)
        pointer = copy
    }

    deinit {
        var owned: UnsafeMutablePointer<AVCodecParameters>? = pointer
        avcodec_parameters_free(&owned)
    }

    var codecID: AVCodecID { pointer.pointee.codec_id }
    var size: PixelSize { PixelSize(width: Int(max(0, pointer.pointee.width)), height: Int(max(0, pointer.pointee.height))) }
    var pixelFormat: AVPixelFormat { AVPixelFormat(rawValue: pointer.pointee.format) }

    /// Whether the same decoder serves both: without parameter sets nobody knows.
    func decodesLike(_ other: CodecParameters) -> Bool {
        self === other || codecID == other.codecID && size == other.size && !extradata.isEmpty && extradata == other.extradata
    }

    var extradata: [UInt8] {
        guard let bytes = pointer.pointee.extradata, pointer.pointee.extradata_size > 0 else { return [] }
        // SAFETY: libavcodec keeps extradata_size bytes there.
        return Array(UnsafeBufferPointer(start: bytes, count: Int(pointer.pointee.extradata_size)))
    }

    /// Whether packets are Annex B byte streams, whose parameter sets may travel in the packets: true unless the
    /// extradata is an avcC or hvcC record, which begins with its version, 1 (ISO/IEC 14496-15 §5.3.3.1.2, §8.3.3.1.2).
    var isAnnexB: Bool {
        guard codecID == AV_CODEC_ID_H264 || codecID == AV_CODEC_ID_HEVC else { return false }
        return extradata.first != 1
    }
}

extension AVCodecParameters {
    /// Replaces the extradata by a padded copy of `bytes`.
    mutating func setExtradata(_ bytes: [UInt8]) {
        av_freep(&extradata)
        extradata_size = 0
        guard !bytes.isEmpty else { return }
        guard let memory = av_mallocz(bytes.count + Int(AV_INPUT_BUFFER_PADDING_SIZE)) else { fatalError("out of memory") }
        memory.copyMemory(from: bytes, byteCount: bytes.count)
        // SAFETY: av_mallocz gave room for the bytes and the padding that libavcodec asks for; it takes ownership here.
        extradata = memory.assumingMemoryBound(to: UInt8.self)
        extradata_size = Int32(bytes.count)
    }
}
