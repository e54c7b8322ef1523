import ArgumentParser
import FFmpegIO

@main
struct Xunjie: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "xunjie",
        abstract: "Street patrol (巡街): finds storefront encroachment and street violations on camera streams.",
        discussion: """
            Exit codes: 0 all well · 1 the work failed, or a check found something wrong · 2 not running (status) · 3 some inputs failed and the \
            rest is done · 4 paused or cancelled (reanalyze) · 64 the command line is wrong.
            """,
        version: Program.version,
        subcommands: [
            ServeCommand.self, DemoCommand.self, StatusCommand.self, ChannelCommand.self, ArchiveCommand.self, ReanalyzeCommand.self,
            CompareCommand.self, SearchCommand.self, EvaluateCommand.self,
            ExplainCommand.self, TuneCommand.self, VerifyCommand.self, SheetCommand.self, RenderCommand.self, BenchCommand.self,
        ])
}

/// What this program calls itself, also in manifests.
enum Program {
    static let version = "0.1.0"
    static let nameAndVersion = "xunjie \(version)"
}
