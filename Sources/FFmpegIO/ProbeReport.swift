public import FrameCore

/// What an input was found to be, measured on its packets.
public struct ProbeReport: Sendable {
    /// FFmpeg's name: "h264", "hevc" …
    public let codecName: String
    public let size: PixelSize
    /// Bits for each luma sample.
    public let bitDepth: Int
    /// Frames a second by their time stamps; nil when fewer than two had any and the container does not say.
    public let frameRate: Double?
    /// "rtsp", "mp4", "flv", "hls", …
    public let container: String
    /// Bits a second; nil when the time that the packets cover is not known.
    public let bitRate: Double?
    /// Mean distance of two key frames; nil when only one was seen.
    public let gopSeconds: Double?
    public let keyFramesSeen: Int
    public let hasBFrames: Bool
    /// The first key frame that could be decoded, in full resolution.
    public let still: Frame
}
