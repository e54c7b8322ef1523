import ArgumentParser
import FFmpegIO
import Foundation
import Pipeline

struct EvaluateCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "evaluate",
        abstract: "Analyses labelled clips and scores what was found: recall, precision, latency, false findings per hour.",
        discussion: "DIR holds annotations.json and the clips; each clip is analysed with the zones and the dwell given there.")

    @Argument(help: "Folder with annotations.json.")
    var folder: String

    @Option(help: "Also write the findings here.")
    var findings: String?

    @Flag(help: "Ignore the violation's name.")
    var anyType = false

    @Flag(help: "Print JSON.")
    var json = false

    @Option(help: "Clips that are analysed at the same time.")
    var jobs = ProcessInfo.processInfo.activeProcessorCount

    @OptionGroup var analysis: AnalysisOptions

    func run() async throws {
        FFmpegLog.silence()
        let truth = try GroundTruth.read(path: folder + "/annotations.json")
        let items = truth.clips.map { ReplayBatch.Item(path: "\(folder)/\($0.file)", zones: $0.zones) }
        let results = ReplayRun(library: try analysis.library(), jobs: jobs).run(
            items, totalSeconds: truth.clips.map(\.seconds).reduce(0, +))
        if let findings { try FindingsFile.write(results, to: findings) }
        let scores = zip(truth.clips, results).map { FindingScore.of($0, $1.findings, anyType: anyType) }
        let total = FindingScore.total(scores)
        if json {
            let encoder = JSONEncoder()
            encoder.outputFormatting = [.prettyPrinted, .sortedKeys]
            print(
                String(decoding: try encoder.encode(ScoreTable(clips: scores.map(ScoreRow.init), overall: ScoreRow(total))), as: UTF8.self))
        } else {
            ScoreRow.printTable((scores + [total]).map(ScoreRow.init))
        }
        if results.contains(where: { $0.failure != nil }) { throw ExitStatus.partly }
    }
}

private struct ScoreTable: Encodable {
    var clips: [ScoreRow]
    var overall: ScoreRow
}

/// One line of the evaluation, with the names that the scoring tools of the field use.
private struct ScoreRow: Encodable {
    var clip: String
    var events: Int
    var findings: Int
    var `true`: Int
    var `false`: Int
    var missed: Int
    var fragments: Int
    var recall: Double?
    var precision: Double?
    var false_per_hour: Double?
    var latency_median: Double?
    var latency_p95: Double?
    var held: Double?

    init(_ score: FindingScore) {
        clip = (score.clip as NSString).deletingPathExtension
        events = score.events
        findings = score.findings
        self.true = score.matched
        self.false = score.wrong
        missed = score.missed
        fragments = score.fragments
        recall = score.recall
        precision = score.precision
        false_per_hour = score.falsePerHour
        latency_median = score.latencyMedian
        latency_p95 = score.latencyP95
        held = score.heldMean
    }

    static func printTable(_ rows: [ScoreRow]) {
        func number(_ value: Double?) -> String { value.map { String(format: "%.2f", $0) } ?? "-" }
        let titles = [
            "events", "findings", "true", "false", "missed", "fragments", "recall", "precision", "false/h", "latency", "p95", "held",
        ]
        let cells = rows.map { row in
            [row.events, row.findings, row.true, row.false, row.missed, row.fragments].map(String.init)
                + [row.recall, row.precision, row.false_per_hour, row.latency_median, row.latency_p95, row.held].map(number)
        }
        let nameWidth = max(4, rows.map(\.clip.count).max() ?? 4)
        func line(_ name: String, _ texts: [String]) -> String {
            name.padding(toLength: nameWidth, withPad: " ", startingAt: 0)
                + zip(titles, texts).map { title, text in
                    String(repeating: " ", count: max(1, max(title.count, 6) + 2 - text.count)) + text
                }.joined()
        }
        print(line("clip", titles))
        for (row, texts) in zip(rows, cells) { print(line(row.clip, texts)) }
    }
}
