import ArgumentParser
import Casework
import FFmpegIO
import Foundation
import Pipeline
import Violations

struct ReanalyzeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "reanalyze",
        abstract: "Runs archived footage through the same analysis as live, as fast as the machine can.",
        discussion: """
            Key frames first across everything, then every frame around what these may have misjudged. The run is a folder with all there \
            is of it; interrupted (also by ctrl-C, which pauses it), it goes on with --resume and gives the same findings.

            --findings gets one JSON line for each incident: clip, violation, zone, box in pixels of the source, first_still_s, \
            confirmed_s, cleared_s (null while it lasts).

            Exit codes: 0 all well · 1 nothing could be done · 3 something is broken or odd, and named; the rest is done · 4 paused or cancelled.
            """)

    @Argument(help: "Video files, folders of any depth, recorders' exports, or a store.")
    var inputs: [String] = []

    @Option(help: "Zones for all footage (YAML or JSON): a list “zones” and optionally “dwell_s”.")
    var zones: String?

    @Option(help: "A store whose channels' zones hold, and whose names of channels are looked for in paths.")
    var store: String?

    @Option(help: "Folder of all runs, in which this one gets a folder of its own; without it only the findings stay.")
    var runs: String?

    @Option(help: "What the run is called.")
    var name: String?

    @Option(help: "Goes on with the run in this folder, or begins one that was made but not begun.")
    var resume: String?

    @Option(help: "Where the findings go as lines; - for standard output.")
    var findings: String?

    @Flag(help: "Decode every frame everywhere, instead of key frames first.")
    var everyFrame = false

    @Option(help: "Files that are read, and key frames that are decoded, at the same time.")
    var jobs = ProcessInfo.processInfo.activeProcessorCount

    @Flag(help: "Only in time that nobody else wants: live channels come first.")
    var background = false

    @OptionGroup var archive: ArchiveOptions
    @OptionGroup var analysis: AnalysisOptions

    func validate() throws {
        if resume != nil {
            guard inputs.isEmpty, zones == nil, store == nil, runs == nil, name == nil, !everyFrame else {
                throw ValidationError("--resume goes on with what the run was asked: no inputs, zones, store, runs, name or --every-frame")
            }
        } else {
            guard !inputs.isEmpty else { throw ValidationError("name files or folders to analyse, or a run with --resume") }
            guard zones != nil || store != nil else { throw ValidationError("--zones or --store says what to look for") }
            guard findings != nil || runs != nil else { throw ValidationError("--findings or --runs says where the findings go") }
        }
    }

    func run() async throws {
        FFmpegLog.silence()
        ProcessMemory.prepareForManyChannels()
        let library = try analysis.library()
        let models = try ProjectFolders.models(analysis.models)
        let digest = try ProfilesDigest.of(folder: models)
        let folder: RunFolder
        if let resume {
            folder = RunFolder(path: URL(fileURLWithPath: resume).standardizedFileURL.path)
        } else {
            folder = try await make(library, digest)
        }
        let isTemporary = resume == nil && runs == nil
        let outcome = try ReanalysisRun(folder: folder, jobs: jobs).run(
            Reanalysis(
                folder: folder, library: library, profilesSHA256: digest, program: Program.nameAndVersion, jobs: jobs,
                isIdle: background))
        guard outcome.state == .done else { throw ExitStatus.paused }
        if let findings { try FindingsFile.write(outcome.findings.map(Finding.init), to: findings) }
        let problems = try folder.progress().problems
        let files = try folder.record().inputs.count
        if isTemporary { try? FileManager.default.removeItem(atPath: folder.path) }
        let lost = Set(problems.filter(\.isLost).map(\.path)).count
        if !problems.isEmpty {
            throw lost > 0 && outcome.files.allSatisfy({ $0.failure != nil }) && files > 0 ? ExitStatus.failed : ExitStatus.partly
        }
    }

    /// The folder of a new run, which has not begun.
    private func make(_ library: ProfileLibrary, _ digest: String) async throws -> RunFolder {
        let (channels, known) = try await zonesOfStore()
        let settings = try archive.settings(channels: channels)
        let everywhere = try zones.map { NewRun.Zones(try ZonesFile.read(path: $0)) }
        if let everywhere, everywhere.set.zones.isEmpty {
            Terminal.standardError.message("note: \(zones ?? "") holds no zone: nothing will be found")
        }
        let listing = try ArchiveScan(settings: settings, jobs: max(4, jobs)).listWithProgress(inputs)
        guard !listing.timelines.isEmpty else {
            for problem in listing.problems { Terminal.standardError.message("failed: \(problem.path): \(problem.reason)") }
            Terminal.standardError.message("nothing to analyse: no video file in \(inputs.joined(separator: ", "))")
            throw ExitStatus.failed
        }
        for channelID in Set(listing.timelines.map(\.channelID)).sorted() where everywhere == nil && known[channelID] == nil {
            Terminal.standardError.message("note: the store knows no zones of \(channelID): nothing will be found there")
        }
        // The run's own folder has a name that nobody can have taken before; a common one would belong to whoever came first.
        let temporary = FileManager.default.temporaryDirectory.path
        return try NewRun(
            name: name ?? inputs.joined(separator: ", "), createdBy: NSUserName(), program: Program.nameAndVersion,
            ruleVersion: library.rules.version, profilesSHA256: digest, everyFrame: everyFrame, timeZone: settings.timeZone
        ).make(in: runs ?? temporary, listing: listing) { everywhere ?? known[$0] }
    }

    private func zonesOfStore() async throws -> (channels: [ChannelRecord], zones: [String: NewRun.Zones]) {
        guard let store else { return ([], [:]) }
        var registry = RegistryOption()
        registry.store = store
        return try await registry.use { registry in
            let channels = try await registry.channels()
            var zones: [String: NewRun.Zones] = [:]
            for channel in channels {
                guard let version = try await registry.zones(channelID: channel.id, version: nil) else { continue }
                zones[channel.id] = NewRun.Zones(
                    try ZonesFile.parse(version.document, file: "zones of \(channel.id)"), version: version.version)
            }
            return (channels, zones)
        }
    }
}

extension Finding {
    /// The line that scorers read.
    init(_ finding: RunFinding) {
        self.init(
            clip: finding.clip, violation: finding.violation, zone: finding.zone, box: finding.box,
            firstStillSeconds: finding.firstStillS, confirmedSeconds: finding.confirmedS, clearedSeconds: finding.clearedS)
    }
}
