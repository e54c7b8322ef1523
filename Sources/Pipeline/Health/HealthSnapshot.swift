public import Casework
public import Foundation

/// What the station knows of its own health at one moment.
public struct HealthSnapshot: Sendable {
    /// By channel; a channel that was not looked at today has none.
    public var today: [String: HealthDayRecord]
    /// Minutes with open eyes since the program was started, by channel.
    public var openMinutes: [String: Int]
    /// Oldest first, without their notes.
    public var openFaults: [FaultRecord]
    public var evidence: EvidenceReading
    public var startedAt: Date

    public init(
        today: [String: HealthDayRecord] = [:], openMinutes: [String: Int] = [:], openFaults: [FaultRecord] = [],
        evidence: EvidenceReading = EvidenceReading(), startedAt: Date
    ) {
        self.today = today
        self.openMinutes = openMinutes
        self.openFaults = openFaults
        self.evidence = evidence
        self.startedAt = startedAt
    }
}

/// How the writing of evidence is going.
public struct EvidenceReading: Codable, Sendable, Hashable {
    /// Packages that wait to be sealed.
    public var waiting: Int
    /// Since the program was started.
    public var dropped: Int
    /// Why nothing can be stored at present; nil while all is well.
    public var problem: String?
    /// How the disk's room is judged; nil where nobody looks.
    public var disk: DiskGate.State?
    public var diskFreePercent: Double?

    public init(
        waiting: Int = 0, dropped: Int = 0, problem: String? = nil, disk: DiskGate.State? = nil, diskFreePercent: Double? = nil
    ) {
        self.waiting = waiting
        self.dropped = dropped
        self.problem = problem
        self.disk = disk
        self.diskFreePercent = diskFreePercent
    }
}

/// What pages and the scrape ask of the station's health. Safe from any task.
public protocol HealthReporting: Sendable {
    func snapshot() async -> HealthSnapshot
    /// The picture of a fault, JPEG; nil if there is none.
    func faultStill(id: String) async -> [UInt8]?
}
