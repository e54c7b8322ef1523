import CFFmpeg
public import FrameCore

/// What a finished clip holds.
public struct ClipSummary: Hashable, Sendable {
    public let duration: Duration
    public let packets: Int
    /// The file's size.
    public let bytes: Int64
    /// The stream's time of the packet that the clip begins with; nil when that has none. Clip time 0 is this moment.
    public let start: FrameTime?
}

/// Writes a camera's own packets, never re-encoded, into a fragmented MP4 that plays however early the writing stops.
///
/// Every second at least, a whole fragment goes to the file. Times begin at zero and rise; see `ClipTimeline`.
public struct ClipWriter: ~Copyable {
    private var file: OutputFile
    private let stream: VideoStream
    private let path: String
    private var timeline: ClipTimeline
    private var packets = 0
    private var start: FrameTime?
    private var firstShown: Int64?
    private var lastEnd: Int64 = 0
    private let scratch = Packet()

    /// Creates the file at `path`, or empties it. `stream` is `Demuxer.video` as it was with the clip's first packet.
    public init(path: String, stream: VideoStream) throws(AVError) {
        file = try OutputFile(path: path, operation: .writeClip)
        self.path = path
        self.stream = stream
        let rate = stream.averageFrameRate ?? 25
        timeline = ClipTimeline(
            ticksPerSecond: stream.timeBase.ticks(FrameTime(microseconds: 1_000_000)),
            typicalStep: stream.timeBase.ticks(FrameTime(seconds: 1 / rate)), reordersFrames: stream.reordersFrames)
    }

    /// Adds the next packet of the stream; the first must be a key frame. End the clip where `streamChanged` is true.
    public mutating func append(_ packet: SharedPacket) throws(AVError) {
        if !file.isBegun {
            guard packet.isKey else { throw AVError(.needsKeyFrame, .writeClip, path) }
            try begin(with: packet)
            start = packet.pts ?? packet.dts
        }
        let raw = packet.pointer.pointee
        let place = timeline.place(
            pts: raw.pts == ffio_no_timestamp ? nil : raw.pts, dts: raw.dts == ffio_no_timestamp ? nil : raw.dts, duration: raw.duration)
        av_packet_unref(scratch.pointer)
        let status = av_packet_ref(scratch.pointer, packet.pointer)
        guard status >= 0 else { throw AVError(status: status, .writeClip, path) }
        defer { av_packet_unref(scratch.pointer) }
        scratch.pointer.pointee.pts = place.pts
        scratch.pointer.pointee.dts = place.dts
        scratch.pointer.pointee.duration = place.duration
        av_packet_rescale_ts(scratch.pointer, packet.timeBase, file.timeBase)
        try file.write(scratch.pointer)
        packets += 1
        firstShown = min(firstShown ?? place.pts, place.pts)
        lastEnd = max(lastEnd, place.pts + place.duration)
    }

    /// Ends the file and waits until it is on the disk. Nothing can be appended after it.
    public mutating func finish() throws(AVError) -> ClipSummary {
        guard packets > 0 else { throw AVError(.nothingWritten, .writeClip, path) }
        let bytes = try file.finish()
        return ClipSummary(
            duration: stream.timeBase.duration(lastEnd - (firstShown ?? 0)), packets: packets, bytes: bytes, start: start)
    }

    private mutating func begin(with packet: SharedPacket) throws(AVError) {
        let status = avcodec_parameters_copy(file.parameters, stream.parameters.pointer)
        guard status >= 0 else { throw AVError(status: status, .writeClip, path) }
        // "hvc1" has its parameter sets in the header, as players other than FFmpeg want it (ISO/IEC 14496-15 §8.4.1.1.1).
        file.parameters.pointee.codec_tag = stream.parameters.codecID == AV_CODEC_ID_HEVC ? Self.tag("hvc1") : 0
        if stream.parameters.isAnnexB {
            // Those in the packet are what the pictures use; a session description may lack them, or be stale.
            let sets = ParameterSets(ParameterSetFilter(stream.parameters)?.parameterSets(in: packet.pointer) ?? [])
            if !sets.units.isEmpty { file.parameters.pointee.setExtradata(sets.annexB) }
            guard file.parameters.pointee.extradata_size > 0 else { throw AVError(.needsKeyFrame, .writeClip, path) }
        }
        try file.begin(
            timeBase: stream.timeBase, frameRate: nil, movflags: "+frag_keyframe+empty_moov+default_base_moof",
            options: [("frag_duration", "1000000")])
    }

    /// A four-character code, first letter in the lowest byte.
    private static func tag(_ letters: StaticString) -> UInt32 {
        letters.withUTF8Buffer { bytes in
            bytes.reversed().reduce(0) { $0 << 8 | UInt32($1) }
        }
    }
}
