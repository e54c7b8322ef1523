internal import FrameCore

/// One direction that the camera looks in, with all that is known of it; kept while the camera looks elsewhere.
struct KnownView: Codable {
    let preset: Int
    var memory: StreetMemory
    var tracker: RegionTracker
    var shift: ViewShift
    /// Ticks of clear view that this direction has seen.
    var clearTicks: Int
    /// Stream time at which it was left.
    var leftAt: FrameTime
}
