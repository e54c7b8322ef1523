import Casework
import Foundation
import Pipeline

/// A clock as the API shows it.
struct ClockAnswer: Encodable {
    var kind: CaseClock.Kind
    var rule: String?
    var name: BilingualText
    /// Law and article, or whose number it is.
    var source: String?
    var body: String?
    var unit: DeadlineAmount.Unit
    var startedAt: Date
    var startedBy: String
    var dueAt: Date
    var stoppedAt: Date?
    var stoppedBy: String?
    var status: CaseClock.Status
    /// In working time for working hours, else by the clock; negative once it is over; nil once it has stopped.
    var leftSeconds: Double?

    init(_ clock: CaseClock, _ desk: DutyDesk, at now: Date) {
        let found = clock.rule.flatMap { desk.settings.rules.rule(id: $0) }
        kind = clock.kind
        rule = clock.rule
        name = found?.name ?? clock.kind.name
        source = found?.source
        body = clock.body
        unit = clock.unit
        startedAt = clock.startedAt
        startedBy = clock.startedBy
        dueAt = clock.dueAt
        stoppedAt = clock.stoppedAt
        stoppedBy = clock.stoppedBy
        status = clock.status(at: now)
        leftSeconds = clock.isRunning ? clock.left(at: now, in: desk.settings.calendar).rounded() : nil
    }
}

struct DeadlinesAnswer: Encodable {
    struct Case: Encodable {
        var id: String
        var violation: String
        var channelID: String
        var grid: String
        var state: CaseState
        var level: LoopLevel
        /// Those that run, the nearest first.
        var clocks: [ClockAnswer]
    }

    var cases: [Case]
    /// On all pages.
    var total: Int
    var breached: Int
    var page: Int
    var hasMore: Bool
    /// False where more cases are open than could be looked at.
    var isComplete: Bool

    init(_ listing: DeadlineListing, _ desk: DutyDesk) {
        let now = desk.now()
        cases = listing.rows.map { row in
            Case(
                id: row.entry.record.id, violation: row.entry.record.incident.violation, channelID: row.entry.record.incident.channelID,
                grid: row.channel?.grid ?? "", state: row.entry.record.state, level: row.entry.level,
                clocks: row.clocks.map { ClockAnswer($0, desk, at: now) })
        }
        total = listing.total
        breached = listing.breached
        page = listing.page
        hasMore = listing.hasMore
        isComplete = listing.isComplete
    }
}

struct CaseClocksAnswer: Encodable {
    struct Escalated: Encodable {
        var at: Date
        var level: LoopLevel
        var clock: CaseClock.Kind?
        var dueAt: Date?
        var grid: String?
        var to: [String]
    }

    var level: LoopLevel
    var clocks: [ClockAnswer]
    var referrals: [Referral]
    var escalations: [Escalated]

    init(_ duty: ClockedCase, _ desk: DutyDesk) {
        let now = desk.now()
        level = duty.entry.level
        clocks = duty.entry.clocks.map { ClockAnswer($0, desk, at: now) }
        referrals = duty.entry.referrals
        escalations = duty.escalations.map {
            Escalated(
                at: $0.at, level: $0.escalation.level, clock: $0.escalation.clock, dueAt: $0.escalation.dueAt, grid: $0.escalation.grid,
                to: $0.escalation.to)
        }
    }
}

struct GridAnswer: Encodable {
    struct Person: Encodable {
        var name: String
        var unit: String
        var telephone: String
    }

    struct Node: Encodable {
        var code: String
        var level: GridTree.Level
        var name: BilingualText
        var parent: String?
        var isPlaceholder: Bool
        /// With all that lies below.
        var open: Int
        var breached: Int
        var channels: Int
        var onDuty: [Person]
    }

    struct Unknown: Encodable {
        var channelID: String
        var grid: String
    }

    var nodes: [Node]
    var channelsWithoutGrid: [String]
    var unknownGrids: [Unknown]
    var isComplete: Bool

    init(_ listing: GridListing, _ desk: DutyDesk) {
        nodes = listing.tree.nodes.map { node in
            let count = listing.counts[node.code] ?? .init()
            return Node(
                code: node.code, level: node.level, name: node.name, parent: node.parent, isPlaceholder: node.placeholder ?? false,
                open: count.open, breached: count.breached, channels: count.channels,
                onDuty: (listing.people[node.code] ?? []).map { Person(name: $0.name, unit: $0.unit, telephone: $0.telephone) })
        }
        channelsWithoutGrid = listing.withoutGrid.map(\.id)
        unknownGrids = listing.unknown.map { Unknown(channelID: $0.channelID, grid: $0.grid) }
        isComplete = listing.isComplete
    }
}

struct ReferralsAnswer: Encodable {
    struct Item: Encodable {
        var caseID: String
        var violation: String
        var channelID: String
        var place: String
        var grid: String
        var referral: Referral
        var article: String?
        var dueAt: Date?
    }

    var referrals: [Item]
    /// Open ones by body, whatever was asked for.
    var openByBody: [String: Int]
    var isComplete: Bool

    init(_ listing: ReferralListing, _ desk: DutyDesk) {
        referrals = listing.rows.map { row in
            let violation = row.entry.record.incident.violation
            let route = desk.settings.routing.route(violation)
            let article =
                route?.primary.body == row.referral.body
                ? route?.primary.article : route?.copies.first { $0.body == row.referral.body }?.article
            return Item(
                caseID: row.entry.record.id, violation: violation, channelID: row.entry.record.incident.channelID,
                place: row.channel?.place ?? "", grid: row.channel?.grid ?? "", referral: row.referral, article: article,
                dueAt: row.clock?.dueAt)
        }
        openByBody = listing.counts
        isComplete = listing.isComplete
    }

    /// One line a referral.
    var csv: String {
        let head = [
            "case", "violation", "channel", "place", "grid", "body", "kind", "status", "at", "sent_at", "acknowledged_at", "ended_at",
            "due_at", "article", "text",
        ]
        let rows = referrals.map { item in
            let referral = item.referral
            func time(_ date: Date?) -> String { date.map(JSONAnswer.text(of:)) ?? "" }
            return [
                item.caseID, item.violation, item.channelID, item.place, item.grid, referral.body, referral.kind.rawValue,
                referral.status.rawValue, time(referral.at), time(referral.sentAt), time(referral.acknowledgedAt), time(referral.endedAt),
                time(item.dueAt), item.article ?? "", referral.text,
            ]
        }
        return CSVText.byteOrderMark + ([head] + rows).map(CSVText.line).joined()
    }
}
