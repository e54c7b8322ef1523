import CFFmpeg
public import FrameCore
import Glibc

/// Reads the coded pictures of one video stream from a file or a camera.
///
/// Used by one thread, which it blocks: for `openTimeout` or `readTimeout` at most, less when the stop flag is thrown.
public struct Demuxer: ~Copyable {
    private var input: InputContext
    private let readTimeout: Duration
    private let gather: Duration
    private let isLive: Bool
    /// The last read had to wait: nothing more has come yet.
    private var isAtEdge = false
    private var hasStarted = false
    private var watch: ParameterWatch
    private var pending: Packet?
    private var pendingTime: FrameTime?

    /// The chosen stream. It changes together with a packet whose `streamChanged` is true, and may become better known
    /// (size, parameter sets) with any key frame.
    public private(set) var video: VideoStream
    /// "mp4", "matroska", "mpegts", "flv", "rtsp", "hls", …
    public let container: String
    /// Of a file, when its container says so.
    public let duration: Duration?

    /// Opens the input and reads until the codec parameters are known.
    ///
    /// Files may use no other file and no network; addresses may use no file. Audio and data are left out.
    public init(_ url: MediaURL, options: InputOptions = InputOptions()) throws(AVError) {
        let input = try InputContext(url, options: options)
        let video = Self.describe(input.stream, source: input.name)
        let microseconds = input.pointer.pointee.duration
        container = Self.shortName(of: input.pointer)
        duration = url.isLive || microseconds == ffio_no_timestamp || microseconds < 0 ? nil : .microseconds(microseconds)
        readTimeout = options.readTimeout
        gather = url.isLive ? options.gather : .zero
        isLive = url.isLive
        watch = ParameterWatch(video)
        self.video = video
        self.input = input
        pending = nil
        pendingTime = nil
    }

    /// The next packet of the video stream; nil at the end of the file, or when the server ended the stream.
    ///
    /// A packet with lost bytes is handed on with `isCorrupt`.
    public mutating func next() throws(AVError) -> Packet? {
        if let held = pending.take() { return held }
        guard let packet = try readInspected() else { return nil }
        guard !hasStarted else { return packet }
        hasStarted = true
        // libavformat gives the first packet of an RTSP stream no time: it is one frame before the second.
        guard isLive, packet.pts == nil, packet.dts == nil, let second = try readInspected() else { return packet }
        packet.setTime(before: second)
        pending = consume second
        return packet
    }

    private mutating func readInspected() throws(AVError) -> Packet? {
        guard var packet = try read() else { return nil }
        if packet.streamChanged {
            video = Self.describe(input.stream, source: input.name)
            watch = ParameterWatch(video)
        }
        switch watch.inspect(packet.pointer, of: video, current: input.stream.pointee.codecpar) {
        case .same: break
        case .learnt(let stream): video = stream
        case .changed(let stream):
            video = stream
            watch = ParameterWatch(stream)
            packet.streamChanged = true
        }
        return packet
    }

    /// Goes to the last key frame at or before `time`, or to the first of the file; `next()` returns it. Files only.
    public mutating func seek(to time: FrameTime) throws(AVError) {
        precondition(!isLive, "a live stream cannot be sought")
        pending = nil
        let stream = input.stream.pointee
        let first = stream.start_time == ffio_no_timestamp ? 0 : stream.start_time
        var goal = max(first, stream.time_base.ticks(time))
        if let duration { goal = min(goal, first + stream.time_base.ticks(FrameTime(microseconds: duration.wholeMicroseconds))) }
        // Containers index decoding times, and MPEG-TS nothing: look at where it led, and go further back if need be.
        var backstep = max(1, stream.time_base.ticks(FrameTime(microseconds: 500_000)))
        for attempt in 0..<40 {
            input.interruption.begin(timeout: readTimeout)
            let status = avformat_seek_file(input.pointer, stream.index, .min, goal, goal, 0)
            let found = status >= 0 ? try holdNextKey() : false
            if found && pendingTime.map({ $0 <= time }) != false { return }
            if goal <= first {
                if found && !seeksByBytes { return }
                break
            }
            pending = nil
            if attempt > 20 { backstep *= 2 }
            goal = max(first, goal - backstep)
        }
        try rewind()
        _ = try holdNextKey()
    }

    private mutating func rewind() throws(AVError) {
        pending = nil
        input.interruption.begin(timeout: readTimeout)
        let first = input.stream.pointee.start_time == ffio_no_timestamp ? 0 : input.stream.pointee.start_time
        let status =
            seeksByBytes
            ? av_seek_frame(input.pointer, -1, 0, AVSEEK_FLAG_BYTE)
            : avformat_seek_file(input.pointer, input.stream.pointee.index, .min, first, .max, 0)
        guard status >= 0 else { throw AVError(status: status, .seek, input.name) }
    }

    /// MPEG program and transport streams have no index: times lead only near their place.
    private var seeksByBytes: Bool { container == "mpegts" || container == "mpeg" }

    /// Skips to the next key frame and keeps it for `next()`; false at the end of the file.
    private mutating func holdNextKey() throws(AVError) -> Bool {
        while let packet = try next() {
            guard packet.isKey else { continue }
            pendingTime = packet.pts
            pending = consume packet
            return true
        }
        return false
    }

    private mutating func read() throws(AVError) -> Packet? {
        if isAtEdge { usleep(UInt32(gather.wholeMicroseconds)) }
        input.interruption.begin(timeout: readTimeout)
        defer { isAtEdge = gather > .zero && input.interruption.waited > Self.edgeWait }
        var damaged = 0
        while true {
            let packet = Packet(timeBase: input.stream.pointee.time_base)
            let raw = packet.pointer
            let status = av_read_frame(input.pointer, raw)
            if status >= 0 {
                if raw.pointee.size > 0 {
                    switch input.accepts(raw) {
                    case .chosen: return packet
                    case .moved: return Packet(moving: packet, timeBase: input.stream.pointee.time_base, streamChanged: true)
                    case .other: break
                    }
                }
                if input.interruption.verdict == nil { continue }
            }
            switch input.interruption.verdict {
            case .stopped: throw AVError(.stopped, .read, input.name)
            case .timedOut: throw AVError(.timedOut, .read, input.name, waited: input.interruption.waited.rounded)
            case nil: break
            }
            switch AVError.Code(rawValue: status) {
            case .endOfStream: return nil
            case .again: usleep(2000)
            case .invalidData where damaged < 64: damaged += 1
            default: throw AVError(status: status, .read, input.name)
            }
        }
    }

    /// A read that took longer found nothing ready.
    private static let edgeWait = Duration.milliseconds(2)

    private static func describe(_ stream: UnsafeMutablePointer<AVStream>, source: String) -> VideoStream {
        VideoStream(
            parameters: CodecParameters(copying: stream.pointee.codecpar), timeBase: stream.pointee.time_base,
            averageFrameRate: stream.pointee.avg_frame_rate.plausibleRate ?? stream.pointee.r_frame_rate.plausibleRate, source: source)
    }

    private static func shortName(of context: UnsafeMutablePointer<AVFormatContext>) -> String {
        guard let name = context.pointee.iformat.pointee.name.map({ String(cString: $0) }) else { return "unknown" }
        let names = name.split(separator: ",").map(String.init)
        return names.contains("mp4") ? "mp4" : names.first ?? name
    }
}

extension Duration {
    /// To tenths of a second, for people.
    fileprivate var rounded: Duration { .milliseconds((wholeMicroseconds + 50_000) / 100_000 * 100) }
}
