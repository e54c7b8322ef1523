import FFmpegIO
import FrameCore

/// A clip as the analysis sees it, decoded once and kept in memory.
struct ClipFrames {
    let frames: [Frame]

    /// - Parameters:
    ///   - bound: the largest size of a frame; nil for the size that the product uses.
    ///   - attention: which pictures are looked at.
    /// - Throws: what reading the file throws, and `ReplayError.noPictures`.
    init(path: String, bound: PixelSize?, attention: AttentionPolicy) throws {
        var attention = attention
        var demuxer = try Demuxer(try MediaURL(path), options: InputOptions(stop: StopFlag()))
        var decoder = try Decoder(demuxer.video)
        var scaler = Scaler(bound: bound)
        var decoded = DecodedFrame()
        var frames: [Frame] = []
        func receiveAll() throws {
            while case .frame = try decoder.receive(into: &decoded) {
                guard let time = decoded.pts, attention.wantsAnalysis(at: time) else { continue }
                var frame = Frame(size: PixelSize(width: 2, height: 2))
                try scaler.scale(decoded, time: time, into: &frame)
                frames.append(frame)
            }
        }
        while let packet = try demuxer.next() {
            try decoder.send(packet)
            try receiveAll()
        }
        try decoder.finish()
        try receiveAll()
        guard !frames.isEmpty else { throw ReplayError.noPictures(path) }
        self.frames = frames
    }
}
