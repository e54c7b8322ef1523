import Casework
import Foundation

struct FaultsView: Sendable {
    struct Choice: Sendable {
        var id = ""
        let label: String
        var href = ""
        let isCurrent: Bool
    }

    let t: Wording
    let frame: PageFrame
    let summary: String
    let failure: String?
    let standings: [Choice]
    let kinds: [Choice]
    let channels: [Choice]
    /// What the channel's form hands on of the filter.
    let kept: [LabelledText]
    let faults: [FaultRowView]
    let hasFaults: Bool
    let isFiltered: Bool
    let emptyTitle: String
    let emptyText: String
    let moreHref: String?

    init(_ model: FaultsPage, _ context: PageContext) {
        let t = Wording(language: context.language)
        let filter = model.filter
        self.t = t
        frame = PageFrame(context, page: "faults", title: t[.faults], scripts: ["renew.js"], place: "/faults")
        summary = t.text(.faultsSummary, ["n": String(model.openCount)])
        failure = model.failure
        standings = [(.all, .stateAll), (.open, .faultsOpen), (.closed, .faultsClosed)].map {
            (standing: FaultFilter.Standing, phrase: Phrase) in
            Choice(
                label: t[phrase], href: FaultFilter(standing: standing, kind: filter.kind, channelID: filter.channelID).href(),
                isCurrent: filter.standing == standing)
        }
        func kind(_ kind: FaultKind?) -> Choice {
            Choice(
                label: t[kind?.phrase ?? .allKinds],
                href: FaultFilter(standing: filter.standing, kind: kind, channelID: filter.channelID).href(),
                isCurrent: filter.kind == kind)
        }
        kinds = [kind(nil)] + FaultKind.allCases.map { kind($0) }
        channels = model.channels.map {
            Choice(id: $0.id, label: $0.name.isEmpty ? $0.id : $0.name, isCurrent: $0.id == filter.channelID)
        }
        kept = [("state", filter.standing == .all ? nil : filter.standing.rawValue), ("kind", filter.kind?.rawValue)].compactMap {
            (name: String, value: String?) in value.map { LabelledText(key: name, label: "", text: $0) }
        }
        faults = model.faults.map { FaultRowView($0, t, context) }
        hasFaults = !faults.isEmpty
        isFiltered = filter != FaultFilter()
        emptyTitle = t[isFiltered ? .noFaultsMatch : .noOpenFaultsTitle]
        emptyText = t[isFiltered ? .noFaultsMatchText : .noOpenFaultsText]
        moreHref = model.hasMore ? model.faults.last.map { filter.href(before: t.iso($0.fault.startedAt)) } : nil
    }
}

extension FaultFilter {
    /// The page's address with what differs from the default.
    func href(before: String? = nil) -> String {
        let items: [(String, String?)] = [
            ("state", standing == .all ? nil : standing.rawValue), ("kind", kind?.rawValue), ("channel", channelID), ("before", before),
        ]
        let query = items.compactMap { name, value in value.map { "\(name)=\(FormFields.encode($0))" } }.joined(separator: "&")
        return "/faults" + (query.isEmpty ? "" : "?" + query)
    }
}
