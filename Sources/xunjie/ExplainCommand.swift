import ArgumentParser
import FFmpegIO
import Foundation
import Pipeline
import Violations

struct ExplainCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "explain",
        abstract: "Draws what each stage saw at one moment of a clip, and why what stands there is reported or not.",
        discussion: """
            Analyses the clip as reanalyze does up to that second. Zones come from --zones, or from an annotations.json beside \
            the clip; without either, the stages are shown and nothing is judged.
            """)

    @Argument(help: "Video file.")
    var clip: String

    @Option(help: "The moment, in seconds from the clip's start.")
    var at: Double

    @Option(help: "Zones (YAML or JSON), or an annotations.json that lists the clip.")
    var zones: String?

    @Option(name: [.short, .long], help: "Where the PNG goes; beside the clip's name here otherwise.")
    var output: String?

    @OptionGroup var analysis: AnalysisOptions

    func validate() throws {
        guard at >= 0, at.isFinite else { throw ValidationError("--at must be a time in seconds, 0 or later") }
    }

    func run() async throws {
        FFmpegLog.silence()
        let explanation = try Explanation.of(path: clip, at: at, zones: try zoneSet(), library: try analysis.library())
        let path = output ?? "\(URL(fileURLWithPath: clip).deletingPathExtension().lastPathComponent)-\(Int(at)).png"
        try Data(try SceneSheet.png(explanation)).write(to: URL(fileURLWithPath: path), options: .atomic)
        Terminal.standardError.message("wrote \(path)")
    }

    private func zoneSet() throws -> ZoneSet {
        let name = URL(fileURLWithPath: clip).lastPathComponent
        let beside = URL(fileURLWithPath: clip).deletingLastPathComponent().appendingPathComponent("annotations.json").path
        if let zones, URL(fileURLWithPath: zones).lastPathComponent != "annotations.json" { return try ZonesFile.read(path: zones) }
        guard zones != nil || FileManager.default.fileExists(atPath: beside) else { return ZoneSet(zones: []) }
        let path = zones ?? beside
        guard let known = try GroundTruth.read(path: path).clips.first(where: { $0.file == name }) else {
            throw ValidationError("\(path) does not list \(name); name its zones with --zones")
        }
        return known.zones
    }
}
