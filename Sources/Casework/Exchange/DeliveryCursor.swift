public import Foundation

/// How far somebody outside has been told of the log, and what stands in the way.
public struct DeliveryCursor: Sendable, Hashable, Codable {
    /// Whom it is for, such as `handover` or a webhook's name.
    public var name: String
    /// The last line that was taken.
    public var sequence: Int64
    /// Since when the next line is refused; nil while all is well.
    public var failingSince: Date?
    /// Tries of the next line so far.
    public var failures: Int
    /// Why the last try failed, without credentials; empty while all is well.
    public var lastError: String
    public var updatedAt: Date

    public init(name: String, sequence: Int64, failingSince: Date? = nil, failures: Int = 0, lastError: String = "", updatedAt: Date) {
        self.name = name
        self.sequence = sequence
        self.failingSince = failingSince
        self.failures = failures
        self.lastError = lastError
        self.updatedAt = updatedAt
    }
}

/// How long a refused line waits: twice as long after each failure, up to a bound.
public struct RetryBackoff: Sendable, Hashable {
    public var first: TimeInterval
    public var longest: TimeInterval

    public init(first: TimeInterval, longest: TimeInterval) {
        self.first = first
        self.longest = longest
    }

    /// After the `failures`th failure in a row.
    public func wait(after failures: Int) -> TimeInterval {
        failures <= 0 ? 0 : min(longest, first * pow(2, Double(min(failures - 1, 30))))
    }
}
