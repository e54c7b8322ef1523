import Dispatch
import Foundation
import Pipeline
import SceneAnalysis
import Synchronization

/// Runs the pixel evaluation of a folder with its progress on the terminal.
struct PixelRun {
    let settings: AnalysisSettings
    let jobs: Int

    func run(_ folder: String, masks: String?, json: Bool) throws {
        let sequences = try MaskSequence.find(in: folder)
        let frames = sequences.map(\.frames.count).reduce(0, +)
        let state = Mutex((next: 0, done: 0, results: [PixelEvaluation.Result?](repeating: nil, count: sequences.count)))
        let evaluation = PixelEvaluation(settings: settings)
        DispatchQueue.concurrentPerform(iterations: min(max(jobs, 1), sequences.count)) { _ in
            while true {
                let index = state.withLock { state in
                    defer { state.next += 1 }
                    return state.next
                }
                guard index < sequences.count else { return }
                let sequence = sequences[index]
                let result = evaluation.run(sequence, masks: masks.map { "\($0)/\(sequence.name)" }) { _ in
                    let done = state.withLock { state in
                        state.done += 1
                        return state.done
                    }
                    Terminal.standardError.progress(
                        Double(done) / Double(frames), "\(done)/\(frames) frames of \(sequences.count) sequences", isLast: done == frames)
                }
                state.withLock { $0.results[index] = result }
            }
        }
        let results = state.withLock { $0.results.compactMap { $0 } }
        for result in results { if let failure = result.failure { Terminal.standardError.message("failed: \(result.name): \(failure)") } }
        let rows = results.map { Row($0.name, $0.score) }
        let overall = Row("ALL", MaskScore.total(results.map(\.score)), meanOf: rows)
        if json {
            try Terminal.printJSON(Table(sequences: rows, overall: overall))
        } else {
            TextTable.print(
                titles: ["sequence", "frames", "precision", "recall", "F"],
                rows: (rows + [overall]).map {
                    [$0.sequence, String($0.frames)] + [$0.precision, $0.recall, $0.f_measure].map(Self.number)
                })
        }
        if results.contains(where: { $0.failure != nil }) { throw ExitStatus.partly }
    }

    private static func number(_ value: Double?) -> String { value.map { String(format: "%.3f", $0) } ?? "-" }

    private struct Table: Encodable {
        var sequences: [Row]
        var overall: Row
    }

    private struct Row: Encodable {
        var sequence: String
        var frames: Int
        var precision: Double?
        var recall: Double?
        var f_measure: Double?
        var shadow_pixels_taken: Int

        init(_ name: String, _ score: MaskScore) {
            sequence = name
            frames = score.frames
            precision = score.precision
            recall = score.recall
            f_measure = score.fMeasure
            shadow_pixels_taken = score.shadowPositives
        }

        /// All sequences: counts added up, measures averaged, so that a long sequence counts no more than a short one.
        init(_ name: String, _ sum: MaskScore, meanOf rows: [Row]) {
            self.init(name, sum)
            precision = Self.mean(rows.map(\.precision))
            recall = Self.mean(rows.map(\.recall))
            f_measure = Self.mean(rows.map(\.f_measure))
        }

        private static func mean(_ values: [Double?]) -> Double? {
            let known = values.compactMap { $0 }
            return known.isEmpty ? nil : known.reduce(0, +) / Double(known.count)
        }
    }
}
