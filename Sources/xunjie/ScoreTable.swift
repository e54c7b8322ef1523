import Foundation
import Pipeline

/// The evaluation of a folder.
struct ScoreTable: Encodable {
    var clips: [ScoreRow]
    var overall: ScoreRow
}

/// One line of the evaluation, with the names that the scoring tools of the field use.
struct ScoreRow: Encodable {
    var clip: String
    var events: Int
    var findings: Int
    var `true`: Int
    var `false`: Int
    var missed: Int
    var fragments: Int
    var recall: Double?
    var precision: Double?
    var f1: Double?
    var false_per_hour: Double?
    var latency_median: Double?
    var latency_p95: Double?
    var fragmentation: Double?
    var held: Double?
    /// Share of the matched whose violation has the right name.
    var type_right: Double?
    /// Events confirmed before their dwell was over.
    var early: Int
    var view_faults: Int
    var view_faults_named: Int
    var view_faults_invented: Int

    init(_ score: FindingScore, _ faults: ViewFaultScore) {
        clip = (score.clip as NSString).deletingPathExtension
        events = score.events
        findings = score.findings
        self.true = score.matched
        self.false = score.wrong
        missed = score.missed
        fragments = score.fragments
        recall = score.recall
        precision = score.precision
        f1 = score.f1
        false_per_hour = score.falsePerHour
        latency_median = score.latencyMedian
        latency_p95 = score.latencyP95
        fragmentation = score.fragmentation
        held = score.heldMean
        type_right = score.typeRight
        early = score.early
        view_faults = faults.labelled
        view_faults_named = faults.named
        view_faults_invented = faults.invented
    }

    static func printTable(_ rows: [ScoreRow]) {
        TextTable.print(
            titles: [
                "clip", "events", "findings", "true", "false", "missed", "fragments", "recall", "precision", "false/h", "latency", "p95",
                "held", "type", "early", "faults", "named", "invented",
            ],
            rows: rows.map { row in
                [row.clip] + [row.events, row.findings, row.true, row.false, row.missed, row.fragments].map(String.init)
                    + [
                        row.recall, row.precision, row.false_per_hour, row.latency_median, row.latency_p95, row.held, row.type_right,
                    ].map(TextTable.number)
                    + [row.early, row.view_faults, row.view_faults_named, row.view_faults_invented].map(String.init)
            })
    }
}

/// Columns of text: the first to the left, the others to the right.
enum TextTable {
    static func number(_ value: Double?) -> String { value.map { String(format: "%.2f", $0) } ?? "-" }

    static func print(titles: [String], rows: [[String]]) {
        let lines = [titles] + rows
        let widths = titles.indices.map { column in lines.map { $0[column].count }.max() ?? 0 }
        for line in lines {
            Swift.print(
                line.enumerated().map { column, text in
                    let space = String(repeating: " ", count: widths[column] - text.count)
                    return column == 0 ? text + space : space + text
                }.joined(separator: "  "))
        }
    }
}

extension Terminal {
    /// Prints a value on standard output as sorted, indented JSON.
    static func printJSON(_ value: some Encodable) throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        print(String(decoding: try encoder.encode(value), as: UTF8.self))
    }
}
