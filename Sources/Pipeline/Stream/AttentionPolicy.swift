public import FrameCore

/// Which packets are decoded and which pictures analysed. Decoding is the cost, so: as few as the dwell allows.
///
/// *Patrol* decodes key frames by themselves. *Watch* decodes every packet and analyses some, where key frames come too
/// seldom for the shortest dwell. A pure value: no clock, no camera.
public struct AttentionPolicy: Sendable {
    public enum Mode: String, Sendable {
        case patrol, watch
    }

    public enum Action: Sendable, Hashable {
        case skip
        /// Decode this key frame by itself and analyse it.
        case decodeAlone
        /// Give it to the decoder; ask `wantsAnalysis` for what comes out.
        case feed
    }

    /// How often something is looked at while it is confirmed.
    private let interval: Duration
    private let longestPatrolGap: Duration
    private let isForcedToWatch: Bool
    private var previousKey: FrameTime?
    private var lastAnalysed: FrameTime?
    public private(set) var mode: Mode
    /// Distance of the last two key frames.
    public private(set) var groupOfPictures: Duration?

    /// - Parameters:
    ///   - dwell: the shortest dwell in force: a twentieth of it, 0.5…8 s, is how often one must look to see that
    ///     something is steady and to confirm it in time.
    ///   - everyPacket: decode all from the first packet on, as replay does with files.
    public init(dwell: Duration, everyPacket: Bool = false) {
        longestPatrolGap = min(max(dwell / 20, .milliseconds(500)), .seconds(8))
        interval = min(longestPatrolGap, .seconds(2))
        isForcedToWatch = everyPacket
        mode = everyPacket ? .watch : .patrol
    }

    /// Decodes every packet and has a picture analysed once in `sampling`, to try how seldom is often enough.
    public init(sampling: Duration) {
        precondition(sampling > .zero)
        longestPatrolGap = sampling
        interval = sampling
        isForcedToWatch = true
        mode = .watch
    }

    public mutating func action(for time: FrameTime, isKey: Bool) -> Action {
        if isKey {
            if let previousKey, time > previousKey {
                groupOfPictures = time - previousKey
                if !isForcedToWatch { mode = time - previousKey > longestPatrolGap + .milliseconds(100) ? .watch : .patrol }
            }
            previousKey = time
        } else if let previousKey, !isForcedToWatch, mode == .patrol, time - previousKey > longestPatrolGap * 3 {
            // No key frame for so long that waiting for the next to find out would be blindness. Decoding begins with it.
            mode = .watch
            return .skip
        }
        switch mode {
        case .patrol: return isKey ? .decodeAlone : .skip
        case .watch: return .feed
        }
    }

    /// Whether a decoded picture is analysed; says so at most once for each interval.
    public mutating func wantsAnalysis(at time: FrameTime) -> Bool {
        // A quarter of a frame of slack, so that stamps rounded to milliseconds do not slip by a whole frame.
        if let lastAnalysed, time - lastAnalysed < interval - .milliseconds(5) { return false }
        lastAnalysed = time
        return true
    }
}
