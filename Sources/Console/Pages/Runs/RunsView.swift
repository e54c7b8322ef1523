import Casework
import Foundation
import Pipeline

struct RunsView: Sendable {
    let t: Wording
    let frame: PageFrame
    let failure: String?
    let summary: String
    let hasActive: Bool
    let mayStart: Bool
    let isUnavailable: Bool
    let isUnconfigured: Bool
    let isEmpty: Bool
    let hasDone: Bool
    let runs: [RunRowView]

    init(_ model: RunsPage, _ context: PageContext) {
        let t = Wording(language: context.language)
        self.t = t
        frame = PageFrame(context, page: "runs", title: t[.runs], scripts: ["runs.js"], place: "/runs")
        failure = model.failure
        let all = model.runs ?? []
        let active = all.count { $0.progress?.state == .running || $0.progress?.state == .waiting }
        summary = active > 0 ? t.text(.runsUnderWay, ["n": String(active)]) : t[.runsAbout]
        hasActive = active > 0 || all.contains { $0.isChanging }
        isUnavailable = model.runs == nil
        isUnconfigured = !isUnavailable && !model.isConfigured && all.isEmpty
        mayStart = !isUnavailable && model.isConfigured && (context.viewer?.mayEditChannels ?? false)
        hasDone = all.contains { $0.progress?.state == .done }
        isEmpty = !isUnavailable && !isUnconfigured && all.isEmpty
        runs = all.map { RunRowView($0, userName: model.userNames[$0.record.createdBy] ?? $0.record.createdBy, t, context) }
    }
}

/// One run of the list; its members have names of their own, as nil would be looked for in the page around it.
struct RunRowView: Sendable {
    struct ProblemView: Sendable {
        let file: String
        let problemReason: String
        let loss: String
    }

    let runID: String
    let runHref: String
    let runName: String
    let stateClass: String
    let stateName: String
    let isActive: Bool
    let madeBy: String
    let footageText: String
    let spanText: String?
    let rulesText: String
    let hasBar: Bool
    let part: String
    let percent: String
    let facts: [String]
    let foundText: String?
    let isOpenable: Bool
    let failureText: String?
    let problems: [ProblemView]
    let hasProblems: Bool
    let problemsText: String
    let canPause: Bool
    let canResume: Bool
    let canCancel: Bool
    let hasActions: Bool
    let wishAction: String

    init(_ run: RunSummary, userName: String, _ t: Wording, _ context: PageContext) {
        let record = run.record
        let progress = run.progress
        let state = progress?.state ?? .waiting
        runID = record.id
        runHref = "/runs/\(record.id)"
        runName = record.name
        stateClass = state.rawValue
        stateName = t[Self.phrase(state, run)]
        isActive = state == .running || state == .waiting || run.isChanging
        madeBy = t.text(.runBy, ["name": userName, "time": t.moment(record.createdAt, now: context.now, timeZone: context.timeZone)])
        footageText = t.text(
            .runFootage,
            [
                "channels": String(record.channels.count), "files": String(run.files), "footage": t.duration(seconds: run.footageSeconds),
            ])
        spanText = run.span.map { t.span($0, timeZone: context.timeZone) }
        rulesText =
            t.text(.runRules, ["version": record.ruleVersion])
            + (record.everyFrame ? " · " + t[.runEveryFrame] : "")
        let done = progress.map { $0.secondsTotal > 0 ? min(1, $0.secondsDone / $0.secondsTotal) : 0 } ?? 0
        hasBar = state == .running || state == .paused || state == .failed
        part = String(format: "%.4f", done)
        percent = t.percent((done * 1000).rounded(.down) / 1000)
        facts = Self.facts(run, progress, state, t)
        foundText = progress.flatMap { state == .waiting ? nil : t.text(.runFound, ["n": String($0.found)]) }
        isOpenable = state == .done
        failureText = state == .failed ? progress?.failure ?? "–" : nil
        problems = (progress?.problems ?? []).prefix(200).map {
            ProblemView(
                file: $0.path.split(separator: "/").suffix(2).joined(separator: "/"), problemReason: $0.reason,
                loss: t[$0.isLost ? .runLost : .runPartly])
        }
        hasProblems = !problems.isEmpty
        problemsText = t.text(.runProblems, ["n": String(progress?.problems.count ?? 0)])
        let may = context.viewer?.mayEditChannels ?? false
        let isSteady = !run.isChanging
        canPause = may && isSteady && (state == .running || state == .waiting)
        canResume = may && isSteady && (state == .paused || state == .failed)
        canCancel = may && run.wish != .cancel && [.running, .waiting, .paused, .failed].contains(state)
        hasActions = canPause || canResume || canCancel
        wishAction = "/runs/\(record.id)/wish"
    }

    private static func phrase(_ state: RunProgress.State, _ run: RunSummary) -> Phrase {
        if run.isChanging { return run.wish == .pause ? .runPausing : .runCancelling }
        return switch state {
        case .waiting: .runWaiting
        case .running: .runRunning
        case .paused: .runPaused
        case .cancelled: .runCancelled
        case .done: .runDone
        case .failed: .runFailed
        }
    }

    private static func facts(_ run: RunSummary, _ progress: RunProgress?, _ state: RunProgress.State, _ t: Wording) -> [String] {
        guard let progress else { return [] }
        var facts: [String] = []
        switch state {
        case .running:
            facts.append(t[run.record.everyFrame ? .runPassOnly : progress.pass == 1 ? .runPassKey : .runPassEvery])
            if progress.rate > 0 { facts.append(t.text(.runRate, ["n": t.number(progress.rate, digits: progress.rate < 10 ? 1 : 0)])) }
            if let left = progress.remainingSeconds { facts.append(t.text(.runRemaining, ["duration": t.duration(seconds: left)])) }
            if progress.candidates > 0 { facts.append(t.text(.runCandidates, ["n": String(progress.candidates)])) }
        case .done:
            if let begin = progress.startedAt {
                let elapsed = progress.updatedAt.timeIntervalSince(begin)
                facts.append(t.text(.runTook, ["duration": t.duration(seconds: elapsed)]))
                if elapsed > 1 { facts.append(t.text(.runRate, ["n": t.number(progress.secondsTotal / elapsed, digits: 0)])) }
            }
        default: break
        }
        return facts
    }
}
