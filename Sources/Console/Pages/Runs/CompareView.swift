import Casework
import Foundation

struct CompareView: Sendable {
    struct Option: Sendable {
        let id: String
        let label: String
        let isCurrent: Bool
    }

    /// One change with how many there are: a tile and a tab.
    struct Count: Sendable {
        let change: String
        let label: String
        let about: String
        let count: String
        let href: String
        let isCurrent: Bool
    }

    struct Figure: Sendable {
        let label: String
        let text: String
        let about: String
        let kind: String
    }

    struct Pair: Sendable {
        let change: String
        let label: String
        let about: String?
        let partOf: Bool
        let before: [FindingCardView]
        let after: [FindingCardView]
        let hasBefore: Bool
        let hasAfter: Bool
        let absentText: String
    }

    struct ApprovalView: Sendable {
        let channelID: String
        let channelName: String
        let about: String
        let hindrance: String?
        let mayApprove: Bool
    }

    let t: Wording
    let frame: PageFrame
    let failure: FailureView?
    let approvedText: String?
    let approvedHref: String
    let beforeOptions: [Option]
    let afterOptions: [Option]
    let hasRuns: Bool
    let isChosen: Bool
    let beforeName: String
    let beforeHref: String?
    let afterName: String
    let afterHref: String
    let toleranceText: String
    let counts: [Count]
    let figures: [Figure]
    let hasFigures: Bool
    let bars: ChangeBars?
    let choices: FindingChoices?
    let pairs: [Pair]
    let hasPairs: Bool
    let isSame: Bool
    let moreHref: String?
    let earlierHref: String?
    let csvHref: String
    let jsonHref: String
    let approvals: [ApprovalView]
    let hasApprovals: Bool
    let approvalsOpen: Bool
    let approvalCount: String
    let compared: [LabelledText]

    init(_ model: ComparePage, _ context: PageContext) {
        let t = Wording(language: context.language)
        let naming = FindingNaming(catalogue: model.catalogue, channels: model.channels, language: context.language)
        self.t = t
        frame = PageFrame(context, page: "compare", title: t[.compareRuns], place: "/runs")
        failure = model.failure.map { FailureView($0, t) }
        approvedText = model.approved.map {
            t.text(.zonesApproved, ["channel": naming.channel($0.channelID), "n": String($0.version)])
        }
        approvedHref = model.approved.map { "/channels/\($0.channelID)/zones" } ?? ""
        func options(_ chosen: String?) -> [Option] {
            model.runs.map { run in
                let time = t.moment(run.createdAt, now: context.now, timeZone: context.timeZone)
                return Option(id: run.id, label: "\(run.name.isEmpty ? run.id : run.name) · \(time)", isCurrent: run.id == chosen)
            }
        }
        beforeOptions =
            [Option(id: "decided", label: t[.officersDecisions], isCurrent: model.isDecided)]
            + options(model.isDecided ? nil : model.beforeID)
        afterOptions = options(model.afterID)
        hasRuns = !model.runs.isEmpty
        let comparison = model.comparison
        isChosen = comparison != nil
        func name(_ side: RunComparison.Side?) -> String {
            guard let side else { return "" }
            return side.runID == nil ? t[.officersDecisions] : side.name.isEmpty ? side.runID ?? "" : side.name
        }
        beforeName = name(comparison?.before)
        beforeHref = comparison?.before.runID.map { "/runs/\($0)" }
        afterName = name(comparison?.after)
        afterHref = comparison?.after.runID.map { "/runs/\($0)" } ?? ""
        toleranceText =
            comparison.map {
                t.text(
                    .comparedHow,
                    ["moved": t.number($0.tolerance.movedSeconds, digits: 1), "clock": t.number($0.tolerance.clockSeconds, digits: 1)])
            } ?? ""
        let path = "/runs/compare"
        counts = RunComparison.Change.allCases.map { change in
            Count(
                change: change.rawValue, label: t[change.phrase(model.isDecided)], about: t[change.about(model.isDecided)],
                count: String(comparison?.total[change] ?? 0),
                href: path + model.filter.with { _ in }.query(model.items + [("show", change.rawValue)]), isCurrent: change == model.change)
        }
        figures = comparison?.score.map { Self.figures($0, t) } ?? []
        hasFigures = !figures.isEmpty
        bars = comparison.map { ChangeBars($0, naming, t, isDecided: model.isDecided) }
        let shownItems = model.items + [("show", model.change.rawValue)]
        choices = comparison.map { comparison in
            FindingChoices(
                comparison.entries.filter { $0.change == model.change }.compactMap { entry in
                    entry.subject.map { ($0.violation, $0.channelID, entry.hour) }
                }, model.filter, path: path, more: shownItems, naming, t)
        }
        pairs = model.entries.map { Self.pair($0, model, naming, context, t) }
        hasPairs = !pairs.isEmpty
        isSame = comparison.map { $0.total.all > 0 && $0.total.all == $0.total.kept + $0.total.uncovered } ?? false
        let (filter, all) = (model.filter, model.matching.count)
        moreHref =
            (filter.page + 1) * FindingFilter.pageSize < all
            ? path + filter.with { $0.page = filter.page + 1 }.query(shownItems) : nil
        earlierHref = filter.page > 0 ? path + filter.with { $0.page = filter.page - 1 }.query(shownItems) : nil
        let query = FindingFilter().query(model.items)
        csvHref = "/api/v1/runs/compare.csv" + query
        jsonHref = "/api/v1/runs/compare" + query
        approvals = model.approvable.map { entry in
            ApprovalView(
                channelID: entry.channelID, channelName: entry.channelName,
                about: entry.zonesVersion > 0 ? t.text(.zonesVersion, ["n": String(entry.zonesVersion)]) : t[.zonesNone],
                hindrance: entry.hindrance?.message.text(context.language), mayApprove: model.mayApprove && entry.hindrance == nil)
        }
        hasApprovals = !approvals.isEmpty && comparison != nil
        // Ninety forms would hide what they are about.
        approvalsOpen = approvals.count <= 2 || model.failure != nil
        approvalCount = String(approvals.count)
        compared = model.items.filter { $0.name != "after" }.map { LabelledText(key: $0.name, label: "", text: $0.value) }
    }

