import Casework
import Foundation

struct RunDetailView: Sendable {
    struct Input: Sendable {
        let path: String
        let channel: String
        let time: String
        let length: String
        let size: String
        let sha: String
        let shaShort: String
    }

    struct Note: Sendable {
        let path: String
        let reason: String
        let isLost: Bool
    }

    let t: Wording
    let frame: PageFrame
    let runName: String
    let stateName: String
    let state: String
    let isDone: Bool
    let summary: String
    let failure: FailureView?
    let compareDecided: String
    let compareRuns: [LabelledText]
    let hasCompareRuns: Bool
    let runID: String
    let facts: [LabelledText]
    let choices: FindingChoices
    let cards: [FindingCardView]
    let hasCards: Bool
    let hasFindings: Bool
    let findingsTitle: String
    let moreHref: String?
    let earlierHref: String?
    let inputsTitle: String
    let inputs: [Input]
    let inputsLeft: String?
    let gaps: [String]
    let hasGaps: Bool
    let gapsTitle: String
    let problems: [Note]
    let hasProblems: Bool

    /// The page stays light however long the archive; the API gives all.
    private static let inputLimit = 200

    init(_ model: RunDetailPage, _ context: PageContext) {
        let t = Wording(language: context.language)
        let record = model.run.record
        let naming = FindingNaming(catalogue: model.catalogue, channels: model.channels, language: context.language)
        self.t = t
        frame = PageFrame(context, page: "run", title: "\(record.name) · \(t[.runs])", place: "/runs")
        runName = record.name.isEmpty ? record.id : record.name
        runID = record.id
        let standing = model.run.findings != nil ? RunProgress.State.done : model.run.progress?.state ?? .waiting
        state = standing.rawValue
        stateName = t[standing.phrase]
        isDone = model.run.findings != nil
        failure = model.failure.map { FailureView($0, t) }
        let coverage = RunCoverage(record.inputs)
        let seconds = record.inputs.reduce(0) { $0 + ($1.seconds ?? 0) }
        summary = t.text(
            .runSummary,
            [
                "files": String(record.inputs.count), "channels": String(Set(record.inputs.map(\.channelID)).count),
                "time": t.duration(seconds: seconds), "n": String(model.run.findings?.count ?? 0),
            ])
        compareDecided = "/runs/compare?decided=1&after=\(record.id)"
        compareRuns = model.others.filter { $0.id != record.id }.map {
            LabelledText(
                key: $0.id, label: $0.name.isEmpty ? $0.id : $0.name,
                text: t.moment($0.createdAt, now: context.now, timeZone: context.timeZone))
        }
        hasCompareRuns = !compareRuns.isEmpty
        facts = Self.facts(model, context, t)

        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = context.timeZone
        let findings = (model.run.findings ?? []).map { ComparedFinding($0) }
        let hours = findings.map { finding in finding.confirmedAt.map { calendar.component(.hour, from: $0) } }
        choices = FindingChoices(
            zip(findings, hours).map { ($0.violation, $0.channelID, $1) }, model.filter, path: "/runs/\(record.id)", more: [], naming, t)
        let shown = zip(findings, hours).filter { model.filter.shows($0, hour: $1) }.map(\.0)
        let start = min(model.filter.page * FindingFilter.pageSize, shown.count)
        let page = shown[start..<min(start + FindingFilter.pageSize, shown.count)]
        cards = page.map {
            FindingCardView(
                $0, runID: record.id, match: model.cases[$0.id], mayPromote: model.mayPromote, naming: naming, context)
        }
        hasCards = !cards.isEmpty
        hasFindings = !findings.isEmpty
        findingsTitle = t.text(.findingsCount, ["n": String(shown.count)])
        let filter = model.filter
        moreHref = start + page.count < shown.count ? "/runs/\(record.id)" + filter.with { $0.page = filter.page + 1 }.query() : nil
        earlierHref = filter.page > 0 ? "/runs/\(record.id)" + filter.with { $0.page = filter.page - 1 }.query() : nil

        inputsTitle = t.text(.inputsCount, ["n": String(record.inputs.count)])
        inputs = record.inputs.prefix(Self.inputLimit).map { Self.input($0, naming, context, t) }
        inputsLeft = record.inputs.count > Self.inputLimit ? t.text(.andMore, ["n": String(record.inputs.count - Self.inputLimit)]) : nil
        let gaps = coverage.gaps
        self.gaps = gaps.prefix(Self.inputLimit).map { gap in
            t.text(
                .gapText,
                [
                    "channel": naming.channel(gap.channelID), "from": t.exact(gap.time.start, timeZone: context.timeZone),
                    "to": t.exact(gap.time.end, timeZone: context.timeZone), "duration": t.duration(seconds: gap.time.duration),
                ])
        }
        gapsTitle = t.text(.gapsCount, ["n": String(gaps.count)])
        hasGaps = !gaps.isEmpty
        problems = (model.run.progress?.problems ?? []).map { Note(path: $0.path, reason: $0.reason, isLost: $0.isLost) }
        hasProblems = !problems.isEmpty
    }

    private static func facts(_ model: RunDetailPage, _ context: PageContext, _ t: Wording) -> [LabelledText] {
        let record = model.run.record
        let zones = record.channels.map {
            "\($0.channelID): \($0.zonesVersion.map { t.text(.zonesVersion, ["n": String($0)]) } ?? t[.zonesOfFile])"
        }
        let author = model.author == "command line" ? t[.authorCommandLine] : model.author
        return [
            LabelledText(label: t[.runMadeBy], text: "\(author) · \(t.exact(record.createdAt, timeZone: context.timeZone))"),
            LabelledText(label: t[.rule], text: record.ruleVersion),
            LabelledText(label: t[.profilesHash], text: record.profilesSHA256),
            LabelledText(label: t[.zones], text: zones.prefix(12).joined(separator: "\n") + (zones.count > 12 ? " …" : "")),
            LabelledText(label: t[.runDepth], text: t[record.everyFrame ? .everyFrame : .keyFramesFirst]),
            LabelledText(label: t[.program], text: record.program), LabelledText(label: t[.runNumber], text: record.id),
        ]
    }

    private static func input(_ input: RunInput, _ naming: FindingNaming, _ context: PageContext, _ t: Wording) -> Input {
        Input(
            path: input.path, channel: naming.channel(input.channelID),
            time: (input.startsAt.map { t.exact($0, timeZone: context.timeZone) } ?? "–") + " · " + t.timeSource(input.timeSource),
            length: input.seconds.map { t.duration(seconds: $0) } ?? "–", size: t.size(bytes: input.bytes), sha: input.sha256 ?? "",
            shaShort: input.sha256.map { String($0.prefix(12)) } ?? "–")
    }
}

/// What was refused, with a link where one helps.
struct FailureView: Sendable {
    let text: String
    let href: String?

    init(_ refusal: Refusal, _ t: Wording) {
        text = refusal.message.text(t.language)
        href = refusal.link
    }
}

extension RunProgress.State {
    var phrase: Phrase {
        switch self {
        case .waiting: .runWaiting
        case .running: .runRunning
        case .paused: .runPaused
        case .cancelled: .runCancelled
        case .done: .runDone
        case .failed: .runFailed
        }
    }
}

extension Wording {
    /// Where the time of an archived file is from.
    func timeSource(_ source: String) -> String {
        switch source {
        case "pattern": self[.timeByPattern]
        case "sidecar": self[.timeBySidecar]
        case "container": self[.timeByContainer]
        case "burnt-in": self[.timeBurntIn]
        case "package": self[.timeByPackage]
        case "none": self[.timeUnknown]
        default: source
        }
    }
}
