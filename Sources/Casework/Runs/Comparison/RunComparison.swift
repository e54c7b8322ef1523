public import Foundation

/// What would change: the findings of one run, or the cases of the store, against those of another run.
///
/// Paired one to one by channel, place (`PlaceMatch`, whatever the zone) and time; as many pairs as can be, those of the same
/// violation first. A pure value: the same inputs in any order give the same comparison, and exchanged inputs the same
/// with gained and lost exchanged.
public struct RunComparison: Codable, Sendable, Hashable {
    /// One side, with what is known of it.
    public struct Side: Codable, Sendable, Hashable {
        /// Of the run; nil for the cases of the store.
        public var runID: String?
        public var name: String
        public var ruleVersion: String?
        public var count: Int

        public init(runID: String?, name: String, ruleVersion: String?, count: Int) {
            self.runID = runID
            self.name = name
            self.ruleVersion = ruleVersion
            self.count = count
        }
    }

    /// What is compared: a side with its findings and what it could have found.
    public struct Input: Sendable {
        public var side: Side
        public var findings: [ComparedFinding]
        /// nil for what saw everything.
        public var coverage: RunCoverage?

        public init(side: Side, findings: [ComparedFinding], coverage: RunCoverage?) {
            self.side = side
            self.findings = findings
            self.coverage = coverage
        }
    }

    /// From when on a difference is one, seconds.
    public struct Tolerance: Codable, Sendable, Hashable {
        /// A pair whose beginning or confirmation differ by more has moved.
        public var movedSeconds: Double
        /// How far the clocks of the two sides may be apart.
        public var clockSeconds: Double

        public init(movedSeconds: Double, clockSeconds: Double) {
            self.movedSeconds = movedSeconds
            self.clockSeconds = clockSeconds
        }

        /// Two runs over the same footage have the same clock.
        public static let runs = Tolerance(movedSeconds: 5, clockSeconds: 0)
        /// A case has this machine's time of receipt, an archived file its recorder's.
        public static let decisions = Tolerance(movedSeconds: 60, clockSeconds: 60)
    }

    public enum Change: String, Codable, Sendable, CaseIterable {
        case lost, gained, renamed, moved, kept
        /// The other side's footage does not show that time: nothing can be said.
        case uncovered
    }

    public struct Entry: Codable, Sendable, Hashable {
        public var change: Change
        public var before: ComparedFinding?
        public var after: ComparedFinding?
        /// Of one that is left over: the id of the one on its own side that has the pair it could have had. It is a piece of the same act.
        public var partOf: String?
        /// Seconds by which beginning or confirmation differ, whichever is more; nil without a pair.
        public var differenceS: Double?
        /// Local hour of confirmation, 0…23; nil where the wall clock is not known.
        public var hour: Int?

        /// What it is about, the newer side first.
        public var subject: ComparedFinding? { after ?? before }
    }

    public var before: Side
    public var after: Side
    public var tolerance: Tolerance
    /// What changed first, then what did not; each by channel and time.
    public var entries: [Entry]
    public var total: ChangeCount
    public var byViolation: [String: ChangeCount]
    public var byChannel: [String: ChangeCount]
    /// By local hour of confirmation, “0”…“23”; “unknown” where the wall clock is not known.
    public var byHour: [String: ChangeCount]
    /// Against what officers decided; nil for two runs.
    public var score: DecisionScore?

    /// - Parameter timeZone: of the hours.
    public init(before: Input, after: Input, tolerance: Tolerance, timeZone: TimeZone) {
        self.before = before.side
        self.after = after.side
        self.tolerance = tolerance
        let ours = Dictionary(grouping: before.findings, by: \.channelID)
        let theirs = Dictionary(grouping: after.findings, by: \.channelID)
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = timeZone
        var entries: [Entry] = []
        for channel in Set(ours.keys).union(theirs.keys) {
            entries += FindingPairing(ours[channel] ?? [], theirs[channel] ?? [], tolerance).entries(
                before: before.coverage, after: after.coverage)
        }
        for index in entries.indices {
            entries[index].hour = entries[index].subject?.confirmedAt.map { calendar.component(.hour, from: $0) }
        }
        let rank = Dictionary(uniqueKeysWithValues: Change.allCases.enumerated().map { ($1, $0) })
        self.entries = entries.map { (entry: $0, key: $0.sortKey) }.sorted { left, right in
            let (first, second) = (rank[left.entry.change] ?? 0, rank[right.entry.change] ?? 0)
            return first == second ? left.key < right.key : first < second
        }.map(\.entry)
        total = ChangeCount()
        byViolation = [:]
        byChannel = [:]
        byHour = [:]
        for entry in self.entries {
            guard let subject = entry.subject else { continue }
            total.add(entry.change)
            byViolation[subject.violation, default: ChangeCount()].add(entry.change)
            byChannel[subject.channelID, default: ChangeCount()].add(entry.change)
            byHour[entry.hour.map(String.init) ?? "unknown", default: ChangeCount()].add(entry.change)
        }
        score = before.side.runID == nil ? DecisionScore(self.entries) : nil
    }
}

extension RunComparison.Entry {
    fileprivate var sortKey: (String, Double, String) { (subject?.channelID ?? "", subject?.moment ?? 0, subject?.id ?? "") }
}

/// How many of each change.
public struct ChangeCount: Codable, Sendable, Hashable {
    public var kept = 0
    public var gained = 0
    public var lost = 0
    public var moved = 0
    public var renamed = 0
    public var uncovered = 0

    public init() {}

    public var all: Int { kept + gained + lost + moved + renamed + uncovered }

    mutating func add(_ change: RunComparison.Change) {
        switch change {
        case .kept: kept += 1
        case .gained: gained += 1
        case .lost: lost += 1
        case .moved: moved += 1
        case .renamed: renamed += 1
        case .uncovered: uncovered += 1
        }
    }

    public subscript(_ change: RunComparison.Change) -> Int {
        switch change {
        case .kept: kept
        case .gained: gained
        case .lost: lost
        case .moved: moved
        case .renamed: renamed
        case .uncovered: uncovered
        }
    }
}