    private static func pair(
        _ entry: RunComparison.Entry, _ model: ComparePage, _ naming: FindingNaming, _ context: PageContext, _ t: Wording
    ) -> Pair {
        func card(_ finding: ComparedFinding, _ runID: String?, isAfter: Bool) -> FindingCardView {
            FindingCardView(
                finding, runID: runID, match: isAfter ? model.cases[finding.id] : nil, mayPromote: isAfter && model.mayPromote,
                naming: naming, context)
        }
        let before = entry.before.map { [card($0, model.comparison?.before.runID, isAfter: false)] } ?? []
        let after = entry.after.map { [card($0, model.comparison?.after.runID, isAfter: true)] } ?? []
        var about: String?
        if let difference = entry.differenceS, entry.change == .moved {
            about = t.text(.movedBy, ["duration": t.duration(seconds: difference)])
        }
        return Pair(
            change: entry.change.rawValue, label: t[entry.change.phrase(model.isDecided)], about: about, partOf: entry.partOf != nil,
            before: before, after: after, hasBefore: !before.isEmpty, hasAfter: !after.isEmpty,
            absentText: t[entry.change == .uncovered ? .notInFootage : .notFoundThere])
    }

    private static func figures(_ score: DecisionScore, _ t: Wording) -> [Figure] {
        func part(_ value: Double?) -> String { value.map { t.percent($0) } ?? "–" }
        return [
            Figure(
                label: t[.recallLabel], text: part(score.recall),
                about: t.text(.recallAbout, ["n": String(score.trueFound), "all": String(score.trueFound + score.trueLost)]), kind: "good"),
            Figure(
                label: t[.precisionLabel], text: part(score.precision),
                about: t.text(.precisionAbout, ["n": String(score.trueFound), "all": String(score.trueFound + score.falseFound)]),
                kind: "good"),
            Figure(label: t[.falseAvoided], text: String(score.falseAvoided), about: t[.falseAvoidedAbout], kind: "good"),
            Figure(label: t[.falseAgain], text: String(score.falseFound), about: t[.falseAgainAbout], kind: "bad"),
            Figure(label: t[.trueLost], text: String(score.trueLost), about: t[.trueLostAbout], kind: "bad"),
            Figure(label: t[.unjudged], text: String(score.unjudged), about: t[.unjudgedAbout], kind: "plain"),
            Figure(label: t[.undecided], text: String(score.undecided), about: t[.undecidedAbout], kind: "plain"),
            Figure(label: t[.notCovered], text: String(score.notCovered), about: t[.notCoveredAbout], kind: "plain"),
        ]
    }
}

extension RunComparison.Change {
    func phrase(_ isDecided: Bool) -> Phrase {
        switch self {
        case .lost: .changeLost
        case .gained: isDecided ? .changeNew : .changeGained
        case .renamed: .changeRenamed
        case .moved: .changeMoved
        case .kept: .changeKept
        case .uncovered: .changeUncovered
        }
    }

    func about(_ isDecided: Bool) -> Phrase {
        switch self {
        case .lost: isDecided ? .changeLostCaseAbout : .changeLostAbout
        case .gained: isDecided ? .changeNewAbout : .changeGainedAbout
        case .renamed: .changeRenamedAbout
        case .moved: .changeMovedAbout
        case .kept: .changeKeptAbout
        case .uncovered: .changeUncoveredAbout
        }
    }
}
