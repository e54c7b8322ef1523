package import FrameCore

/// Compares a camera's clocks with this machine's: how fast its time stamps run, and what it says the time is.
///
/// The network only ever delays, so of each ten seconds the packet that came soonest counts; a straight line through these
/// over some minutes is the drift. A pure value: both clocks are handed in.
package struct CameraClock: Sendable {
    private static let bucketSeconds = 10.0
    /// Ten minutes.
    private static let bucketLimit = 60
    /// Two minutes: a millisecond of jitter is then 8 ppm.
    private static let bucketsNeeded = 12
    /// Five minutes.
    private static let bucketsToBlame = 30

    private struct Bucket {
        /// Seconds of receive time.
        var at: Double
        /// The least delay in it: receive time minus stamp, seconds.
        var delay: Double
    }

    private var buckets: [Bucket] = []
    private var current: (index: Int, bucket: Bucket)?
    /// The camera's own time minus this machine's at the same packet, seconds; nil where it says none.
    package private(set) var senderOffset: Double?
    /// Parts per million by which the stamps run faster than this machine's clock; nil until enough time has passed.
    package private(set) var driftPPM: Double?

    package init() {}

    /// Whether the clock surely runs wrong by more than `ppm`: over five minutes at least, and half as much in either half of
    /// the time. A machine or a network that falls behind once, by a tenth of a second, looks like drift in the whole only.
    package func drifts(beyond ppm: Double) -> Bool {
        guard buckets.count >= Self.bucketsToBlame, let driftPPM, abs(driftPPM) > ppm else { return false }
        let middle = buckets.count / 2
        return [buckets[..<middle], buckets[middle...]].allSatisfy { half in
            let part = -Self.slope(half) * 1_000_000
            return part.sign == driftPPM.sign && abs(part) > ppm / 2
        }
    }

    /// - Parameters:
    ///   - time: the packet's place on the channel's clock, which is the stream's stamps without their jumps.
    ///   - received: on a clock of this machine that is never set, since any moment.
    package mutating func add(time: FrameTime, received: Duration) {
        let seconds = received.inSeconds
        let sample = Bucket(at: seconds, delay: seconds - time.seconds)
        let index = Int(seconds / Self.bucketSeconds)
        guard let current, index <= current.index else {
            if let finished = current?.bucket { finish(finished) }
            current = (index, sample)
            return
        }
        if sample.delay < current.bucket.delay { self.current = (current.index, sample) }
    }

    /// - Parameters:
    ///   - sender: the camera's own time of a packet, microseconds since 1970.
    ///   - received: when it came, microseconds since 1970 by this machine.
    package mutating func add(sender: Int64, received: Int64) {
        senderOffset = Double(sender &- received) / 1_000_000
    }

    /// The stream broke off or its stamps jumped: what is measured from here on has another origin.
    package mutating func breakOff() {
        buckets = []
        current = nil
        senderOffset = nil
    }

    private mutating func finish(_ bucket: Bucket) {
        buckets.append(bucket)
        if buckets.count > Self.bucketLimit { buckets.removeFirst() }
        driftPPM = buckets.count < Self.bucketsNeeded ? nil : -Self.slope(buckets[...]) * 1_000_000
    }

    /// Least squares through the buckets, seconds of delay for each second.
    private static func slope(_ buckets: ArraySlice<Bucket>) -> Double {
        let count = Double(buckets.count)
        let meanAt = buckets.reduce(0) { $0 + $1.at } / count
        let meanDelay = buckets.reduce(0) { $0 + $1.delay } / count
        var (covariance, variance) = (0.0, 0.0)
        for bucket in buckets {
            covariance += (bucket.at - meanAt) * (bucket.delay - meanDelay)
            variance += (bucket.at - meanAt) * (bucket.at - meanAt)
        }
        return variance > 0 ? covariance / variance : 0
    }
}
