import ArgumentParser
import FFmpegIO
import SceneRenderer

struct RenderCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "render",
        abstract: "Draws the sample streams with their ground truth; the same program gives the same bytes.")

    @Argument(help: "Folder that the clips and annotations.json go to.")
    var folder: String

    @Option(help: "Only these clips, by name; annotations.json then lists only them.")
    var only: [String] = []

    func run() async throws {
        FFmpegLog.silence()
        let names = SceneScript.samples.map(\.name)
        for name in only where !names.contains(name) {
            throw ValidationError("there is no clip “\(name)”; there are \(names.joined(separator: ", "))")
        }
        let scripts = SceneScript.samples.filter { only.isEmpty || only.contains($0.name) }
        try SampleSet.render(scripts, into: folder) { progress in
            let part = (Double(progress.clip) + Double(progress.frames) / Double(progress.framesInAll)) / Double(progress.clips)
            let isLast = progress.clip + 1 == progress.clips && progress.frames == progress.framesInAll
            Terminal.standardError.progress(
                part, "\(progress.name): \(progress.frames)/\(progress.framesInAll) frames, clip \(progress.clip + 1) of \(progress.clips)",
                isLast: isLast)
        }
    }
}
