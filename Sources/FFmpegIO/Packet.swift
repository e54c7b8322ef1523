import CFFmpeg
public import FrameCore

/// One coded picture of the video stream, as the camera sent it; freed when it goes out of scope.
public struct Packet: ~Copyable {
    // SAFETY: owned by this value alone, freed in deinit.
    let pointer: UnsafeMutablePointer<AVPacket>
    let timeBase: AVRational
    /// The codec, the size or the parameter sets differ from those of the packets before: `Demuxer.video` is already the
    /// new one. Start a new clip, and a new `Decoder`, here.
    public internal(set) var streamChanged = false

    /// An empty packet, for FFmpeg to fill.
    init(timeBase: AVRational = .microseconds) {
        guard let packet = av_packet_alloc() else { fatalError("out of memory") }
        pointer = packet
        self.timeBase = timeBase
    }

    /// Takes what `other` holds, and leaves it empty.
    init(moving other: borrowing Packet, timeBase: AVRational, streamChanged: Bool) {
        self.init(timeBase: timeBase)
        av_packet_move_ref(pointer, other.pointer)
        self.streamChanged = streamChanged
    }

    deinit {
        var owned: UnsafeMutablePointer<AVPacket>? = pointer
        av_packet_free(&owned)
    }

    /// Presentation time as the stream has it; nil where the stream has none (raw H.264).
    public var pts: FrameTime? { timeBase.frameTime(pointer.pointee.pts) }
    /// Decoding time as the stream has it; nil where the stream has none.
    public var dts: FrameTime? { timeBase.frameTime(pointer.pointee.dts) }
    /// Zero where the stream does not say.
    public var duration: Duration { timeBase.duration(pointer.pointee.duration) }
    /// Whether decoding can begin here.
    public var isKey: Bool { pointer.pointee.flags & AV_PKT_FLAG_KEY != 0 }
    /// Bytes were lost on the way (RTP sequence gap, transport error bit, file cut off).
    public var isCorrupt: Bool { pointer.pointee.flags & AV_PKT_FLAG_CORRUPT != 0 }
    public var byteCount: Int { Int(pointer.pointee.size) }

    /// Gives this packet the time one frame before `next`; without effect when that has no time or no duration.
    func setTime(before next: borrowing Packet) {
        let following = next.pointer.pointee
        let time = following.dts == ffio_no_timestamp ? following.pts : following.dts
        guard time != ffio_no_timestamp, following.duration > 0 else { return }
        pointer.pointee.pts = time - following.duration
        pointer.pointee.dts = time - following.duration
    }

    /// The packet itself, from now on for several owners. Nothing is copied.
    public consuming func intoShared() -> SharedPacket {
        let (pointer, timeBase, streamChanged) = (pointer, timeBase, streamChanged)
        discard self
        return SharedPacket(owning: pointer, timeBase: timeBase, streamChanged: streamChanged)
    }

    /// Another owner of the same bytes, which are not copied, for a ring or a clip.
    public func share() throws(AVError) -> SharedPacket {
        guard let copy = av_packet_alloc() else { fatalError("out of memory") }
        let status = av_packet_ref(copy, pointer)
        guard status >= 0 else {
            var owned: UnsafeMutablePointer<AVPacket>? = copy
            av_packet_free(&owned)
            throw AVError(status: status, .read, "a packet")
        }
        return SharedPacket(owning: copy, timeBase: timeBase, streamChanged: streamChanged)
    }
}
