import CFFmpeg

/// An MP4 file being written, with one video stream.
struct OutputFile: ~Copyable {
    // SAFETY: owned by this value alone, freed in deinit.
    private let context: UnsafeMutablePointer<AVFormatContext>
    // SAFETY: owned by `context`.
    private let stream: UnsafeMutablePointer<AVStream>
    private let path: String
    private let operation: AVError.Operation
    private var headerWritten = false
    private var finished = false

    /// Creates the file, or empties it.
    init(path: String, operation: AVError.Operation) throws(AVError) {
        FFmpegRuntime.start()
        var allocated: UnsafeMutablePointer<AVFormatContext>?
        // "file:" keeps FFmpeg from reading a scheme into a file's name; faststart opens the address again.
        let address = "file:" + path
        let status = avformat_alloc_output_context2(&allocated, nil, "mp4", address)
        guard status >= 0, let made = allocated else { throw AVError(status: status, operation, path) }
        let opened = avio_open2(&made.pointee.pb, address, AVIO_FLAG_WRITE, nil, nil)
        guard opened >= 0 else {
            avformat_free_context(made)
            throw AVError(status: opened, operation, path)
        }
        guard let stream = avformat_new_stream(made, nil) else { fatalError("out of memory") }
        context = made
        self.stream = stream
        self.path = path
        self.operation = operation
    }

    /// A file that was not finished is closed as well as it can be: what is in it stays playable.
    deinit {
        if headerWritten && !finished { av_write_trailer(context) }
        avio_closep(&context.pointee.pb)
        avformat_free_context(context)
    }

    var parameters: UnsafeMutablePointer<AVCodecParameters> { stream.pointee.codecpar }
    var timeBase: AVRational { stream.pointee.time_base }
    var isBegun: Bool { headerWritten }

    /// Writes the header; `parameters` are set. `movflags` are those of FFmpeg's mov muxer.
    mutating func begin(timeBase: AVRational, frameRate: AVRational?, movflags: String, options: [(String, String)] = []) throws(AVError) {
        stream.pointee.time_base = timeBase
        if let frameRate { stream.pointee.avg_frame_rate = frameRate }
        // No date and no version in the file: the same packets give the same bytes.
        context.pointee.flags |= AVFMT_FLAG_BITEXACT | AVFMT_FLAG_FLUSH_PACKETS
        var dictionary: OpaquePointer?
        defer { av_dict_free(&dictionary) }
        av_dict_set(&dictionary, "movflags", movflags, 0)
        for (key, value) in options { av_dict_set(&dictionary, key, value, 0) }
        try check(avformat_write_header(context, &dictionary))
        headerWritten = true
        try checkDisk()
    }

    /// Writes one packet, whose times are in `timeBase`; the packet is left as it is.
    mutating func write(_ packet: UnsafeMutablePointer<AVPacket>) throws(AVError) {
        packet.pointee.stream_index = 0
        try check(av_write_frame(context, packet))
        try checkDisk()
    }

    /// Writes the end of the file and waits until it is on the disk; returns its size in bytes.
    mutating func finish() throws(AVError) -> Int64 {
        finished = true
        if headerWritten { try check(av_write_trailer(context)) }
        avio_flush(context.pointee.pb)
        try checkDisk()
        try check(avio_closep(&context.pointee.pb))
        return try LocalFile.synchronize(path, operation)
    }

    private func check(_ status: Int32) throws(AVError) {
        guard status < 0 else { return }
        // The reason for a failed write is kept in the AVIOContext; muxers often report something vaguer.
        if let failure = context.pointee.pb?.pointee.error, failure < 0 { throw AVError(status: failure, operation, path) }
        throw AVError(status: status, operation, path)
    }

    private func checkDisk() throws(AVError) {
        if let failure = context.pointee.pb?.pointee.error, failure < 0 { throw AVError(status: failure, operation, path) }
    }
}
