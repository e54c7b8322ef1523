import CFFmpeg
import FrameCore

/// Looks at an input for a few seconds and says what it is.
public enum Probe {
    /// Measures for `seconds` of stream time, longer (`longestSeconds` at most) until two key frames have been seen.
    ///
    /// It blocks the calling thread: for a camera about as long as it measures, for a file a moment. Throws what opening and reading throw,
    /// and `.noPicture` when no key frame could be decoded.
    public static func run(
        _ url: MediaURL, options: InputOptions = InputOptions(), seconds: Double = 5, longestSeconds: Double = 10
    ) throws(AVError) -> ProbeReport {
        var demuxer = try Demuxer(url, options: options)
        var still: Frame?
        var tally = PacketTally()
        let clock = ContinuousClock()
        let began = clock.now
        while let packet = try demuxer.next() {
            tally.add(packet)
            if packet.isKey && still == nil { still = try decode(packet, of: demuxer.video) }
            let streamSeconds = tally.seconds ?? 0
            let spent = max(streamSeconds, url.isLive ? (clock.now - began).inSeconds : 0)
            if spent >= max(seconds, longestSeconds) || (spent >= seconds && tally.keyFrames >= 2 && still != nil) { break }
        }
        guard let still else {
            throw AVError(tally.packets == 0 ? .endOfStream : .noPicture, tally.packets == 0 ? .open : .read, url.description)
        }
        let video = demuxer.video
        return ProbeReport(
            codecName: video.codecName, size: still.size, bitDepth: video.bitDepth,
            frameRate: tally.frameRate ?? video.averageFrameRate, container: demuxer.container,
            bitRate: tally.bitRate(fallbackFrameRate: video.averageFrameRate),
            gopSeconds: tally.gopSeconds(fallbackFrameRate: video.averageFrameRate), keyFramesSeen: tally.keyFrames,
            hasBFrames: tally.hasBFrames || video.reordersFrames, still: still)
    }

    private static func decode(_ packet: borrowing Packet, of stream: VideoStream) throws(AVError) -> Frame? {
        var decoder = try Decoder(stream)
        var frame = DecodedFrame()
        do throws(AVError) {
            guard try decoder.decodeAlone(packet.share(), into: &frame), !frame.isCorrupt else { return nil }
        } catch {
            // A damaged key frame is no reason to give up: the next one may do.
            guard error.code == .invalidData else { throw error }
            return nil
        }
        return try frame.picture(time: packet.pts ?? .zero)
    }
}

/// Counts packets and the time they cover.
private struct PacketTally {
    var packets = 0
    var keyFrames = 0
    var hasBFrames = false
    private var bytes = 0
    private var timed = 0
    private var first: FrameTime?
    private var last: FrameTime?
    private var firstKey: (time: FrameTime?, index: Int)?
    private var lastKey: (time: FrameTime?, index: Int)?

    mutating func add(_ packet: borrowing Packet) {
        if packet.isKey {
            keyFrames += 1
            lastKey = (packet.pts, packets)
            firstKey = firstKey ?? lastKey
        }
        if let pts = packet.pts {
            timed += 1
            if let last, pts < last { hasBFrames = true }
            first = first.map { min($0, pts) } ?? pts
            last = last.map { max($0, pts) } ?? pts
        }
        packets += 1
        bytes += packet.byteCount
    }

    /// The stream time from the first frame to the last.
    var seconds: Double? {
        guard let first, let last else { return nil }
        return (last - first).inSeconds
    }

    var frameRate: Double? {
        guard let seconds, seconds > 0, timed > 1 else { return nil }
        return Double(timed - 1) / seconds
    }

    func bitRate(fallbackFrameRate: Double?) -> Double? {
        guard let rate = frameRate ?? fallbackFrameRate, packets > 0 else { return nil }
        return Double(bytes) * 8 / Double(packets) * rate
    }

    func gopSeconds(fallbackFrameRate: Double?) -> Double? {
        guard keyFrames > 1, let firstKey, let lastKey else { return nil }
        if let from = firstKey.time, let to = lastKey.time, to > from { return (to - from).inSeconds / Double(keyFrames - 1) }
        guard let rate = frameRate ?? fallbackFrameRate else { return nil }
        return Double(lastKey.index - firstKey.index) / Double(keyFrames - 1) / rate
    }
}
