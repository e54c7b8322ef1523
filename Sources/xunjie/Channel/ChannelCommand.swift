import ArgumentParser

struct ChannelCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "channel", abstract: "Adds, changes, imports, lists, tests and removes channels, also while the program serves them.",
        subcommands: [
            ChannelAddCommand.self, ChannelImportCommand.self, ChannelSetCommand.self, ChannelPauseCommand.self, ChannelResumeCommand.self,
            ChannelRemoveCommand.self, ChannelListCommand.self, ChannelHistoryCommand.self, ChannelRestoreCommand.self,
            ChannelCloneZonesCommand.self, ChannelExportCommand.self, ChannelTestCommand.self,
        ])
}
