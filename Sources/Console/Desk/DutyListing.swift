import Casework
import Foundation
import Pipeline

/// Which cases the deadlines page shows.
struct DeadlineFilter: Sendable, Hashable {
    var clock: CaseClock.Kind?
    /// Code of a grid; those below it are shown too.
    var grid: String?
    /// A body that has the case in its queue, or whose matter the violation is.
    var body: String?
    var isBreached = false
    /// From 1.
    var page = 1

    /// The page's address with what differs from the default.
    func href(page: Int = 1) -> String {
        let items: [(String, String?)] = [
            ("clock", clock?.rawValue), ("grid", grid), ("body", body), ("breached", isBreached ? "1" : nil),
            ("page", page > 1 ? String(page) : nil),
        ]
        let query = items.compactMap { name, value in value.map { "\(name)=\(FormFields.encode($0))" } }.joined(separator: "&")
        return "/deadlines" + (query.isEmpty ? "" : "?" + query)
    }
}

/// A case with the clocks that a list shows of it, the nearest first.
struct DutyRow: Sendable {
    var entry: OpenCase
    var clocks: [CaseClock]
    var channel: ChannelRecord?

    var dueAt: Date { clocks.first?.dueAt ?? .distantFuture }

    func isBreached(at now: Date) -> Bool { clocks.contains { $0.status(at: now) == .breached } }
}

struct DeadlineListing: Sendable {
    var rows: [DutyRow]
    /// Under the filter, on all pages.
    var total: Int
    var breached: Int
    var page: Int
    var hasMore: Bool
    /// Whether all open cases could be looked at.
    var isComplete: Bool
}

/// One case's clocks, loop and duty.
struct ClockedCase: Sendable {
    var entry: OpenCase
    var escalations: [(at: Date, escalation: Escalation)]
    var grid: GridTree.Node?
    var duty: DutyRoster.Duty?
    /// Of the city's case system.
    var answers: [CityAnswer]

    /// What the city's case system can have done next.
    var nextAnswer: CityAnswer.Step? { entry.record.state == .handedOver ? CityAnswer.next(after: answers) : nil }
}

struct GridListing: Sendable {
    struct Count: Sendable {
        var open = 0
        var breached = 0
        var channels = 0
    }

    var tree: GridTree
    /// By code, each with all that lies below it.
    var counts: [String: Count]
    /// On duty now, by code.
    var people: [String: [DutyRoster.Person]]
    /// The whole roster, by id.
    var entries: [String: RosterDocument]
    var withoutGrid: [ChannelRecord]
    var unknown: [(channelID: String, grid: String)]
    var isComplete: Bool
    var warning: BilingualText?
}

struct ReferralFilter: Sendable, Hashable {
    enum Status: String, Sendable, CaseIterable {
        /// Somebody still has to do something.
        case open
        case returned, done, all

        func holds(_ referral: Referral) -> Bool {
            switch self {
            case .open: referral.isOpen && referral.status != .returned
            case .returned: referral.status == .returned
            case .done: !referral.isOpen
            case .all: true
            }
        }
    }

    var body: String?
    var status = Status.open

    func href() -> String {
        let items: [(String, String?)] = [("body", body), ("status", status == .open ? nil : status.rawValue)]
        let query = items.compactMap { name, value in value.map { "\(name)=\(FormFields.encode($0))" } }.joined(separator: "&")
        return "/referrals" + (query.isEmpty ? "" : "?" + query)
    }
}

struct ReferralRow: Sendable {
    var entry: OpenCase
    var referral: Referral
    var channel: ChannelRecord?
    /// The one that runs; nil where nothing is waited for.
    var clock: CaseClock?
}

struct ReferralListing: Sendable {
    /// Newest first.
    var rows: [ReferralRow]
    /// Open referrals and copies by body, whatever the filter.
    var counts: [String: Int]
    var isComplete: Bool
}
