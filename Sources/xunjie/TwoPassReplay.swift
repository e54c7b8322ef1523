import Casework
import Foundation
import Pipeline
import Violations

/// Analyses labelled clips in two passes, as an archive is, each clip as a channel of its own.
struct TwoPassReplay {
    let library: ProfileLibrary
    let profilesSHA256: String
    let jobs: Int

    /// Results in the order of the clips; the run's folder does not stay.
    func run(_ items: [ReplayBatch.Item]) throws -> [Replay.Result] {
        let timelines = items.enumerated().map { index, item in
            let channelID = String(format: "clip-%05d", index)
            let input = RunInput(path: item.path, channelID: channelID, startsAt: nil, timeSource: "none", seconds: nil, bytes: 0)
            return ArchiveTimeline(channelID: channelID, files: [input])
        }
        let zones = Dictionary(uniqueKeysWithValues: zip(timelines.map(\.channelID), items.map(\.zones)))
        let runs = FileManager.default.temporaryDirectory.appendingPathComponent("xunjie-evaluation-\(UUID().uuidString)").path
        defer { try? FileManager.default.removeItem(atPath: runs) }
        let folder = try NewRun(
            name: "evaluation", createdBy: NSUserName(), program: Program.nameAndVersion, ruleVersion: library.rules.version,
            profilesSHA256: profilesSHA256, everyFrame: false, timeZone: .gmt
        ).make(in: runs, listing: ArchiveListing(timelines: timelines, problems: [])) { zones[$0].map { NewRun.Zones($0) } }
        let outcome = try ReanalysisRun(folder: folder, jobs: jobs).run(
            Reanalysis(folder: folder, library: library, profilesSHA256: profilesSHA256, program: Program.nameAndVersion, jobs: jobs))
        guard outcome.state == .done else { throw ExitStatus.paused }
        return outcome.files.map { file in
            var result = Replay.Result(file: file.path)
            result.findings = outcome.findings.filter { $0.channelID == timelines[file.input].channelID }.map(Finding.init)
            result.seconds = file.seconds
            result.analysedFrames = file.analysedFrames
            result.viewFaults = file.viewFaults
            result.remarks = file.remarks
            result.failure = file.failure
            return result
        }
    }
}
