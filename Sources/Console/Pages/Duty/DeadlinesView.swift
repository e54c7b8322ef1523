import Casework
import Foundation
import Pipeline

/// `/deadlines`: what runs out next, and what has run out.
struct DeadlinesPage: Sendable {
    var listing: DeadlineListing
    var filter: DeadlineFilter
    var settings: DutySettings
    var catalogue: ViolationCatalogue
}

struct DeadlinesView: Sendable {
    struct Choice: Sendable {
        var choiceID = ""
        let label: String
        var href = ""
        let isCurrent: Bool
    }

    struct Row: Sendable {
        let entry: DutyCaseView
        let clocks: [ClockView]
    }

    let t: Wording
    let frame: PageFrame
    let summary: String
    let incomplete: String?
    let warning: String?
    let standings: [Choice]
    let clockKinds: [Choice]
    let grids: [Choice]
    let bodies: [Choice]
    let kept: [LabelledText]
    let rows: [Row]
    let hasRows: Bool
    let previousHref: String?
    let nextHref: String?

    init(_ model: DeadlinesPage, _ context: PageContext) {
        let t = Wording(language: context.language)
        let (filter, settings, listing) = (model.filter, model.settings, model.listing)
        self.t = t
        frame = PageFrame(context, page: "deadlines", title: t[.deadlines], scripts: ["renew.js"], place: "/ledgers")
        summary = t.text(.deadlinesSummary, ["n": String(listing.total), "breached": String(listing.breached)])
        incomplete = listing.isComplete ? nil : t[.deadlinesIncomplete]
        warning = settings.calendar.warning(at: context.now)?.text(t.language)
        standings = [false, true].map { isBreached in
            var other = filter
            other.isBreached = isBreached
            return Choice(label: t[isBreached ? .clockBreached : .stateAll], href: other.href(), isCurrent: filter.isBreached == isBreached)
        }
        clockKinds = ([nil] + CaseClock.Kind.allCases).map { (kind: CaseClock.Kind?) in
            var other = filter
            other.clock = kind
            return Choice(label: kind?.name.text(t.language) ?? t[.allClocks], href: other.href(), isCurrent: filter.clock == kind)
        }
        grids = settings.grid.nodes.filter { $0.level != .micro }.map {
            Choice(choiceID: $0.code, label: GridLabel.text($0, t), isCurrent: $0.code == filter.grid)
        }
        bodies = model.catalogue.bodies.map {
            Choice(choiceID: $0.id, label: $0.name.text(t.language), isCurrent: $0.id == filter.body)
        }
        kept = [("clock", filter.clock?.rawValue), ("breached", filter.isBreached ? "1" : nil)].compactMap {
            (name: String, value: String?) in value.map { LabelledText(key: name, label: "", text: $0) }
        }
        rows = listing.rows.map { row in
            Row(
                entry: DutyCaseView(row.entry, channel: row.channel, settings.grid, model.catalogue, t),
                clocks: row.clocks.map { ClockView($0, settings, model.catalogue, t, context) })
        }
        hasRows = !rows.isEmpty
        previousHref = listing.page > 1 ? filter.href(page: listing.page - 1) : nil
        nextHref = listing.hasMore ? filter.href(page: listing.page + 1) : nil
    }
}

/// A grid in a list to choose from, set in by its level.
enum GridLabel {
    static func text(_ node: GridTree.Node, _ t: Wording) -> String {
        let depth = GridTree.Level.allCases.firstIndex(of: node.level) ?? 0
        return String(repeating: "　", count: depth) + node.name.text(t.language) + " (\(node.code))"
    }
}
