import Casework
import Foundation

struct QueueView: Sendable {
    struct Choice: Sendable {
        var id = ""
        var stateID: String?
        let label: String
        var href = ""
        let isCurrent: Bool
        var count: String?
    }

    struct Link: Sendable {
        let href: String
        let label: String
    }

    let t: Wording
    let frame: PageFrame
    let summary: String
    let states: [Choice]
    let violations: [Choice]
    let channels: [Choice]
    /// What the channel's form hands on of the filter.
    let kept: [LabelledText]
    let rows: [CaseRowView]
    let hasRows: Bool
    let isLive: Bool
    let queueFilter: String
    let filterViolation: String
    let filterChannel: String
    let emptyTitle: String
    let emptyText: String
    let emptyLink: Link?
    let moreHref: String?

    init(_ model: QueuePage, _ context: PageContext) {
        let t = Wording(language: context.language)
        let filter = model.filter
        self.t = t
        frame = PageFrame(context, page: "queue", title: t[.caseQueue], scripts: ["queue.js"], place: "/queue")
        func count(_ state: CaseState) -> Int {
            let states = state == .candidate ? CaseState.waiting : [state]
            return states.reduce(0) { $0 + (model.counts.byState[$1.rawValue] ?? 0) }
        }
        summary = t.text(
            .queueSummary,
            ["seeing": String(model.seeingChannelCount), "channels": String(model.channelCount)])
        states =
            Self.tabs(model, count).map { state in
                Choice(
                    stateID: state.rawValue, label: state.name.text(t.language),
                    href: "/queue" + filter.with(state: state).query(), isCurrent: filter.state == state,
                    count: String(count(state)))
            } + [
                Choice(
                    stateID: "all", label: t[.stateAll], href: "/queue" + filter.with(state: nil).query(),
                    isCurrent: filter.state == nil,
                    count: String(model.counts.byState.values.reduce(0, +)))
            ]
        violations = Self.violations(model, t)
        channels = model.channels.map {
            Choice(id: $0.id, label: $0.name.isEmpty ? $0.id : $0.name, isCurrent: $0.id == filter.channel)
        }
        let state = filter.state == .candidate ? nil : filter.state?.rawValue ?? "all"
        kept = [("state", state), ("violation", filter.violation)].compactMap { name, value in
            value.map { LabelledText(key: name, label: "", text: $0) }
        }
        rows = model.rows.map { CaseRowView($0, context) }
        hasRows = !model.rows.isEmpty
        isLive = model.isFirstPage && (filter.state == .candidate || filter.state == nil)
        queueFilter = filter.query()
        filterViolation = filter.violation ?? ""
        filterChannel = filter.channel ?? ""
        (emptyTitle, emptyText, emptyLink) = Self.empty(model, context, t)
        moreHref = model.next.map { "/queue" + filter.query(after: $0) }
    }

    /// What people look for every day, and whatever else holds a case.
    private static func tabs(_ model: QueuePage, _ count: (CaseState) -> Int) -> [CaseState] {
        let daily: Set<CaseState> = [.candidate, .confirmed, .awaitingCorrection, .recheckDue]
        return CaseState.allCases.filter {
            $0 != .screened && (daily.contains($0) || count($0) > 0 || $0 == model.filter.state)
        }
    }

    /// The types that wait, by urgency, and the chosen one in any case.
    private static func violations(_ model: QueuePage, _ t: Wording) -> [Choice] {
        let waiting = model.counts.candidatesByViolation
        let countsShown = model.filter.state == .candidate
        let named = model.catalogue.violations
            .filter { (waiting[$0.id] ?? 0) > 0 || !countsShown || $0.id == model.filter.violation }
            .sorted { ($0.urgency, $0.id) < ($1.urgency, $1.id) }
        let all = Choice(
            label: t[.allViolations], href: "/queue" + model.filter.with(violation: nil).query(),
            isCurrent: model.filter.violation == nil)
        return [all]
            + named.map { entry in
                Choice(
                    id: entry.id, label: entry.name.text(t.language),
                    href: "/queue" + model.filter.with(violation: entry.id).query(),
                    isCurrent: entry.id == model.filter.violation,
                    count: countsShown ? String(waiting[entry.id] ?? 0) : nil)
            }
    }

    /// Title, text and link of what is shown in place of no cases.
    private static func empty(_ model: QueuePage, _ context: PageContext, _ t: Wording) -> (String, String, Link?) {
        let toChannels = Link(href: "/channels", label: t[.seeChannels])
        if model.filter != QueueFilter() {
            return (t[.emptyFilterTitle], t[.emptyFilterText], Link(href: "/queue", label: t[.emptyFilterLink]))
        }
        if model.channelCount == 0 {
            let mayEdit = context.viewer?.mayEditChannels ?? false
            return (
                t[.emptyNoChannelsTitle], t[.emptyNoChannelsText],
                mayEdit ? Link(href: "/channels/add", label: t[.addFirstChannel]) : nil
            )
        }
        if model.seeingChannelCount == 0 {
            return (
                t[.emptyBlindTitle], t.text(.emptyBlindText, ["channels": String(model.channelCount)]), toChannels
            )
        }
        return (
            t[.emptyAllClearTitle], t.text(.emptyAllClearText, ["seeing": String(model.seeingChannelCount)]), toChannels
        )
    }
}

extension QueueFilter {
    func with(state: CaseState?) -> QueueFilter { QueueFilter(state: state, violation: violation, channel: channel) }
    func with(violation: String?) -> QueueFilter { QueueFilter(state: state, violation: violation, channel: channel) }
}
