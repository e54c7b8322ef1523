import Casework
import Foundation

/// `/runs/compare`: what would change.
struct ComparePage: Sendable {
    /// nil while two sides are still to be chosen.
    var comparison: RunComparison?
    /// The run that may go live.
    var after: RunRecord?
    /// All runs that are done, newest first.
    var runs: [RunRecord]
    /// What is chosen, also where it cannot be compared.
    var beforeID: String?
    var afterID: String?
    var isDecided = false
    var catalogue: ViolationCatalogue
    /// Names by id.
    var channels: [String: String]
    /// The live case of each finding of the second run that has one.
    var cases: [String: ComparedFinding]
    var filter = FindingFilter()
    /// nil for the first that there is any of.
    var shown: RunComparison.Change?
    var approvable: [FindingDesk.Approvable] = []
    var mayPromote = false
    var mayApprove = false
    var failure: Refusal?
    /// The version that was just put in force.
    var approved: ZonesVersionRecord?

    /// The pairs that the page shows.
    var entries: ArraySlice<RunComparison.Entry> {
        let all = matching
        let start = min(filter.page * FindingFilter.pageSize, all.count)
        return all[start..<min(start + FindingFilter.pageSize, all.count)]
    }

    var matching: [RunComparison.Entry] {
        let change = change
        return (comparison?.entries ?? []).filter { entry in
            entry.change == change && entry.subject.map { filter.shows($0, hour: entry.hour) } ?? false
        }
    }

    var change: RunComparison.Change {
        shown ?? RunComparison.Change.allCases.first { (comparison?.total[$0] ?? 0) > 0 } ?? .kept
    }

    /// The page's address without the filter: what is compared.
    var items: [(name: String, value: String)] {
        [("before", isDecided ? nil : beforeID), ("decided", isDecided ? "1" : nil), ("after", afterID)].compactMap { name, value in
            value.map { (name, $0) }
        }
    }
}
