public import FrameCore

/// Turns a stream's time stamps into a time that only moves forward.
///
/// Cameras leave stamps out, wrap them (33 bits in MPEG-TS), and jump when their clock is set. A jump must neither end a
/// dwell nor make one, so it is bridged by the usual distance of two packets and counted. A pure value.
public struct StreamClock: Codable, Sendable {
    /// A step larger than this is a jump, not a pause of the stream.
    public static let longestStep = Duration.seconds(10)

    private var origin: FrameTime?
    private var previousStamp: FrameTime?
    private var previousTime = FrameTime.zero
    private var usualStep: Duration
    /// How often the stamps jumped.
    public private(set) var jumps = 0
    /// How many packets came without a stamp.
    public private(set) var missing = 0

    /// - Parameter frameRate: as the container says it, for streams without stamps; 25 where unknown.
    public init(frameRate: Double?) {
        let rate = frameRate.flatMap { $0 > 0.1 && $0 < 1000 ? $0 : nil } ?? 25
        usualStep = .microseconds(Int64(1_000_000 / rate))
    }

    /// - Parameters:
    ///   - stamp: the packet's decoding or presentation time; nil where it has none.
    /// - Returns: time since the first packet; never before that of any earlier packet except by the stream's own
    ///   reordering of pictures.
    public mutating func time(of stamp: FrameTime?) -> FrameTime {
        guard let stamp else {
            missing += 1
            return advance(by: usualStep, to: previousStamp.map { $0 + usualStep })
        }
        guard let previousStamp, let origin else {
            self.origin = stamp
            self.previousStamp = stamp
            return previousTime
        }
        let step = stamp - previousStamp
        guard step < Self.longestStep && .zero - step < Self.longestStep else {
            jumps += 1
            let time = advance(by: usualStep, to: stamp)
            // From here on the origin is where the new stamps would have begun.
            self.origin = stamp - (time - .zero)
            return time
        }
        if step > .zero { usualStep = step }
        self.previousStamp = max(previousStamp, stamp)
        let time = FrameTime.zero + (stamp - origin)
        previousTime = max(previousTime, time)
        return time
    }

    private mutating func advance(by step: Duration, to stamp: FrameTime?) -> FrameTime {
        previousTime = previousTime + step
        previousStamp = stamp
        return previousTime
    }
}
