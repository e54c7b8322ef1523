import ArgumentParser
import Casework
import Dispatch
import FFmpegIO
import Foundation
import Pipeline
import Synchronization
import Violations

struct TuneCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "tune",
        abstract: "Searches the numbers of one violation's profile on labelled clips, with clips held out.",
        discussion: """
            Each DIR holds annotations.json and clips. The clips are analysed once; then numbers are chosen on all folds but one \
            and scored on the one held out, fold by fold. The profile is written, with its comments kept, only if that does \
            better than the present one. The dwell is law and stays.

            With --decided the labels are the store's decided cases, by what was measured when they were confirmed. That can \
            only propose stricter limits: what was never reported has no case. The proposal is a file of its own, with the \
            false alarms that it would have avoided and the true cases that it would have cost; no profile is replaced.
            """)

    @Argument(help: "Folders with annotations.json.")
    var folders: [String] = []

    @Option(help: "Propose out of the decided cases of this store; nothing else may have it open.")
    var decided: String?

    @Option(help: "With --decided: only the cases of this channel.")
    var channel: String?

    @Option(help: "The violation, by its id.")
    var type: String

    @Option(help: "How many parts the clips are dealt into; 2 to 20.")
    var folds = 4

    @Option(help: "Where the profile goes; the present one is replaced otherwise. With --decided: STORE/proposals otherwise.")
    var out: String?

    @Option(help: "Also draw recall against false findings an hour here, as SVG.")
    var curve: String?

    @Option(help: "The day that the profile names as its date; that of the newest annotations.json otherwise.")
    var date: String?

    @Flag(help: "Write no profile.")
    var dryRun = false

    @Option(help: "Clips that are analysed at the same time.")
    var jobs = ProcessInfo.processInfo.activeProcessorCount

    @OptionGroup var analysis: AnalysisOptions

    func validate() throws {
        guard ViolationKind(rawValue: type) != nil else {
            throw ValidationError("unknown type “\(type)”; known: \(ViolationKind.allCases.map(\.rawValue).joined(separator: ", "))")
        }
        guard (2...20).contains(folds) else { throw ValidationError("--folds must be from 2 to 20") }
        if let curve, !curve.hasSuffix(".svg") { throw ValidationError("--curve draws SVG: name a file that ends in .svg") }
        if let date, date.wholeMatch(of: /\d{4}-\d{2}-\d{2}/) == nil { throw ValidationError("--date must be written as 2026-01-31") }
        if decided != nil {
            guard folders.isEmpty, curve == nil else { throw ValidationError("--decided goes without folders and without --curve") }
            if let channel, !ChannelRecord.isUsable(id: channel) { throw ValidationError("--channel: “\(channel)” can be no channel's id") }
            return
        }
        guard channel == nil else { throw ValidationError("--channel goes with --decided only") }
        guard !folders.isEmpty else { throw ValidationError("name at least one folder with annotations.json") }
    }

    func run() async throws {
        FFmpegLog.silence()
        guard let kind = ViolationKind(rawValue: type) else { return }
        let models = try ProjectFolders.models(analysis.models)
        if let decided {
            return try await DecidedTuning(
                store: decided, kind: kind, channel: channel, folds: folds, out: out, date: date, dryRun: dryRun, models: models
            ).run()
        }
        let library = try ProfileLibrary.load(folder: models)
        var items: [(folder: String, clip: GroundTruth.Clip)] = []
        for folder in folders { items += try GroundTruth.read(path: folder + "/annotations.json").clips.map { (folder, $0) } }
        try ProfileTuning.check(kind, items.map(\.clip), folds: folds)
        let clips = try observe(items, library)
        let tuning = try ProfileTuning(kind, clips: clips, folds: folds, rules: library.rules)
        let outcome = tuning.run { done, all in
            Terminal.standardError.progress(
                Double(done) / Double(all), done < all ? "searching, \(done) of \(all) parts done" : "searched", isLast: done == all)
        }
        report(outcome)
        if let curve {
            let title = "\(type) on \(clips.count) clips, \(folds) folds"
            try Data(TuningCurve.svg(outcome, title: title).utf8).write(to: URL(fileURLWithPath: curve), options: .atomic)
        }
        try write(outcome, clips.count, models: models)
    }

    private func observe(_ items: [(folder: String, clip: GroundTruth.Clip)], _ library: ProfileLibrary) throws -> [ObservedClip] {
        let total = max(1, items.map(\.clip.seconds).reduce(0, +))
        let state = Mutex(
            (
                next: 0, seconds: [Double](repeating: 0, count: items.count), clips: [ObservedClip?](repeating: nil, count: items.count),
                failures: [String]()
            ))
        DispatchQueue.concurrentPerform(iterations: min(max(jobs, 1), items.count)) { _ in
            while true {
                let index = state.withLock { state in
                    defer { state.next += 1 }
                    return state.next
                }
                guard index < items.count else { return }
                do {
                    let clip = try ObservedClip.observe(items[index].clip, in: items[index].folder, library: library) { seconds in
                        let done = state.withLock { state in
                            state.seconds[index] = seconds
                            return state.seconds.reduce(0, +)
                        }
                        Terminal.standardError.progress(min(1, done / total), "analysing \(items.count) clips")
                    }
                    state.withLock { $0.clips[index] = clip }
                } catch {
                    state.withLock { $0.failures.append("\(error)") }
                }
            }
        }
        let (clips, failures) = state.withLock { ($0.clips.compactMap { $0 }, $0.failures) }
        Terminal.standardError.progress(1, "\(clips.count) clips analysed", isLast: true)
        for failure in failures { Terminal.standardError.message("failed: \(failure)") }
        // A profile tuned on half of what was asked for would say so nowhere.
        if !failures.isEmpty { throw ExitStatus.failed }
        return clips
    }

    private func report(_ outcome: ProfileTuning.Outcome) {
        func row(_ name: String, _ score: TypeScore) -> [String] {
            [
                name, String(score.matched), String(score.missed), String(score.wrong), TextTable.number(score.recall),
                TextTable.number(score.precision), TextTable.number(score.f1), TextTable.number(score.falsePerHour),
            ]
        }
        TextTable.print(
            titles: ["profile", "true", "missed", "false", "recall", "precision", "F1", "false/h"],
            rows: [
                row("present, all clips", outcome.presentScore), row("tuned, where chosen (folds added)", outcome.trainScore),
                row("tuned, held out", outcome.heldOutScore),
            ])
        let changes = outcome.changes
        print(changes.isEmpty ? "No number changes." : changes.joined(separator: "\n"))
    }

    private func write(_ outcome: ProfileTuning.Outcome, _ clips: Int, models: String) throws {
        guard outcome.isBetter else {
            print("The present profile stays: on clips held out the tuned numbers do no better.")
            return
        }
        guard !dryRun else {
            print("Nothing was written.")
            return
        }
        let path = "\(models)/\(type).yaml"
        var text = try ProfileText(path: path)
        try text.set(
            outcome.tuned, from: outcome.present,
            provenance: ProfileText.Provenance(
                folders: folders.map { URL(fileURLWithPath: $0).standardizedFileURL.lastPathComponent }, clips: clips,
                date: try date ?? newestDay(), train: outcome.trainScore, heldOut: outcome.heldOutScore))
        let target = out ?? path
        try Data(text.text.utf8).write(to: URL(fileURLWithPath: target), options: .atomic)
        print("wrote \(target)")
    }

    private func newestDay() throws -> String {
        let dates = try folders.compactMap {
            try FileManager.default.attributesOfItem(atPath: $0 + "/annotations.json")[.modificationDate] as? Date
        }
        let newest = dates.max() ?? Date(timeIntervalSince1970: 0)
        return newest.formatted(.iso8601.year().month().day())
    }
}
