/// How long a channel waits before it tries again: doubling from one second to thirty, with jitter, so that ninety
/// cameras that lost their switch do not come back in the same instant. A pure value.
struct BackoffPolicy: Sendable {
    private static let first = 1.0
    private static let longest = 30.0

    private var failures = 0

    /// - Parameter random: 0…1.
    mutating func nextDelay(random: Double) -> Duration {
        let full = min(Self.longest, Self.first * Double(1 << min(failures, 10)))
        failures += 1
        return .seconds(full * (0.5 + 0.5 * random))
    }

    /// The stream was good again.
    mutating func reset() {
        failures = 0
    }
}
