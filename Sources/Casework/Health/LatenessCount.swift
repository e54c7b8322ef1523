import Foundation

/// How late analysis was in each minute of a day, as a histogram: small, addable, and good to a quarter of the figure.
public struct LatenessCount: Codable, Sendable, Hashable {
    /// Upper ends of the classes, seconds: four to the factor of ten from 10 ms on; what is later falls into the last class.
    public static let boundsSeconds: [Double] = (0..<17).map { 0.01 * pow(10, Double($0) / 4) }

    /// One count for each class.
    public private(set) var counts: [Int]

    public init() {
        counts = Array(repeating: 0, count: Self.boundsSeconds.count)
    }

    /// From stored counts; another number of classes is as good as none.
    public init(counts: [Int]) {
        self.init()
        if counts.count == self.counts.count { self.counts = counts }
    }

    public mutating func add(seconds: Double) {
        let place = Self.boundsSeconds.firstIndex { seconds <= $0 } ?? Self.boundsSeconds.count - 1
        counts[place] += 1
    }

    /// The upper end of the class that holds this part of all that was added, seconds; nil while nothing was.
    /// - Parameter part: 0…1.
    public func quantile(_ part: Double) -> Double? {
        let total = counts.reduce(0, +)
        guard total > 0 else { return nil }
        let wanted = max(1, (Double(total) * part).rounded(.up))
        var sum = 0
        for (count, bound) in zip(counts, Self.boundsSeconds) {
            sum += count
            if Double(sum) >= wanted { return bound }
        }
        return Self.boundsSeconds.last
    }
}
