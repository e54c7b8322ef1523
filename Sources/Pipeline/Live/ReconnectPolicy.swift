/// How long a channel waits before it tries again, with jitter, so that ninety cameras that lost their switch do not come
/// back in the same instant. A pure value.
package struct ReconnectPolicy: Sendable {
    /// Who can do something about it.
    package enum Cause: Sendable, CaseIterable {
        /// The network or the camera: likely to be over soon.
        case passing
        /// Only a person: a wrong password tried too often locks the account of many cameras.
        case needsPerson
    }

    /// A stream that was good is tried again within this.
    private static let atOnce = 1.0
    private static let first: [Cause: Double] = [.passing: 1, .needsPerson: 20]
    private static let longest: [Cause: Double] = [.passing: 30, .needsPerson: 300]

    private var failures = 0
    private var cause = Cause.passing
    private var wasGood = false

    package init() {}

    /// - Parameter random: 0…1.
    package mutating func nextDelay(after cause: Cause, random: Double) -> Duration {
        if cause != self.cause { failures = 0 }
        self.cause = cause
        if wasGood {
            wasGood = false
            return .seconds(Self.atOnce * random)
        }
        let full = min(Self.longest[cause] ?? Self.atOnce, (Self.first[cause] ?? Self.atOnce) * Double(1 << min(failures, 10)))
        failures += 1
        return .seconds(full * (0.5 + 0.5 * random))
    }

    /// A picture came.
    package mutating func succeed() {
        failures = 0
        wasGood = true
    }
}
