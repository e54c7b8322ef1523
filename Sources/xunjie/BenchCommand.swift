import ArgumentParser
import CBench
import FFmpegIO
import Foundation
import FrameCore
import Pipeline

struct BenchCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "bench",
        abstract: "Times the kernels, the analysis and live channels on this machine.",
        discussion: "Times are processor time of one thread. Only a ratio to something measured in the same minute can be compared.",
        subcommands: [
            KernelsCommand.self, AnalysisCommand.self, IngestBenchCommand.self, StoreBenchCommand.self, SamplePackagesCommand.self,
        ])

    static var flags: BenchFlags { BenchFlags(avx2: cbench_is_built_for_avx2()) }
}

private struct KernelsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "kernels", abstract: "Nanoseconds a pixel of every kernel against its plain reference.")

    @Option(help: "Size of the analysis frame; kernels that work on cells get half of it.")
    var size = FrameSize(PixelSize(width: 640, height: 360))

    @Option(help: "How often each kernel is run.")
    var runs = 200

    @Flag(help: "Print JSON.")
    var json = false

    func validate() throws {
        guard size.pixels.width >= 64, size.pixels.height >= 64 else { throw ValidationError("--size must be at least 64x64") }
        guard runs > 0 else { throw ValidationError("--runs must be at least 1") }
    }

    func run() throws {
        let result = KernelBench.run(size: size.pixels, runs: runs, flags: BenchCommand.flags)
        if json { return try BenchOutput.printJSON(result) }
        print("\(result.width)×\(result.height), \(runs) runs · \(result.machine) · \(result.flags)")
        print("ns a pixel                            min   median  reference  times as fast")
        for row in result.kernels {
            print(
                row.kernel.padding(toLength: 32, withPad: " ", startingAt: 0)
                    + String(
                        format: "%9.3f%9.3f%11.2f%15.0f", row.min_ns_per_pixel, row.median_ns_per_pixel, row.reference_ns_per_pixel,
                        row.ratio))
        }
    }
}

private struct AnalysisCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "analysis",
        abstract: "Milliseconds a frame and heap allocations of the whole analysis of a clip.",
        discussion: "The clip is decoded and scaled first; what is timed begins with the scaled picture and ends with the incidents.")

    @Argument(help: "A video file, longer than the dwell.")
    var clip: String

    @Option(help: "The largest size of a frame; without it, what the analysis itself would choose.")
    var size: FrameSize?

    @Option(help: "How often the clip is analysed.")
    var runs = 5

    @Option(help: "Dwell in seconds; ten and less look twice a second.")
    var dwell = 10.0

    @Option(help: "Zones (YAML or JSON); without it, one over the whole view.")
    var zones: String?

    @Flag(help: "Also tell how long each stage takes.")
    var stages = false

    @Flag(help: "Print JSON.")
    var json = false

    @OptionGroup var analysis: AnalysisOptions

    func validate() throws {
        guard runs > 0 else { throw ValidationError("--runs must be at least 1") }
        guard dwell > 0 else { throw ValidationError("--dwell must be more than 0") }
    }

    func run() throws {
        FFmpegLog.silence()
        let zoneSet = try zones.map { try ZonesFile.read(path: $0) } ?? AnalysisBench.wholeView(dwellSeconds: dwell)
        let bench = AnalysisBench(
            library: try analysis.library(), zones: zoneSet, flags: BenchCommand.flags, allocations: { cbench_allocations() })
        let result = try bench.run(path: clip, bound: size?.pixels, runs: runs, withStages: stages)
        if json { return try BenchOutput.printJSON(result) }
        print("\(result.width)×\(result.height), \(result.frames) frames, \(runs) runs · \(result.machine) · \(result.flags)")
        print(
            String(
                format: "min %.3f ms, median %.3f ms a frame · %.2f ns a pixel · %.2f allocations a frame, in %d frames",
                result.min_ms, result.median_ms, result.ns_per_pixel, result.allocations_per_frame, result.allocating_frames)
                + " · \(result.incidents) confirmed")
        for (stage, time) in (result.stages_ms ?? [:]).sorted(by: { $0.value > $1.value }) {
            print(stage.padding(toLength: 12, withPad: " ", startingAt: 0) + String(format: "%.3f ms", time))
        }
    }
}

enum BenchOutput {
    static func printJSON(_ result: some Encodable) throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys]
        print(String(decoding: try encoder.encode(result), as: UTF8.self))
    }
}

/// A size on the command line: 640x360.
private struct FrameSize: ExpressibleByArgument {
    let pixels: PixelSize

    init(_ pixels: PixelSize) {
        self.pixels = pixels
    }

    init?(argument: String) {
        let sides = argument.split(separator: "x", omittingEmptySubsequences: false).map { Int($0) }
        guard sides.count == 2, let width = sides[0], let height = sides[1], width >= 2, height >= 2 else { return nil }
        pixels = PixelSize(width: width, height: height)
    }

    var defaultValueDescription: String { "\(pixels.width)x\(pixels.height)" }
}
