import ArgumentParser
import FFmpegIO
import Foundation
import Pipeline
import Violations

struct ReanalyzeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "reanalyze",
        abstract: "Runs archived files or folders through the same analysis as live, as fast as the machine can.",
        discussion: """
            Writes one JSON line for each incident: clip, violation, zone, box in pixels of the source, first_still_s, \
            confirmed_s, cleared_s (null while it lasts).
            """)

    @Argument(help: "Video files, or folders of them.")
    var inputs: [String]

    @Option(help: "Zones (YAML or JSON): a list “zones” and optionally “dwell_s”.")
    var zones: String

    @Option(help: "Where the findings go; - for standard output.")
    var findings: String

    @Option(help: "Files that are analysed at the same time.")
    var jobs = ProcessInfo.processInfo.activeProcessorCount

    @OptionGroup var analysis: AnalysisOptions

    func run() async throws {
        FFmpegLog.silence()
        let library = try analysis.library()
        let zoneSet = try ZonesFile.read(path: zones)
        if zoneSet.zones.isEmpty { Terminal.standardError.message("note: \(zones) holds no zone: nothing will be found") }
        let (files, unreadable) = VideoFiles.collect(inputs)
        for problem in unreadable { Terminal.standardError.message("failed: \(problem)") }
        guard !files.isEmpty else {
            Terminal.standardError.message("nothing to analyse: no video file in \(inputs.joined(separator: ", "))")
            throw ExitStatus.failed
        }
        let results = ReplayRun(library: library, jobs: jobs).run(
            files.map { ReplayBatch.Item(path: $0, zones: zoneSet) }, totalSeconds: nil)
        try FindingsFile.write(results, to: findings)
        let failures = results.filter { $0.failure != nil }.count + unreadable.count
        if failures > 0 { throw failures == results.count + unreadable.count ? ExitStatus.failed : ExitStatus.partly }
    }
}

/// Finds the video files that are meant.
enum VideoFiles {
    private static let extensions: Set<String> = [
        "mp4", "m4v", "mov", "mkv", "ts", "mts", "ps", "mpg", "mpeg", "avi", "flv", "dav", "h264", "264", "h265", "265", "hevc",
    ]

    /// Files as given; in folders, at any depth, all with a video's extension, sorted by path.
    static func collect(_ inputs: [String]) -> (files: [String], problems: [String]) {
        var files: [String] = []
        var problems: [String] = []
        for input in inputs {
            var isFolder: ObjCBool = false
            guard FileManager.default.fileExists(atPath: input, isDirectory: &isFolder) else {
                problems.append("\(input): there is no such file or folder")
                continue
            }
            guard isFolder.boolValue else {
                files.append(input)
                continue
            }
            let walker = FileManager.default.enumerator(
                at: URL(fileURLWithPath: input), includingPropertiesForKeys: [.isRegularFileKey],
                errorHandler: { url, error in
                    problems.append("\(url.path): \(error.localizedDescription)")
                    return true
                })
            var found: [String] = []
            while let url = walker?.nextObject() as? URL {
                if extensions.contains(url.pathExtension.lowercased()) { found.append(url.path) }
            }
            files += found.sorted()
        }
        return (files, problems)
    }
}
