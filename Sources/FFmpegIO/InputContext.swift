import CFFmpeg
import FrameCore

/// An open `AVFormatContext` for reading, with the one video stream that is used chosen.
struct InputContext: ~Copyable {
    // SAFETY: owned by this value alone, closed in deinit, before `interruption` is released.
    let pointer: UnsafeMutablePointer<AVFormatContext>
    // SAFETY: owned by `pointer`; libavformat never moves or frees a stream before the context is closed.
    private(set) var stream: UnsafeMutablePointer<AVStream>
    private let streamsAtOpening: Int32
    /// Packets of other video streams since the chosen one's last; `.min` for those that ran beside it.
    private var strays: [Int32: Int] = [:]
    let interruption: Interruption
    let name: String

    enum Choice {
        case chosen, moved, other
    }

    init(_ url: MediaURL, options: InputOptions) throws(AVError) {
        FFmpegRuntime.start()
        let name = url.description
        if let path = url.filePath { try LocalFile.checkReadable(path) }
        guard let allocated = avformat_alloc_context() else { fatalError("out of memory") }
        let interruption = Interruption(stop: options.stop, whileWaiting: options.whileWaiting)
        allocated.pointee.interrupt_callback = interruption.callback
        var dictionary = Self.dictionary(for: url, options: options)
        defer { av_dict_free(&dictionary) }
        interruption.begin(timeout: options.openTimeout)

        var opened: UnsafeMutablePointer<AVFormatContext>? = allocated
        // "file:" keeps FFmpeg from reading a scheme into a file's name.
        let address = url.filePath.map { "file:" + $0 } ?? url.absoluteString
        // On failure avformat_open_input frees the context.
        let status = avformat_open_input(&opened, address, nil, &dictionary)
        guard status >= 0, let context = opened else {
            throw Self.error(status, interruption, name, options.openTimeout, isFile: !url.isLive)
        }
        do throws(AVError) {
            stream = try Self.chooseVideo(context, interruption, name, options)
        } catch {
            interruption.beginClosing()
            avformat_close_input(&opened)
            throw error
        }
        pointer = context
        streamsAtOpening = Int32(context.pointee.nb_streams)
        self.interruption = interruption
        self.name = name
    }

    deinit {
        interruption.beginClosing()
        var owned: UnsafeMutablePointer<AVFormatContext>? = pointer
        avformat_close_input(&owned)
    }

    /// Whether the packet is of the chosen stream, after moving to another one where the source did.
    ///
    /// FLV and MPEG-TS begin a new stream when the encoder behind them is set to another codec, and go silent on the old
    /// one. A second video beside the chosen one (a sub-stream in the same file) is never moved to.
    mutating func accepts(_ packet: UnsafePointer<AVPacket>) -> Choice {
        let index = packet.pointee.stream_index
        if index == stream.pointee.index {
            for stray in strays.keys { strays[stray] = .min }
            return .chosen
        }
        guard index >= 0, index < Int32(pointer.pointee.nb_streams), let candidate = pointer.pointee.streams[Int(index)],
            candidate.pointee.codecpar.pointee.codec_type == AVMEDIA_TYPE_VIDEO
        else { return .other }
        guard strays[index] != .min else { return .other }
        let count = (strays[index] ?? 0) + 1
        strays[index] = count
        guard packet.pointee.flags & AV_PKT_FLAG_KEY != 0, index >= streamsAtOpening || count >= 8 else { return .other }
        stream.pointee.discard = AVDISCARD_ALL
        stream = candidate
        strays = [:]
        return .moved
    }

