import ArgumentParser

struct ArchiveCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "archive", abstract: "Says what archived footage there is.", subcommands: [ArchiveListCommand.self])
}
