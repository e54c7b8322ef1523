import Casework
import Foundation

/// `/runs/{id}`: what one re-analysis was asked and what it found.
struct RunDetailPage: Sendable {
    var run: FindingShelf.Run
    /// All runs that are done, newest first, to compare with.
    var others: [RunRecord]
    /// Who made it, as people know that user.
    var author: String
    var catalogue: ViolationCatalogue
    /// Names by id.
    var channels: [String: String]
    /// The live case of each finding that has one.
    var cases: [String: ComparedFinding]
    var filter: FindingFilter
    var mayPromote: Bool
    var failure: Refusal?
}

/// Which findings a page shows, as its address says: `?violation=&channel=&hour=&page=`.
struct FindingFilter: Sendable, Hashable {
    static let pageSize = 48

    var violation: String?
    var channel: String?
    /// Local hour of confirmation, 0…23.
    var hour: Int?
    /// From 0.
    var page = 0

    init() {}

    /// An empty or impossible value is none.
    init(violation: String?, channel: String?, hour: String?, page: String?) {
        self.violation = violation.flatMap { $0.isEmpty ? nil : $0 }
        self.channel = channel.flatMap { $0.isEmpty ? nil : $0 }
        self.hour = hour.flatMap { Int($0) }.flatMap { (0...23).contains($0) ? $0 : nil }
        self.page = page.flatMap { Int($0) }.map { min(max(0, $0), 100_000) } ?? 0
    }

    func shows(_ finding: ComparedFinding, hour of: Int?) -> Bool {
        (violation == nil || finding.violation == violation) && (channel == nil || finding.channelID == channel)
            && (hour == nil || of == hour)
    }

    /// Without the page.
    var items: [(name: String, value: String)] {
        [("violation", violation), ("channel", channel), ("hour", hour.map(String.init))].compactMap { name, value in
            value.map { (name, $0) }
        }
    }

    func with(_ change: (inout FindingFilter) -> Void) -> FindingFilter {
        var filter = self
        filter.page = 0
        change(&filter)
        return filter
    }

    /// `?…` with what is chosen and what else the page's address holds; empty for nothing.
    func query(_ more: [(name: String, value: String)] = []) -> String {
        var all = more + items
        if page > 0 { all.append(("page", String(page))) }
        guard !all.isEmpty else { return "" }
        return "?" + all.map { "\($0.name)=\(FormFields.encode($0.value))" }.joined(separator: "&")
    }
}
