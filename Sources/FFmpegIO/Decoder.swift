import CFFmpeg

/// Turns packets into pictures, on the calling thread.
///
/// Each packet sent is followed by `receive` until it says `.needsInput`. A damaged packet throws `.invalidData`; decoding
/// then goes on with the next one, with concealed pictures until the next key frame.
public struct Decoder: ~Copyable {
    public enum Received: Sendable {
        case frame
        case needsInput
        /// Every picture is out, after `finish()`.
        case endOfStream
    }

    /// How much care a key frame that is decoded by itself is worth.
    public enum Quality: Sendable {
        /// As the standard says.
        case whole
        /// Without the deblocking filter (ITU-T H.264 §8.7), a tenth of the time: for pictures that are scaled down by half or
        /// more, which averages away what it smooths.
        case draft
    }

    // SAFETY: owned by this value alone, freed in deinit.
    private let context: UnsafeMutablePointer<AVCodecContext>
    private let timeBase: AVRational
    private let name: String
    private let refreshMark: RefreshMark?
    /// Something is left of earlier packets that the next key frame must not meet.
    private var needsReset = false
    /// Counts key frames decoded alone, so that each knows its own picture.
    private var ticket: Int64 = 0

    /// Any codec that libavcodec knows.
    public init(_ stream: VideoStream) throws(AVError) {
        FFmpegRuntime.start()
        let name = "\(stream.codecName) of \(stream.source)"
        guard let codec = avcodec_find_decoder(stream.parameters.codecID) else { throw AVError(.unsupportedCodec, .decode, name) }
        guard let allocated = avcodec_alloc_context3(codec) else { fatalError("out of memory") }
        var status = avcodec_parameters_to_context(allocated, stream.parameters.pointer)
        if status >= 0 {
            // One thread a channel is the unit of parallelism; a decoder's own threads would add delay and stacks.
            allocated.pointee.thread_count = 1
            allocated.pointee.pkt_timebase = stream.timeBase
            status = avcodec_open2(allocated, codec, nil)
        }
        guard status >= 0 else {
            var owned: UnsafeMutablePointer<AVCodecContext>? = allocated
            avcodec_free_context(&owned)
            throw AVError(status: status, .decode, name)
        }
        context = allocated
        timeBase = stream.timeBase
        self.name = name
        refreshMark = RefreshMark(stream.parameters)
    }

    deinit {
        var owned: UnsafeMutablePointer<AVCodecContext>? = context
        avcodec_free_context(&owned)
    }

    /// Hands over one packet; false when it was not taken because pictures wait to be received first.
    @discardableResult
    public mutating func send(_ packet: borrowing Packet) throws(AVError) -> Bool {
        try send(pointer: packet.pointer)
    }

    /// As `send(_: Packet)`.
    @discardableResult
    public mutating func send(_ packet: SharedPacket) throws(AVError) -> Bool {
        try send(pointer: packet.pointer)
    }

    /// Says that no packet follows: the pictures held back for reordering become receivable.
    public mutating func finish() throws(AVError) {
        let status = avcodec_send_packet(context, nil)
        guard status >= 0 || status == ffio_error_eof else { throw AVError(status: status, .decode, name) }
    }

    /// Takes the next picture, if one is ready; `frame` is overwritten.
    public mutating func receive(into frame: inout DecodedFrame) throws(AVError) -> Received {
        let status = avcodec_receive_frame(context, frame.pointer)
        switch AVError.Code(rawValue: status) {
        case .again: return .needsInput
        case .endOfStream: return .endOfStream
        default:
            guard status >= 0 else { throw AVError(status: status, .decode, name) }
            frame.timeBase = timeBase
            return .frame
        }
    }

    /// Forgets all earlier packets: after a seek, a gap, or `finish()`.
    public mutating func reset() {
        avcodec_flush_buffers(context)
        needsReset = false
    }

    /// Decodes one key frame by itself, without the delay of reordering, and forgets it; false when it gave no picture.
    ///
    /// Anything sent before is forgotten as well. A picture with damage that FFmpeg notices has `isCorrupt`.
    public mutating func decodeAlone(
        _ packet: SharedPacket, _ quality: Quality = .whole, into frame: inout DecodedFrame
    ) throws(AVError) -> Bool {
        context.pointee.skip_loop_filter = quality == .draft ? AVDISCARD_ALL : AVDISCARD_DEFAULT
        defer { context.pointee.skip_loop_filter = AVDISCARD_DEFAULT }
        frame.isDraft = quality == .draft
        guard context.pointee.codec_id == AV_CODEC_ID_HEVC else { return try decodeOnce(packet, into: &frame) }
        // FFmpeg's H.265 decoder keeps damage to itself unless it is told to stop at it: then once more, to see what is left.
        context.pointee.err_recognition |= AV_EF_EXPLODE
        do throws(AVError) {
            defer { context.pointee.err_recognition &= ~AV_EF_EXPLODE }
            if try decodeOnce(packet, into: &frame) { return true }
        } catch {
            guard error.code == .invalidData else { throw error }
        }
        guard try decodeOnce(packet, into: &frame) else { return false }
        frame.pointer.pointee.flags |= AV_FRAME_FLAG_CORRUPT
        return true
    }

    private mutating func decodeOnce(_ packet: SharedPacket, into frame: inout DecodedFrame) throws(AVError) -> Bool {
        // Flushing an H.264 decoder frees its tables, megabytes that the next picture asks for again; an IDR picture needs none.
        let refreshes = refreshMark?.isInstantRefresh(packet.pointer) ?? false
        if needsReset || !refreshes { reset() }
        ticket += 1
        context.pointee.reordered_opaque = ticket
        try send(packet)
        if refreshes, try receiveOwn(into: &frame, packet) {
            needsReset = frame.isCorrupt
            return true
        }
        defer { reset() }
        try finish()
        return try receiveOwn(into: &frame, packet)
    }

    /// Receives until the picture of the packet sent last comes.
    private mutating func receiveOwn(into frame: inout DecodedFrame, _ packet: SharedPacket) throws(AVError) -> Bool {
        while case .frame = try receive(into: &frame) {
            guard frame.pointer.pointee.reordered_opaque == ticket else { continue }
            if packet.isCorrupt { frame.pointer.pointee.flags |= AV_FRAME_FLAG_CORRUPT }
            return true
        }
        return false
    }

    private mutating func send(pointer: UnsafePointer<AVPacket>) throws(AVError) -> Bool {
        needsReset = true
        let status = avcodec_send_packet(context, pointer)
        if AVError.Code(rawValue: status) == .again { return false }
        guard status >= 0 else { throw AVError(status: status, .decode, name) }
        return true
    }
}
