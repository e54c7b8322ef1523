public import Casework
import Foundation

/// The clocks of all cases that go on, kept in memory: a case's log is read again only when its standing has changed.
///
/// Holds nothing that the store does not; a new book reads the same out of it. Bounded: of more than `limit` cases the newest are
/// kept, and `isComplete` says so.
public actor ClockBook {
    /// What a look found.
    public struct Reading: Sendable {
        /// Newest first.
        public var cases: [OpenCase]
        /// Whether there were no more than the book holds.
        public var isComplete: Bool
    }

    /// Which cases a book follows.
    public enum Scope: Sendable {
        /// Those that somebody has to do something about.
        case open
        /// Those in another body's queue.
        case referred
        /// Those handed over, whose clocks the city's answers stop.
        case filed

        var states: [CaseState] {
            switch self {
            case .open: CaseState.allCases.filter { !$0.isFinal }
            case .referred: [.transferred]
            case .filed: [.handedOver]
            }
        }
    }

    /// What 90 cameras leave open in a bad month, many times over; 500 rows are read in some milliseconds.
    public static let usualLimit = 5_000
    private static let pageSize = 500

    private let store: any CaseStore
    private let clocks: CaseClocks
    private let scope: Scope
    private let limit: Int
    private var known: [String: OpenCase] = [:]

    public init(store: any CaseStore, clocks: CaseClocks, scope: Scope, limit: Int = ClockBook.usualLimit) {
        self.store = store
        self.clocks = clocks
        self.scope = scope
        self.limit = limit
    }

    /// Reads what has changed.
    ///
    /// Cost: one index walk over the open cases, and the log of each whose standing changed since the last look.
    public func read() async throws -> Reading {
        var cases: [OpenCase] = []
        var cursor: CaseCursor?
        var isComplete = true
        repeat {
            let page = try await store.cases(CaseFilter(states: scope.states), after: cursor, limit: Self.pageSize)
            for record in page.cases where cases.count < limit { cases.append(try await entry(record)) }
            cursor = page.next
            if cases.count >= limit, cursor != nil || page.cases.last?.id != cases.last?.record.id {
                isComplete = false
                cursor = nil
            }
        } while cursor != nil
        known = Dictionary(cases.map { ($0.record.id, $0) }, uniquingKeysWith: { $1 })
        return Reading(cases: cases, isComplete: isComplete)
    }

    /// A line was added that changes no standing: the log is read again at the next look.
    public func forget(_ caseID: String) { known[caseID] = nil }

    private func entry(_ record: CaseRecord) async throws -> OpenCase {
        // What ended the incident moves the limitation, and is no part of the standing.
        if let entry = known[record.id], entry.record.standing == record.standing, entry.record.incident == record.incident {
            return entry
        }
        return Self.entry(record, events: try await store.events(caseID: record.id), clocks: clocks)
    }

    public static func entry(_ record: CaseRecord, events: [CaseEvent], clocks: CaseClocks) -> OpenCase {
        OpenCase(
            record: record, clocks: clocks.clocks(of: record, events: events), referrals: Referral.all(in: events),
            level: Escalation.level(in: events))
    }
}
