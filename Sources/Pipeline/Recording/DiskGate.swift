import Foundation
import Synchronization

/// From how much room on on the disk evidence is still taken, with a distance between stopping and going on. A pure value.
public struct DiskGate: Sendable, Hashable {
    public enum State: String, Codable, Sendable, CaseIterable {
        case ample
        /// Somebody should make room.
        case low
        /// No new evidence is taken: what is there, and what was handed over, comes first.
        case stopped
    }

    /// In percent of the disk.
    public struct Limits: Sendable, Hashable {
        public var warn: Double
        public var stop: Double
        public var resume: Double

        public init(warn: Double, stop: Double, resume: Double) {
            self.warn = warn
            self.stop = stop
            self.resume = resume
        }
    }

    private let limits: Limits
    public private(set) var state = State.ample

    public init(limits: Limits) {
        self.limits = limits
    }

    /// - Parameter freePercent: nil where it cannot be told: the last word stands.
    public mutating func look(freePercent: Double?) -> State {
        guard let free = freePercent else { return state }
        if free < limits.stop || (state == .stopped && free < limits.resume) {
            state = .stopped
        } else {
            state = free < limits.warn ? .low : .ample
        }
        return state
    }
}

/// The store's disk, looked at whenever evidence comes.
public final class DiskWatch: Sendable {
    private let folder: String
    private let gate: Mutex<DiskGate>

    public init(folder: String, limits: DiskGate.Limits) {
        self.folder = folder
        gate = Mutex(DiskGate(limits: limits))
    }

    public var state: DiskGate.State {
        let free = freePercent
        return gate.withLock { $0.look(freePercent: free) }
    }

    /// What an ordinary user could still write, in percent of the whole.
    public var freePercent: Double? {
        var status = statvfs()
        guard statvfs(folder, &status) == 0, status.f_blocks > 0 else { return nil }
        return 100 * Double(status.f_bavail) / Double(status.f_blocks)
    }
}
