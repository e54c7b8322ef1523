import FFmpegIO
import FrameCore

struct DecodedSummary {
    var times: [FrameTime?] = []
    var sizes: [PixelSize] = []
    var formats: Set<String> = []
    var corrupt = 0
    var errors = 0
    var packets = 0
    var keyFrames = 0
    var changes = 0
    var last: Frame?
}

/// Reads and decodes a whole file the way a channel does.
func decodeAll(_ path: String, keepLast: Bool = false) throws -> DecodedSummary {
    var demuxer = try Demuxer(MediaURL(path))
    var decoder = try Decoder(demuxer.video)
    var frame = DecodedFrame()
    var summary = DecodedSummary()
    func drain(_ decoder: inout Decoder, _ frame: inout DecodedFrame, _ summary: inout DecodedSummary) throws {
        while true {
            do throws(AVError) {
                guard try decoder.receive(into: &frame) == .frame else { return }
            } catch {
                guard error.code == .invalidData else { throw error }
                summary.errors += 1
                continue
            }
            summary.times.append(frame.pts)
            summary.sizes.append(frame.size)
            summary.formats.insert(frame.pixelFormatName)
            if frame.isCorrupt { summary.corrupt += 1 }
            if keepLast { summary.last = try frame.picture(time: frame.pts ?? .zero) }
        }
    }
    while let packet = try demuxer.next() {
        summary.packets += 1
        if packet.isKey { summary.keyFrames += 1 }
        if packet.streamChanged {
            summary.changes += 1
            try decoder.finish()
            try drain(&decoder, &frame, &summary)
            decoder = try Decoder(demuxer.video)
        }
        do throws(AVError) {
            try decoder.send(packet)
        } catch {
            guard error.code == .invalidData else { throw error }
            summary.errors += 1
        }
        try drain(&decoder, &frame, &summary)
    }
    try decoder.finish()
    try drain(&decoder, &frame, &summary)
    return summary
}

/// Every packet of a file, held.
func packets(of path: String) throws -> (stream: VideoStream, packets: [SharedPacket]) {
    var demuxer = try Demuxer(MediaURL(path))
    var all: [SharedPacket] = []
    while let packet = try demuxer.next() { all.append(packet.intoShared()) }
    return (demuxer.video, all)
}

/// The error that `work` throws; nil when it throws none.
func avError(_ work: () throws(AVError) -> Void) -> AVError? {
    do throws(AVError) {
        try work()
        return nil
    } catch {
        return error
    }
}

func openError(_ url: MediaURL, _ options: InputOptions = InputOptions()) -> AVError? {
    avError { () throws(AVError) in _ = try Demuxer(url, options: options) }
}
