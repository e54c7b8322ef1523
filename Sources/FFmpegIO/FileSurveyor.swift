import CFFmpeg
import FrameCore
import Glibc

/// One look into one open file.
struct FileSurveyor: ~Copyable {
    /// How far the first key frame is looked for.
    private static let keySearchSeconds = 60.0
    private static let keySearchBytes = 64 << 20
    /// Packets that tell how many bytes a picture of a raw stream takes.
    private static let samplePackets = 250
    /// How far before its end a file is read to its end.
    private static let tailSeconds = 5.0
    /// What a container may claim beyond its last picture: rounding, sound.
    private static let slackSeconds = 1.5
    /// What may follow the last picture: sound, and the index itself.
    private static let farFromEndBytes: Int64 = 4 << 20
    private static let readTimeout = Duration.seconds(60)

    private let input: InputContext
    private let path: String

    init(_ url: MediaURL, stop: StopFlag) throws(AVError) {
        path = url.absoluteString
        input = try InputContext(url, options: InputOptions(openTimeout: .seconds(30), readTimeout: Self.readTimeout, stop: stop))
    }

    /// Pictures as they were read.
    private struct Span {
        var packets = 0
        var bytes = 0
        var first: Int64?
        /// The end of the latest picture.
        var end: Int64?
        var firstKey: Int64?
        var keyWasSeen = false
        var reachedEnd = false
    }

    mutating func run() throws(AVError) -> FileSurvey {
        let stream = input.stream.pointee
        let parameters = CodecParameters(copying: stream.codecpar)
        let video = VideoStream(
            parameters: parameters, timeBase: stream.time_base,
            averageFrameRate: stream.avg_frame_rate.plausibleRate ?? stream.r_frame_rate.plausibleRate, source: path)
        let names = input.pointer.pointee.iformat.pointee.name.map { String(cString: $0).split(separator: ",").map(String.init) } ?? []
        let container = names.contains("mp4") ? "mp4" : names.first ?? "unknown"
        let isRaw = container == "h264" || container == "hevc"
        let head = try readHead(wantsSample: isRaw)
        var survey = FileSurvey(
            container: container, codecName: video.codecName, size: video.size, frameRate: video.averageFrameRate, seconds: nil,
            secondsAreEstimated: false, missingSeconds: nil, firstKeySeconds: firstKeySeconds(head), wasSearchedWhole: head.reachedEnd,
            creationTime: creationTime(), otherVideos: otherVideos())
        let declared = declaredSeconds()
        if head.reachedEnd {
            survey.seconds = seconds(head) ?? estimate(head, bytes: Int64(head.bytes), rate: video.averageFrameRate)
        } else if isRaw {
            survey.seconds = estimate(head, bytes: LocalFile.size(path), rate: video.averageFrameRate)
            survey.secondsAreEstimated = true
        } else if container == "mp4", let indexed = indexedSeconds() {
            survey.seconds = indexed
        } else if ["mpegts", "mpeg", "dhav"].contains(container), let declared {
            // libavformat found it from the last time stamps of the file itself.
            survey.seconds = declared
        } else if container == "flv", let declared, FLVTail.isWhole(path) {
            survey.seconds = declared
        } else {
            survey.seconds = try tailSeconds(declared: declared, head: head)
        }
        if let declared, let seconds = survey.seconds, !survey.secondsAreEstimated, declared - seconds > Self.slackSeconds {
            survey.missingSeconds = declared - seconds
        }
        return survey
    }

    // MARK: The beginning

    private func readHead(wantsSample: Bool) throws(AVError) -> Span {
        var span = Span()
        let base = input.stream.pointee.time_base
        try read { packet in
            Self.add(packet, to: &span, defaultDuration: defaultDuration)
            let seconds = span.first.flatMap { first in span.end.map { base.seconds($0 - first) } } ?? 0
            let isFar = seconds > Self.keySearchSeconds || span.bytes > Self.keySearchBytes
            if wantsSample && span.packets < Self.samplePackets && !isFar { return true }
            return !span.keyWasSeen && !isFar
        } atEnd: {
            span.reachedEnd = true
        }
        return span
    }

    private func firstKeySeconds(_ head: Span) -> Double? {
        guard head.keyWasSeen else { return nil }
        guard let first = head.first, let key = head.firstKey else { return 0 }
        return max(0, input.stream.pointee.time_base.seconds(key - first))
    }

    private func estimate(_ head: Span, bytes: Int64, rate: Double?) -> Double? {
        guard head.packets > 0, head.bytes > 0, let rate, rate > 0 else { return nil }
        let packets = Double(head.packets) * Double(bytes) / Double(head.bytes)
        return packets / rate
    }

    // MARK: The end

    /// Of the chosen stream where it says so, otherwise of the file.
    private func declaredSeconds() -> Double? {
        let stream = input.stream.pointee
        if stream.duration != ffio_no_timestamp, stream.duration > 0 { return stream.time_base.seconds(stream.duration) }
        let whole = input.pointer.pointee.duration
        return whole == ffio_no_timestamp || whole <= 0 ? nil : Double(whole) / 1e6
    }

    /// Up to the last picture whose bytes are all there, by the index (ISO/IEC 14496-12 §8.7).
    private func indexedSeconds() -> Double? {
        let stream = input.stream
        let count = avformat_index_get_entries_count(stream)
        guard count > 1, let first = avformat_index_get_entry(stream, 0)?.pointee.timestamp else { return nil }
        let size = LocalFile.size(path)
        var index = count - 1
        // Fragments (§8.8) that were not read at opening are not in the index.
        if let last = avformat_index_get_entry(stream, index)?.pointee, size - last.pos > Self.farFromEndBytes, last.pos < size / 10 * 9 {
            return nil
        }
        while index >= 0, let entry = avformat_index_get_entry(stream, index)?.pointee {
            if entry.pos + Int64(entry.size) <= size {
                return stream.pointee.time_base.seconds(entry.timestamp - first + defaultDuration)
            }
            index -= 1
        }
        return 0
    }