    private static func chooseVideo(
        _ context: UnsafeMutablePointer<AVFormatContext>, _ interruption: Interruption, _ name: String, _ options: InputOptions
    ) throws(AVError) -> UnsafeMutablePointer<AVStream> {
        let status = avformat_find_stream_info(context, nil)
        if interruption.verdict == .stopped { throw AVError(.stopped, .open, name) }
        let index = Int(av_find_best_stream(context, AVMEDIA_TYPE_VIDEO, -1, -1, nil, 0))
        guard index >= 0, index < Int(context.pointee.nb_streams), let stream = context.pointee.streams[index] else {
            if interruption.verdict == .timedOut { throw AVError(.timedOut, .open, name, waited: options.openTimeout) }
            guard status >= 0 || context.pointee.nb_streams > 0 else { throw AVError(status: status, .open, name) }
            throw AVError(.noVideo, .open, name)
        }
        // A cover picture of an audio file counts as video there.
        guard stream.pointee.disposition & AV_DISPOSITION_ATTACHED_PIC == 0 else { throw AVError(.noVideo, .open, name) }
        // A slow stream may be known well enough although the time is up.
        if interruption.verdict == .timedOut, stream.pointee.codecpar.pointee.width <= 0 {
            throw AVError(.timedOut, .open, name, waited: options.openTimeout)
        }
        // HLS fetches only what is not discarded. In MPEG-TS another video may be the continuation (see `accepts`).
        let container = context.pointee.iformat.pointee.name.map { String(cString: $0) }
        for other in 0..<Int(context.pointee.nb_streams) where other != index {
            guard let unused = context.pointee.streams[other] else { continue }
            let maySucceed = container == "mpegts" && unused.pointee.codecpar.pointee.codec_type == AVMEDIA_TYPE_VIDEO
            if !maySucceed { unused.pointee.discard = AVDISCARD_ALL }
        }
        return stream
    }

    private static func error(
        _ status: Int32, _ interruption: Interruption, _ name: String, _ waited: Duration, isFile: Bool
    ) -> AVError {
        switch interruption.verdict {
        case .stopped: return AVError(.stopped, .open, name)
        case .timedOut: return AVError(.timedOut, .open, name, waited: waited)
        case nil: break
        }
        let error = AVError(status: status, .open, name)
        // A container that is not on the list gives "invalid argument".
        guard error.code == .invalidArgument || error.code == .invalidData else { return error }
        return AVError(isFile && LocalFile.refersElsewhere(name) ? .refersElsewhere : .invalidData, .open, name)
    }

    /// Containers that hold their own bytes. Playlists and scripts (hls, dash, concat, image2, sdp, lavfi …) are left out
    /// for files: they could name any other file.
    private static let fileContainers =
        "mov,mp4,m4a,3gp,3g2,mj2,matroska,webm,mpegts,mpeg,flv,live_flv,h264,hevc,avi,asf,mjpeg,m4v,mpegvideo,mxf,nut,ogg,dhav,dv,"
        + "ivf,obu,av1,yuv4mpegpipe,aac,mp3,wav,flac,ac3,amr,rm,wtv,gif"
    private static let httpContainers =
        "hls,flv,live_flv,mpegts,mpeg,mov,mp4,m4a,3gp,3g2,mj2,matroska,webm,mpjpeg,mjpeg,h264,hevc,aac,mp3,ac3,eac3,webvtt"

    private static func dictionary(for url: MediaURL, options: InputOptions) -> OpaquePointer? {
        var settings: [(String, String)] = []
        let openMicroseconds = max(1, options.openTimeout.wholeMicroseconds)
        switch url.scheme {
        case .file:
            settings = [("protocol_whitelist", "file"), ("format_whitelist", fileContainers)]
        case .rtsp, .rtsps:
            // Only the video is set up, which spares the camera the audio; a key frame may be seconds away.
            settings = [
                ("protocol_whitelist", "rtsp,rtsps,rtp,srtp,udp,tcp,tls,http,https"), ("format_whitelist", "rtsp,rtp,sdp,mpegts"),
                ("rtsp_transport", url.scheme == .rtsp ? options.transport.rawValue : "tcp"), ("allowed_media_types", "video"),
                ("buffer_size", "2097152"), ("analyzeduration", "\(min(6_000_000, openMicroseconds * 6 / 10))"),
            ]
        case .http, .https:
            settings = [
                ("protocol_whitelist", "http,https,tcp,tls,httpproxy,crypto,hls"), ("format_whitelist", httpContainers),
                ("analyzeduration", "\(min(3_000_000, openMicroseconds * 6 / 10))"),
            ]
        case .rtmp:
            settings = [
                ("protocol_whitelist", "rtmp,tcp,udp"), ("format_whitelist", "flv,live_flv"),
                ("analyzeduration", "\(min(3_000_000, openMicroseconds * 6 / 10))"),
            ]
        }
        if url.isLive {
            // Two frames are enough to go on with: `Probe` measures the rate, and a watch wants to begin.
            settings += [("probesize", "5000000"), ("fpsprobesize", "2")]
        }
        var dictionary: OpaquePointer?
        for (key, value) in settings { av_dict_set(&dictionary, key, value, 0) }
        return dictionary
    }
}
