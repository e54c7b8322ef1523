import Casework
import Foundation
import Pipeline

/// `/grid`: the tree of grids with what is open in each and who is on duty.
struct GridPage: Sendable {
    var listing: GridListing
    /// Whether the viewer may edit the roster.
    var mayEdit: Bool
}

struct GridView: Sendable {
    struct PersonView: Sendable {
        let personName: String
        let telephone: String
        let personUnit: String?
    }

    struct Entry: Sendable {
        let entryHref: String
        let entryName: String
        let entryHours: String
    }

    struct NodeView: Sendable {
        let nodeName: String
        let code: String
        let levelID: String
        let isPlaceholder: Bool
        let openText: String
        let isBreached: Bool
        let breachedText: String
        let listHref: String
        let cameraText: String
        let people: [PersonView]
        let entries: [Entry]
        let hasEntries: Bool
        let addHref: String?
        let children: [NodeView]
        let hasChildren: Bool
        /// The street and its sub-centres are open at first, and whatever has a breach.
        let isOpen: Bool
    }

    struct Unknown: Sendable {
        let channelHref: String
        let channelText: String
    }

    let t: Wording
    let frame: PageFrame
    let summary: String
    let warning: String?
    let incomplete: String?
    let placeholders: String?
    let nodes: [NodeView]
    let hasNodes: Bool
    let unknown: [Unknown]
    let hasUnknown: Bool
    let withoutGrid: [Unknown]
    let hasWithoutGrid: Bool

    init(_ model: GridPage, _ context: PageContext) {
        let t = Wording(language: context.language)
        let listing = model.listing
        self.t = t
        frame = PageFrame(context, page: "grid", title: t[.gridTitle], place: "/ledgers")
        let levels = GridTree.Level.allCases.map { level in "\(listing.tree.nodes.count { $0.level == level })" }
        summary = t.text(.gridSummary, ["levels": levels.joined(separator: " + "), "n": String(listing.people.count)])
        warning = listing.warning?.text(t.language)
        incomplete = listing.isComplete ? nil : t[.deadlinesIncomplete]
        let made = listing.tree.nodes.count { $0.placeholder == true }
        placeholders = made > 0 ? t.text(.gridPlaceholders, ["n": String(made)]) : nil
        let children = Dictionary(grouping: listing.tree.nodes) { $0.parent ?? "" }
        let entries = Dictionary(grouping: listing.entries.sorted { $0.key < $1.key }) { $0.value.grid }
        func view(_ node: GridTree.Node) -> NodeView {
            let count = listing.counts[node.code] ?? .init()
            var filter = DeadlineFilter()
            filter.grid = node.code
            let below = (children[node.code] ?? []).map(view)
            let own = (entries[node.code] ?? []).map { id, document in
                Entry(
                    entryHref: "/grid/roster/\(id)", entryName: document.name,
                    entryHours: document.weekly.map { RosterText.line($0, t) }.joined(separator: " · "))
            }
            return NodeView(
                nodeName: node.name.text(t.language), code: node.code, levelID: node.level.rawValue,
                isPlaceholder: node.placeholder == true, openText: t.text(.gridOpen, ["n": String(count.open)]),
                isBreached: count.breached > 0, breachedText: t.text(.gridBreached, ["n": String(count.breached)]), listHref: filter.href(),
                cameraText: t.text(.gridCameras, ["n": String(count.channels)]),
                people: (listing.people[node.code] ?? []).map {
                    PersonView(personName: $0.name, telephone: $0.telephone, personUnit: $0.unit.isEmpty ? nil : $0.unit)
                }, entries: own, hasEntries: !own.isEmpty,
                addHref: model.mayEdit ? "/grid/roster/new?grid=\(FormFields.encode(node.code))" : nil, children: below,
                hasChildren: !below.isEmpty, isOpen: node.level < .residential || count.breached > 0)
        }
        nodes = (children[""] ?? []).map(view)
        hasNodes = !nodes.isEmpty
        unknown = listing.unknown.map {
            Unknown(channelHref: "/channels/\($0.channelID)", channelText: "\($0.channelID): \($0.grid)")
        }
        hasUnknown = !unknown.isEmpty
        withoutGrid = listing.withoutGrid.map { Unknown(channelHref: "/channels/\($0.id)", channelText: $0.name) }
        hasWithoutGrid = !withoutGrid.isEmpty
    }
}
