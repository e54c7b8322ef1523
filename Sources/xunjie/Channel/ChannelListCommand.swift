import ArgumentParser
import Casework
import Evidence
import FFmpegIO
import Foundation
import Pipeline

struct ChannelListCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "list", abstract: "Lists the channels of a store, without passwords.")

    @OptionGroup var registry: RegistryOption

    func run() async throws {
        let channels = try await registry.use { try await $0.channels() }
        if channels.isEmpty { print("no channels yet: add one with “xunjie channel add ID URL”, many with “xunjie channel import FILE”") }
        for channel in channels {
            let sources = [channel.url, channel.subURL].filter { !$0.isEmpty }.map {
                (try? MediaURL($0)).map { "\($0)" } ?? "an address that cannot be read"
            }
            print(
                "\(channel.id)\t\(channel.name)\t\(channel.enabled ? "on" : "off")\tv\(channel.version)\tzones v\(channel.zonesVersion)\t"
                    + "\(channel.nationalID.isEmpty ? "-" : channel.nationalID)\t\(sources.joined(separator: " + "))")
        }
    }
}

struct ChannelHistoryCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "history", abstract: "Tells every version of a channel: when, by whom, and what changed.")

    @Argument var id: String

    @OptionGroup var registry: RegistryOption

    func run() async throws {
        let versions = try await registry.use { try await $0.channelVersions(id: id) }
        guard !versions.isEmpty else { throw CaseStoreError.notFound("channel “\(id)”") }
        for (index, version) in versions.enumerated() {
            let before = index + 1 < versions.count ? versions[index + 1].channel : nil
            var changes = before.map { version.channel.differences(from: $0).map(\.rawValue) } ?? ["added"]
            if version.isRemoved { changes = ["removed"] }
            if let before, before.zonesVersion != version.channel.zonesVersion { changes.append("zones v\(version.channel.zonesVersion)") }
            print("v\(version.channel.version)\t\(version.at.formatted(.iso8601))\t\(version.author)\t\(changes.joined(separator: ", "))")
        }
    }
}

struct ChannelRestoreCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "restore", abstract: "Puts an earlier version of a channel in force as a new one, of a removed channel too.")

    @Argument var id: String

    @Argument(help: "A version out of “xunjie channel history”.")
    var version: Int

    @OptionGroup var registry: RegistryOption

    func run() async throws {
        let channel = try await registry.use {
            try await $0.restoreChannel(id: id, version: version, by: RegistryOption.author, at: Date())
        }
        print("\(id) is at version \(channel.version), the same as version \(version)")
    }
}

struct ChannelCloneZonesCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "clone-zones", abstract: "Puts the zones of one channel in force on others; look at their pictures afterwards.")

    @Argument(help: "The channel whose zones are taken.")
    var from: String

    @Argument(help: "The channels that get them.")
    var to: [String]

    @OptionGroup var registry: RegistryOption

    func run() async throws {
        try await registry.use { store in
            _ = try await store.existing(from)
            guard let zones = try await store.zones(channelID: from, version: nil) else {
                throw CaseStoreError.refused("channel “\(from)” has no zones")
            }
            let edits = to.map { ChannelEdit.setZones(id: $0, document: zones.document) }
            try await store.editChannels(edits, by: RegistryOption.author, at: Date(), basedOn: nil)
        }
        print("\(to.joined(separator: ", ")): the zones of \(from) are in force; adjust them to each picture in the console")
    }
}

struct ChannelExportCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "export", abstract: "Writes all channels with their zones as a channels file. It holds the cameras' passwords.")

    @Option(name: .shortAndLong, help: "Write here, readable by the owner alone; otherwise to standard output.")
    var output: String?

    @OptionGroup var registry: RegistryOption

    func run() async throws {
        let text = try await registry.use { try await ChannelsFile.current(of: $0).text() }
        if let output {
            try DurableFile.replace(URL(fileURLWithPath: output).standardizedFileURL.path, with: Array(text.utf8), mode: 0o600)
        } else {
            print(text, terminator: "")
        }
    }
}
