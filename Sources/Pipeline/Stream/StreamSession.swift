import FFmpegIO
import FrameCore

/// One opened stream on its way from packets to analysis frames; the same for a camera and for a file.
///
/// Owned by one thread. Damaged packets are counted and passed over; decoding goes on with the next key frame.
struct StreamSession: ~Copyable {
    /// Why packets or pictures were not analysed.
    struct SkipCounts: Sendable, Hashable {
        var damaged = 0
        var jumps = 0
        var withoutTime = 0
        /// Key frames that there was no time for.
        var restrained = 0
    }

    /// What was done, since the session began.
    struct WorkCounts: Sendable, Hashable {
        /// Key frames that patrol was to look at.
        var keyFramesDue = 0
        var keyFramesAnalysed = 0
        var framesDecoded = 0
        var framesAnalysed = 0
    }

    /// Where this session's time zero lies on the channel's clock.
    private let base: FrameTime
    private let keyFrameDecoders: KeyFrameDecoders
    private var stream: VideoStream
    private(set) var clock: StreamClock
    private(set) var attention: AttentionPolicy
    /// For watching, which needs the frames in between; nil on patrol.
    private var decoder: Decoder?
    private var decoded = DecodedFrame()
    private var scaler = Scaler()
    /// Two in turn: the one shown last may still be held by whoever shows it, so it is not written.
    private var frames = [Frame(size: PixelSize(width: 2, height: 2)), Frame(size: PixelSize(width: 2, height: 2))]
    private var turn = 0
    private var awaitsKeyFrame = true
    /// Times of the packets in the decoder, so that a picture gets the clock's time of its own stamp.
    private var offset: Duration = .zero
    private(set) var skips = SkipCounts()
    private(set) var work = WorkCounts()

    /// - Parameters:
    ///   - clock: of a session that this one goes on with.
    ///   - keyFrameDecoders: shared with other channels.
    init(
        _ stream: VideoStream, attention: AttentionPolicy, base: FrameTime, clock: StreamClock? = nil,
        keyFrameDecoders: KeyFrameDecoders = KeyFrameDecoders(limit: 1)
    ) {
        self.base = base
        self.stream = stream
        self.attention = attention
        self.keyFrameDecoders = keyFrameDecoders
        self.clock = clock ?? StreamClock(frameRate: stream.averageFrameRate)
    }

    /// The codec or size changed in mid-stream: decoding begins anew, the clock goes on.
    mutating func change(to stream: VideoStream) {
        self.stream = stream
        decoder = nil
        awaitsKeyFrame = true
    }

    /// The parameters became better known, which changes nothing.
    mutating func learn(_ stream: VideoStream) { self.stream = stream }

    /// Changes how closely the stream is looked at, from the next key frame on.
    mutating func setAttention(_ policy: AttentionPolicy) { attention = policy }

    mutating func setOrders(_ orders: AttentionPolicy.Orders) { attention.orders = orders }

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
        case .spare:
            awaitsKeyFrame = true
            skips.restrained += 1
        case .decodeAlone:
            awaitsKeyFrame = true
            decoder = nil
            work.keyFramesDue += 1
            try decodeAlone(packet, at: time, visit)
        case .feed:
            try feed(packet, visit)
        }
    }

    /// The stream is over: what the decoder held back for reordering still comes.
    mutating func finish(visit: (borrowing DecodedFrame, Frame) -> Void) throws(AVError) {
        guard decoder != nil, !awaitsKeyFrame else { return }
        try decoder?.finish()
        try receiveAll(visit)
    }

    // MARK: Archived footage

    /// The channel's time at which a packet's picture is shown; `time` is the packet's own.
    func shownTime(of packet: SharedPacket, at time: FrameTime) -> FrameTime {
        guard let shown = packet.pts, let sent = packet.dts, shown > sent else { return time }
        return time + (shown - sent)
    }

    /// Asks as `AttentionPolicy.wantsKey` does.
    mutating func wantsKey(at time: FrameTime, next: FrameTime) -> Bool { attention.wantsKey(at: time, next: next) }

    /// What comes next is not decoded; decoding begins anew with a key frame.
    mutating func passOver() {
        awaitsKeyFrame = true
        decoder = nil
    }

    // MARK: Patrol

    private mutating func decodeAlone(
        _ packet: SharedPacket, at time: FrameTime, _ visit: (borrowing DecodedFrame, Frame) -> Void
    ) throws(AVError) {
        var isDamaged = false
        do {
            let next = takeTurn()
            let came = try keyFrameDecoders.decode(packet, of: stream, Scaler.quality(for: stream.size)) {
                picture, scaler throws(AVError) in
                work.framesDecoded += 1
                isDamaged = picture.isCorrupt
                guard !isDamaged else { return }
                try scaler.scale(picture, time: time, into: &frames[next])
                visit(picture, frames[next])
            }
            if came && !isDamaged {
                work.keyFramesAnalysed += 1
                work.framesAnalysed += 1
            } else {
                skips.damaged += 1
            }
        } catch {
            try passOver(error)
        }
    }

    // MARK: Watch

    /// Decodes a packet, whatever the policy says, and hands each picture that is to be analysed to `visit`.
    mutating func feed(_ packet: SharedPacket, _ visit: (borrowing DecodedFrame, Frame) -> Void) throws(AVError) {
        if awaitsKeyFrame {
            guard packet.isKey else { return }
            awaitsKeyFrame = false
            if decoder == nil { decoder = try Decoder(stream) } else { decoder?.reset() }
        }
        do {
            try decoder?.send(packet)
            try receiveAll(visit)
        } catch {
            try passOver(error)
            awaitsKeyFrame = true
        }
    }

    private mutating func receiveAll(_ visit: (borrowing DecodedFrame, Frame) -> Void) throws(AVError) {
        while case .frame = try decoder?.receive(into: &decoded) {
            work.framesDecoded += 1
            let time = decoded.pts.map { base + ($0 + offset - .zero) } ?? base
            guard attention.wantsAnalysis(at: time) else { continue }
            if decoded.isCorrupt {
                // A smeared picture would look like an object that stays.
                skips.damaged += 1
                continue
            }
            let next = takeTurn()
            try scaler.scale(decoded, time: time, into: &frames[next])
            visit(decoded, frames[next])
            work.framesAnalysed += 1
        }
    }

    private mutating func takeTurn() -> Int {
        turn = 1 - turn
        return turn
    }

    private mutating func passOver(_ error: AVError) throws(AVError) {
        guard error.code == .invalidData || error.code == .noPicture else { throw error }
        skips.damaged += 1
    }
}
