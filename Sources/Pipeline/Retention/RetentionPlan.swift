public import Casework
public import Foundation

/// What retention would do now, were it to run: for people, before it does.
public struct RetentionPlan: Sendable {
    public struct Item: Sendable, Hashable {
        public var caseID: String
        public var row: RetentionRules.Row
        /// From when on it must go.
        public var since: Date
    }

    public var at: Date
    /// Cases that are over and whose package is there, as far as they were gone through.
    public var seen = 0
    /// Whether all of them were.
    public var isComplete = false
    /// What must go now, the longest over first, at most `Self.shown`.
    public var due: [Item] = []
    public var dueCount = 0
    /// What goes next.
    public var next: [Item] = []
    public var countsByRow: [String: Int] = [:]
    public var held: [CaseRecord] = []
    /// Newest first.
    public var runs: [RetentionRun] = []
    public var answer = RetentionPrudence.Answer.goesOn
    public var rows: [RetentionRules.Row] = []

    private static let shown = 100

    public init(at: Date) {
        self.at = at
    }

    mutating func add(_ record: CaseRecord, _ verdict: RetentionPolicy.Verdict) {
        seen += 1
        switch verdict {
        case .mustDelete(let row, let since):
            countsByRow[row.id, default: 0] += 1
            dueCount += 1
            if due.count < Self.shown { due.append(Item(caseID: record.id, row: row, since: since)) }
        case .mayDelete(let row, let at):
            countsByRow[row.id, default: 0] += 1
            insert(Item(caseID: record.id, row: row, since: at))
        case .keep(let until, _, let row):
            guard let row else { return }
            countsByRow[row.id, default: 0] += 1
            guard until != nil, let most = row.maxDays, let settled = record.standing.settledAt else { return }
            insert(Item(caseID: record.id, row: row, since: settled.addingTimeInterval(Double(most) * 86_400)))
        }
    }

    private mutating func insert(_ item: Item) {
        let place = next.firstIndex { $0.since > item.since } ?? next.count
        guard place < Self.shown else { return }
        next.insert(item, at: place)
        if next.count > Self.shown { next.removeLast() }
    }
}

/// What pages ask of retention.
public protocol RetentionControl: Sendable {
    /// - Parameter limit: the most cases that are gone through.
    func plan(limit: Int) async throws -> RetentionPlan
    func confirm(by userID: String) async throws
    /// The signed certificate of a deleted case, as it lies on the disk; nil if there is none.
    func certificate(caseID: String) async throws -> [UInt8]?
}
