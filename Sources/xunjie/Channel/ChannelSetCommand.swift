import ArgumentParser
import Casework
import FFmpegIO
import Foundation

struct ChannelSetCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "set", abstract: "Changes what is given; an empty text takes a value away.")

    @Argument var id: String

    @Option(help: "Another address of the main stream.")
    var url: String?

    @OptionGroup var fields: ChannelFieldOptions

    @OptionGroup var registry: RegistryOption

    func run() async throws {
        try await registry.use { store in
            var channel = try await store.existing(id)
            if let url {
                _ = try MediaURL(url)
                channel.url = url
            }
            try fields.apply(to: &channel)
            if !channel.subURL.isEmpty { _ = try MediaURL(channel.subURL) }
            try await store.updateChannel(channel, by: RegistryOption.author)
            print("\(id) is at version \(try await store.existing(id).version)")
        }
    }
}

struct ChannelPauseCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "pause", abstract: "Stops watching channels until they are resumed.")

    @Argument var ids: [String]

    @OptionGroup var registry: RegistryOption

    func run() async throws {
        try await Self.setEnabled(false, ids, registry)
    }

    /// All in one transaction, or none.
    static func setEnabled(_ enabled: Bool, _ ids: [String], _ registry: RegistryOption) async throws {
        try await registry.use { store in
            var edits: [ChannelEdit] = []
            for id in ids {
                var channel = try await store.existing(id)
                channel.enabled = enabled
                edits.append(.change(channel))
            }
            try await store.editChannels(edits, by: RegistryOption.author, at: Date(), basedOn: nil)
        }
        print("\(enabled ? "resumed" : "paused") \(ids.joined(separator: ", "))")
    }
}

struct ChannelResumeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "resume", abstract: "Goes on watching paused channels.")

    @Argument var ids: [String]

    @OptionGroup var registry: RegistryOption

    func run() async throws {
        try await ChannelPauseCommand.setEnabled(true, ids, registry)
    }
}

struct ChannelRemoveCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "remove", abstract: "Removes a channel; its cases, evidence and versions stay.")

    @Argument var id: String

    @OptionGroup var registry: RegistryOption

    func run() async throws {
        try await registry.use { try await $0.removeChannel(id: id, by: RegistryOption.author, at: Date()) }
        print("removed \(id); its cases and evidence stay, and “xunjie channel restore \(id) VERSION” brings it back")
    }
}
