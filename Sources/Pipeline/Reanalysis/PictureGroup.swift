import FFmpegIO
import FrameCore

/// The key frame read last and what came after it.
enum PictureGroup {
    /// Nothing is decoded until the next key frame.
    case none
    /// It is not known yet how long it is.
    case undecided(key: SharedPacket, at: FrameTime, rest: [SharedPacket])
    /// Everything goes to the decoder.
    case whole

    var isWhole: Bool { if case .whole = self { true } else { false } }
}
