import Casework
import Foundation
import Pipeline

/// `/referrals`: what other bodies have in their queues.
struct ReferralsPage: Sendable {
    /// The largest page; an export has all.
    static let rowLimit = 200

    var listing: ReferralListing
    var filter: ReferralFilter
    var settings: DutySettings
    var catalogue: ViolationCatalogue
    /// Why a step was not taken.
    var failure: String?
}

struct ReferralsView: Sendable {
    struct Choice: Sendable {
        let label: String
        let href: String
        let count: String?
        let isCurrent: Bool
    }

    struct Row: Sendable {
        let entry: DutyCaseView
        let referral: ReferralView
        let clock: ClockView?
        let article: String?
        /// Where an officer takes a returned case up again.
        let reopenHref: String?
    }

    let t: Wording
    let frame: PageFrame
    let summary: String
    let failure: String?
    let incomplete: String?
    let bodies: [Choice]
    let statuses: [Choice]
    let rows: [Row]
    let hasRows: Bool
    let left: String?
    let csvHref: String
    let jsonHref: String

    init(_ model: ReferralsPage, _ context: PageContext) {
        let t = Wording(language: context.language)
        let (filter, listing) = (model.filter, model.listing)
        self.t = t
        frame = PageFrame(context, page: "referrals", title: t[.referrals], place: "/ledgers")
        summary = t.text(.referralsSummary, ["n": String(listing.counts.values.reduce(0, +))])
        failure = model.failure
        incomplete = listing.isComplete ? nil : t[.deadlinesIncomplete]
        func body(_ id: String?, _ name: String, _ count: Int?) -> Choice {
            Choice(
                label: name, href: ReferralFilter(body: id, status: filter.status).href(),
                count: count.flatMap { $0 > 0 ? String($0) : nil }, isCurrent: filter.body == id)
        }
        bodies =
            [body(nil, t[.allBodies], nil)]
            + model.catalogue.bodies.filter { $0.id != RoutingTable.ownBody }.map {
                body($0.id, $0.name.text(t.language), listing.counts[$0.id] ?? 0)
            }
        statuses = ReferralFilter.Status.allCases.map {
            Choice(
                label: t[$0.phrase], href: ReferralFilter(body: filter.body, status: $0).href(), count: nil, isCurrent: filter.status == $0)
        }
        rows = listing.rows.prefix(ReferralsPage.rowLimit).map { row in
            let route = model.settings.routing.route(row.entry.record.incident.violation)
            let article = route.flatMap { route in
                route.primary.body == row.referral.body
                    ? route.primary.article : route.copies.first { $0.body == row.referral.body }?.article
            }
            return Row(
                entry: DutyCaseView(row.entry, channel: row.channel, model.settings.grid, model.catalogue, t),
                referral: ReferralView(
                    row.referral, caseID: row.entry.record.id, model.catalogue, mayMark: context.viewer?.mayDecide ?? false,
                    back: filter.href(), t, context),
                clock: row.clock.map { ClockView($0, model.settings, model.catalogue, t, context) }, article: article,
                reopenHref: row.referral.status == .returned ? "/cases/\(row.entry.record.id)" : nil)
        }
        hasRows = !rows.isEmpty
        let more = listing.rows.count - rows.count
        left = more > 0 ? t.text(.andMore, ["n": String(more)]) : nil
        let query = [filter.body.map { "body=\(FormFields.encode($0))" }, "status=\(filter.status.rawValue)"].compactMap { $0 }
            .joined(separator: "&")
        csvHref = "/api/v1/referrals?\(query)&format=csv"
        jsonHref = "/api/v1/referrals?\(query)"
    }
}

extension ReferralFilter.Status {
    var phrase: Phrase {
        switch self {
        case .open: .referralsOpen
        case .returned: .referralsReturned
        case .done: .referralsDone
        case .all: .stateAll
        }
    }
}
