import CFFmpeg
public import FrameCore

/// An immutable packet that several places may hold: the pre-roll ring, a clip, a decoder.
///
/// SAFETY: @unchecked because of the C pointer; nothing writes through it after `init` (FFmpeg's functions that take it
/// make a reference of their own), and its byte buffer is counted atomically by libavutil.
public final class SharedPacket: @unchecked Sendable {
    // SAFETY: owned by this object, freed in deinit.
    let pointer: UnsafeMutablePointer<AVPacket>
    let timeBase: AVRational
    /// As `Packet.streamChanged`.
    public let streamChanged: Bool

    init(owning pointer: UnsafeMutablePointer<AVPacket>, timeBase: AVRational, streamChanged: Bool) {
        self.pointer = pointer
        self.timeBase = timeBase
        self.streamChanged = streamChanged
    }

    deinit {
        var owned: UnsafeMutablePointer<AVPacket>? = pointer
        av_packet_free(&owned)
    }

    /// Presentation time as the stream has it; nil where the stream has none.
    public var pts: FrameTime? { timeBase.frameTime(pointer.pointee.pts) }
    /// Decoding time as the stream has it; nil where the stream has none.
    public var dts: FrameTime? { timeBase.frameTime(pointer.pointee.dts) }
    /// Zero where the stream does not say.
    public var duration: Duration { timeBase.duration(pointer.pointee.duration) }
    /// Whether decoding can begin here.
    public var isKey: Bool { pointer.pointee.flags & AV_PKT_FLAG_KEY != 0 }
    /// Bytes were lost on the way.
    public var isCorrupt: Bool { pointer.pointee.flags & AV_PKT_FLAG_CORRUPT != 0 }
    public var byteCount: Int { Int(pointer.pointee.size) }
    /// When the sender made it by its own clock, microseconds since 1970 UTC; nil until it has sent an RTCP sender report
    /// (RFC 3550 §6.4.1), and for everything that is not RTP. Good to about one frame.
    public var senderMicroseconds: Int64? {
        var size = 0
        guard let bytes = av_packet_get_side_data(pointer, AV_PKT_DATA_PRFT, &size),
            size >= MemoryLayout<AVProducerReferenceTime>.size
        else { return nil }
        // SAFETY: side data of this kind holds one AVProducerReferenceTime (libavcodec/packet.h).
        return UnsafeRawPointer(bytes).loadUnaligned(as: AVProducerReferenceTime.self).wallclock
    }
}
