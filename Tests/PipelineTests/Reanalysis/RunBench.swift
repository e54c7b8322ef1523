import Casework
import Foundation
import Pipeline
import Violations

/// Makes and carries out runs over sample streams in a folder that goes away.
final class RunBench {
    static let samples = ShippedSettingsTests.root.path + "/SampleStreams"
    private static let models = ShippedSettingsTests.root.path + "/Models"

    let folder: URL
    let library: ProfileLibrary
    private let digest: String

    init() throws {
        folder = FileManager.default.temporaryDirectory.appendingPathComponent("runs-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        library = try ProfileLibrary.load(folder: Self.models)
        digest = try ProfilesDigest.of(folder: Self.models)
    }

    deinit { try? FileManager.default.removeItem(at: folder) }

    /// The labelled clips of the sample streams, each a channel of its own.
    static func clips() throws -> [GroundTruth.Clip] { try GroundTruth.read(path: samples + "/annotations.json").clips }

    /// A run that has not begun.
    /// - Parameter paths: of each clip; those of the sample streams without.
    func run(_ clips: [GroundTruth.Clip], paths: [String]? = nil, everyFrame: Bool = false) throws -> RunFolder {
        let timelines = clips.enumerated().map { index, clip in
            let path = paths?[index] ?? "\(Self.samples)/\(clip.file)"
            let channelID = "camera-\(index)"
            let input = RunInput(path: path, channelID: channelID, startsAt: nil, timeSource: "none", seconds: clip.seconds, bytes: 0)
            return ArchiveTimeline(channelID: channelID, files: [input])
        }
        let zones = Dictionary(uniqueKeysWithValues: zip(timelines.map(\.channelID), clips.map(\.zones)))
        return try NewRun(
            name: "test", createdBy: "tester", program: "test", ruleVersion: library.rules.version, profilesSHA256: digest,
            everyFrame: everyFrame, timeZone: .gmt
        ).make(in: folder.path + "/all", listing: ArchiveListing(timelines: timelines, problems: [])) { zones[$0].map { NewRun.Zones($0) } }
    }

    func reanalysis(_ run: RunFolder, jobs: Int = 2, checkpointInterval: Duration = .seconds(4)) -> Reanalysis {
        Reanalysis(
            folder: run, library: library, profilesSHA256: digest, program: "test", jobs: jobs, checkpointInterval: checkpointInterval)
    }

    /// The findings and stills of a finished run, by name.
    func contents(of run: RunFolder) throws -> [String: Data] {
        var files = ["findings.jsonl": try Data(contentsOf: URL(fileURLWithPath: run.path + "/findings.jsonl"))]
        for name in try FileManager.default.contentsOfDirectory(atPath: run.stillsPath) {
            files[name] = try Data(contentsOf: URL(fileURLWithPath: "\(run.stillsPath)/\(name)"))
        }
        return files
    }
}
