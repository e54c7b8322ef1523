import FFmpegIO
import FrameCore

/// One opened stream on its way from packets to analysis frames; the same for a camera and for a file.
///
/// Owned by one thread. Damaged packets are counted and passed over; decoding goes on with the next key frame.
struct StreamSession: ~Copyable {
    /// Where this session's time zero lies on the channel's clock.
    private let base: FrameTime
    private var clock: StreamClock
    private var attention: AttentionPolicy
    private var decoder: Decoder
    private var decoded = DecodedFrame()
    private var scaler = Scaler()
    private var frame = Frame(size: PixelSize(width: 2, height: 2))
    private var awaitsKeyFrame = true
    /// Times of the packets in the decoder, so that a picture gets the clock's time of its own stamp.
    private var offset: Duration = .zero
    private(set) var skips = SkipCounts()

    /// Why packets or pictures were not analysed.
    struct SkipCounts: Sendable, Hashable {
        var damaged = 0
        var jumps = 0
        var withoutTime = 0
    }

    init(_ stream: VideoStream, attention: AttentionPolicy, base: FrameTime) throws(AVError) {
        self.base = base
        self.attention = attention
        clock = StreamClock(frameRate: stream.averageFrameRate)
        decoder = try Decoder(stream)
    }

    var mode: AttentionPolicy.Mode { attention.mode }

    /// The codec or size changed in mid-stream: decoding begins anew, the clock goes on.
    mutating func change(to stream: VideoStream) throws(AVError) {
        decoder = try Decoder(stream)
        awaitsKeyFrame = true
    }

    /// Changes how closely the stream is looked at, from the next key frame on.
    mutating func setAttention(_ policy: AttentionPolicy) {
        attention = policy
    }

    /// The channel's time of a packet. Call once for each packet, in order.
    mutating func time(of packet: SharedPacket) -> FrameTime {
        let stamp = packet.dts ?? packet.pts
        let time = clock.time(of: stamp)
        if let stamp { offset = time - stamp }
        skips.jumps = clock.jumps
        skips.withoutTime = clock.missing
        return base + (time - .zero)
    }

    /// Decodes what the attention policy wants of this packet and hands each picture that is to be analysed to `visit`.
    mutating func take(
        _ packet: SharedPacket, at time: FrameTime, visit: (borrowing DecodedFrame, Frame) -> Void
    ) throws(AVError) {
        switch attention.action(for: time, isKey: packet.isKey) {
        case .skip:
            awaitsKeyFrame = true
        case .decodeAlone:
            awaitsKeyFrame = true
            do {
                if try decoder.decodeAlone(packet, into: &decoded) { try show(at: time, visit) }
            } catch {
                try passOver(error)
            }
        case .feed:
            if awaitsKeyFrame {
                guard packet.isKey else { return }
                awaitsKeyFrame = false
                decoder.reset()
            }
            do {
                try decoder.send(packet)
                try receiveAll(visit)
            } catch {
                try passOver(error)
                awaitsKeyFrame = true
            }
        }
    }

    /// The stream is over: what the decoder held back for reordering still comes.
    mutating func finish(visit: (borrowing DecodedFrame, Frame) -> Void) throws(AVError) {
        guard attention.mode == .watch, !awaitsKeyFrame else { return }
        try decoder.finish()
        try receiveAll(visit)
    }

    private mutating func receiveAll(_ visit: (borrowing DecodedFrame, Frame) -> Void) throws(AVError) {
        while case .frame = try decoder.receive(into: &decoded) {
            let time = decoded.pts.map { base + ($0 + offset - .zero) } ?? base
            if attention.wantsAnalysis(at: time) { try show(at: time, visit) }
        }
    }

    private mutating func show(at time: FrameTime, _ visit: (borrowing DecodedFrame, Frame) -> Void) throws(AVError) {
        if decoded.isCorrupt {
            // A smeared picture would look like an object that stays.
            skips.damaged += 1
            return
        }
        try scaler.scale(decoded, time: time, into: &frame)
        visit(decoded, frame)
    }

    private mutating func passOver(_ error: AVError) throws(AVError) {
        guard error.code == .invalidData || error.code == .noPicture else { throw error }
        skips.damaged += 1
    }
}