    /// Reads the last pictures; from the beginning on where the container cannot be sought.
    private func tailSeconds(declared: Double?, head: Span) throws(AVError) -> Double? {
        guard let first = head.first else { return declared }
        let stream = input.stream.pointee
        let wanted = declared.map { first + Int64(max(0, $0 - Self.tailSeconds) / stream.time_base.seconds(1)) }
        input.interruption.begin(timeout: Self.readTimeout)
        if let wanted { avformat_seek_file(input.pointer, stream.index, .min, wanted, wanted, 0) }
        var span = Span()
        try read { packet in
            Self.add(packet, to: &span, defaultDuration: defaultDuration)
            return true
        } atEnd: {
        }
        guard let end = [span.end, head.end].compactMap({ $0 }).max() else { return declared }
        return stream.time_base.seconds(end - first)
    }

    private func seconds(_ span: Span) -> Double? {
        guard let first = span.first, let end = span.end, end > first else { return nil }
        return input.stream.pointee.time_base.seconds(end - first)
    }

    // MARK: What else is in it

    private func creationTime() -> String? {
        for dictionary in [input.pointer.pointee.metadata, input.stream.pointee.metadata] {
            // SAFETY: the entry and its text belong to the dictionary, which the open context keeps.
            guard let value = av_dict_get(dictionary, "creation_time", nil, 0)?.pointee.value else { continue }
            return String(cString: value)
        }
        return nil
    }

    private func otherVideos() -> [FileSurvey.OtherVideo] {
        let chosen = input.stream.pointee.index
        let programme = av_find_program_from_stream(input.pointer, nil, chosen)
        return (0..<Int(input.pointer.pointee.nb_streams)).compactMap { index in
            guard index != Int(chosen), let other = input.pointer.pointee.streams[index],
                other.pointee.codecpar.pointee.codec_type == AVMEDIA_TYPE_VIDEO,
                other.pointee.disposition & AV_DISPOSITION_ATTACHED_PIC == 0
            else { return nil }
            let parameters = CodecParameters(copying: other.pointee.codecpar)
            return FileSurvey.OtherVideo(
                codecName: String(cString: avcodec_get_name(parameters.codecID)), size: parameters.size,
                isOtherProgramme: programme != nil && av_find_program_from_stream(input.pointer, nil, Int32(index)) != programme)
        }
    }

    // MARK: Reading

    /// Of one picture, in the stream's ticks.
    private var defaultDuration: Int64 {
        let stream = input.stream.pointee
        guard let rate = stream.avg_frame_rate.plausibleRate ?? stream.r_frame_rate.plausibleRate else { return 0 }
        return stream.time_base.ticks(FrameTime(seconds: 1 / rate))
    }

    private static func add(_ packet: borrowing Packet, to span: inout Span, defaultDuration: Int64) {
        let raw = packet.pointer.pointee
        span.packets += 1
        span.bytes += Int(raw.size)
        let time = raw.pts != ffio_no_timestamp ? raw.pts : raw.dts
        let isTimed = time != ffio_no_timestamp
        if isTimed {
            span.first = min(span.first ?? time, time)
            span.end = max(span.end ?? time, time + (raw.duration > 0 ? raw.duration : defaultDuration))
        }
        guard packet.isKey, !span.keyWasSeen else { return }
        span.keyWasSeen = true
        span.firstKey = isTimed ? time : nil
    }

    /// Hands on the chosen stream's packets until `body` answers false or the file ends.
    private func read(_ body: (borrowing Packet) -> Bool, atEnd: () -> Void) throws(AVError) {
        var damaged = 0
        let packet = Packet(timeBase: input.stream.pointee.time_base)
        while true {
            input.interruption.begin(timeout: Self.readTimeout)
            av_packet_unref(packet.pointer)
            let status = av_read_frame(input.pointer, packet.pointer)
            switch input.interruption.verdict {
            case .stopped: throw AVError(.stopped, .read, input.name)
            case .timedOut: throw AVError(.timedOut, .read, input.name, waited: Self.readTimeout)
            case nil: break
            }
            guard status >= 0 else {
                // What is damaged in the middle is the analysis' matter; here it ends the look.
                if AVError.Code(rawValue: status) == .invalidData, damaged < 64 {
                    damaged += 1
                    continue
                }
                return atEnd()
            }
            guard packet.pointer.pointee.stream_index == input.stream.pointee.index, packet.pointer.pointee.size > 0 else { continue }
            guard body(packet) else { return }
        }
    }
}

/// Whether a Flash video ends with a whole tag (Adobe FLV 10.1 §E.3: after each tag stands its size).
enum FLVTail {
    static func isWhole(_ path: String) -> Bool {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return false }
        defer { close(descriptor) }
        let size = Int(lseek(descriptor, 0, SEEK_END))
        func number(at offset: Int, _ count: Int) -> Int? {
            var bytes = [UInt8](repeating: 0, count: count)
            guard offset >= 0, pread(descriptor, &bytes, count, off_t(offset)) == count else { return nil }
            return bytes.reduce(0) { $0 << 8 | Int($1) }
        }
        guard let last = number(at: size - 4, 4), last >= 11, last < size - 4, let kind = number(at: size - 4 - last, 1),
            let length = number(at: size - 3 - last, 3)
        else { return false }
        return [8, 9, 18].contains(kind) && length + 11 == last
    }
}
