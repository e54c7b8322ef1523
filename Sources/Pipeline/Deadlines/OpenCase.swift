public import Casework
public import Foundation

/// A case with its clocks, as they were reckoned from its log.
public struct OpenCase: Sendable {
    public var record: CaseRecord
    public var clocks: [CaseClock]
    public var referrals: [Referral]
    /// The loop that it is in.
    public var level: LoopLevel

    public init(record: CaseRecord, clocks: [CaseClock], referrals: [Referral], level: LoopLevel) {
        self.record = record
        self.clocks = clocks
        self.referrals = referrals
        self.level = level
    }

    /// The running clock that is over first; nil where none runs.
    public var nearest: CaseClock? { clocks.filter(\.isRunning).min { $0.dueAt < $1.dueAt } }

    public func isBreached(at now: Date) -> Bool { clocks.contains { $0.status(at: now) == .breached } }
}
