import ArgumentParser
import CaseStoreSQLite
import Casework
import FFmpegIO
import Foundation
import Pipeline

struct ArchiveListCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list",
        abstract:
            "Lists the footage of files, folders, recorders' exports and stores by channel: from, to, gaps, overlaps, what is broken.",
        discussion: """
            Reads no footage through. Exit codes: 0 all usable · 1 nothing usable · 3 something is broken or odd, and named.
            """)

    @Argument(help: "Files, folders of any depth, or a store.")
    var inputs: [String]

    @OptionGroup var archive: ArchiveOptions

    @Option(help: "A store whose channels' names are looked for in paths.")
    var store: String?

    @Option(help: "Files that are looked into at the same time.")
    var jobs = max(4, ProcessInfo.processInfo.activeProcessorCount)

    @Flag(help: "One JSON document instead of a table.")
    var json = false

    @Flag(help: "Names every file, gap and overlap.")
    var files = false

    func run() async throws {
        FFmpegLog.silence()
        let settings = try await archive.settings(channels: channels())
        let listing = try ArchiveScan(settings: settings, jobs: jobs).listWithProgress(inputs)
        if json {
            print(try ArchiveReport(listing).json())
        } else {
            for line in ArchiveTable(zone: settings.timeZone, namesFiles: files).lines(listing) { print(line) }
        }
        guard !listing.timelines.isEmpty else { throw ExitStatus.failed }
        if !listing.problems.isEmpty { throw ExitStatus.partly }
    }

    private func channels() async throws -> [ChannelRecord] {
        guard let store else { return [] }
        var registry = RegistryOption()
        registry.store = store
        return try await registry.use { try await $0.channels() }
    }
}
