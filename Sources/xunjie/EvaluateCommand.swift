import ArgumentParser
import FFmpegIO
import Foundation
import Pipeline

struct EvaluateCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "evaluate",
        abstract: "Analyses labelled clips and scores what was found: recall, precision, latency, false findings per hour.",
        discussion: """
            DIR holds annotations.json and the clips; each clip is analysed with the zones and the dwell given there.

            With --pixels DIR is a sequence with a mask for each frame (input/in000001.jpg, groundtruth/gt000001.png, \
            temporalROI.txt), or a folder of such sequences: every frame is analysed, at 25 a second, and the foreground after \
            a 9×9 median is compared with the masks.
            """)

    @Argument(help: "Folder with annotations.json; with --pixels, a sequence or a folder of sequences.")
    var folder: String

    @Flag(help: "Compare foreground masks pixel by pixel instead of findings.")
    var pixels = false

    @Option(help: "With --pixels: write each scored mask as PNG into this folder, in a folder for each sequence.")
    var masks: String?

    @Option(help: "Also write the findings here.")
    var findings: String?

    @Flag(help: "Ignore the violation's name.")
    var anyType = false

    @Option(help: "Analyse one picture in so many seconds; as often as the dwell asks otherwise.")
    var sampleEvery: Double?

    @Flag(help: "Analyse key frames first and every frame only where these may misjudge, as reanalyze does.")
    var twoPasses = false

    @Flag(help: "Print JSON.")
    var json = false

    @Option(help: "Clips that are analysed at the same time.")
    var jobs = ProcessInfo.processInfo.activeProcessorCount

    @OptionGroup var analysis: AnalysisOptions

    func validate() throws {
        if let sampleEvery, !(0.01...60).contains(sampleEvery) { throw ValidationError("--sample-every must be from 0.01 to 60 seconds") }
        if pixels, findings != nil || anyType || sampleEvery != nil || twoPasses {
            throw ValidationError("--findings, --any-type, --sample-every and --two-passes do not go with --pixels")
        }
        if twoPasses, sampleEvery != nil { throw ValidationError("--sample-every does not go with --two-passes") }
        if !pixels, masks != nil { throw ValidationError("--masks goes with --pixels only") }
    }

    func run() async throws {
        FFmpegLog.silence()
        let library = try analysis.library()
        if pixels {
            try PixelRun(settings: library.analysis, jobs: jobs).run(folder, masks: masks, json: json)
        } else {
            try scoreFindings(library)
        }
    }

    private func scoreFindings(_ library: ProfileLibrary) throws {
        let truth = try GroundTruth.read(path: folder + "/annotations.json")
        let items = truth.clips.map { ReplayBatch.Item(path: "\(folder)/\($0.file)", zones: $0.zones) }
        let results: [Replay.Result]
        if twoPasses {
            results = try TwoPassReplay(
                library: library, profilesSHA256: ProfilesDigest.of(folder: ProjectFolders.models(analysis.models)), jobs: jobs
            ).run(items)
        } else {
            let replay = ReplayRun(library: library, jobs: jobs, sampling: sampleEvery.map { .milliseconds(Int64(($0 * 1000).rounded())) })
            results = replay.run(items, totalSeconds: truth.clips.map(\.seconds).reduce(0, +))
        }
        if let findings { try FindingsFile.write(results.flatMap(\.findings), to: findings) }
        let scores = zip(truth.clips, results).map { FindingScore.of($0, $1.findings, anyType: anyType) }
        let faults = zip(truth.clips, results).map { ViewFaultScore.of($0.viewFaults, $1.viewFaults) }
        let rows = zip(scores, faults).map { ScoreRow($0, $1) }
        let total = ScoreRow(FindingScore.total(scores), ViewFaultScore.total(faults))
        if json {
            try Terminal.printJSON(ScoreTable(clips: rows, overall: total))
        } else {
            ScoreRow.printTable(rows + [total])
        }
        if results.contains(where: { $0.failure != nil }) { throw ExitStatus.partly }
    }
}
