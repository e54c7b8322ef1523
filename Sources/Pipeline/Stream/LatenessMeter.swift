import FrameCore

/// How long it took from a packet's arrival to the end of its analysis, for the last frames.
struct LatenessMeter: Sendable {
    private static let capacity = 512

    /// Seconds; a ring once it is full.
    private var samples: [Float] = []
    private var next = 0

    mutating func add(_ lateness: Duration) {
        let seconds = Float(lateness.inSeconds)
        if samples.count < Self.capacity {
            samples.append(seconds)
        } else {
            samples[next] = seconds
        }
        next = (next + 1) % Self.capacity
    }

    /// The newest `count` in seconds, in no order.
    func newest(_ count: Int) -> [Float] {
        guard count < samples.count else { return samples }
        return (1...max(1, count)).prefix(count).map { samples[(next - $0 + samples.count) % samples.count] }
    }

    /// The value below which `part` of them lie; nil for none.
    static func quantile(_ part: Double, of samples: [Float]) -> Double? {
        guard !samples.isEmpty else { return nil }
        let sorted = samples.sorted()
        return Double(sorted[min(sorted.count - 1, Int((Double(sorted.count) * part).rounded(.down)))])
    }
}
