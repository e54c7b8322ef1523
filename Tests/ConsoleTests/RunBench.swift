import Casework
import Evidence
import Foundation
import Pipeline

/// Runs as they lie on the disk, over a file of the sample streams.
struct RunBench: Sendable {
    static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    static let sample = root.path + "/SampleStreams/s1_goods_out.mp4"
    static let start = Date(timeIntervalSince1970: 1_795_464_000)
    static let zones =
        #"{"zones":[{"id":"z1","kind":"pavement","polygon":[[0.1,0.1],[0.9,0.1],[0.5,0.9]],"violations":["piled-goods"]}],"dwell_s":10}"#
    static let jpeg: [UInt8] = [0xFF, 0xD8, 0xFF, 0xE0, 0x42, 0xFF, 0xD9]

    let test: TestConsole

    /// - Parameters:
    ///   - index: runs are a minute apart.
    ///   - findings: nil for a run that is under way.
    @discardableResult
    func add(
        _ index: Int, name: String = "夜间重算", zones: String = RunBench.zones, channel: String = "c1", ruleVersion: String? = nil,
        file: String = RunBench.sample, at createdAt: Date = Date(), findings: [RunFinding]?
    ) throws -> RunRecord {
        var generator = SystemRandomNumberGenerator()
        let id = PackageID(milliseconds: Int64(Self.start.timeIntervalSince1970 * 1000) + Int64(index) * 60_000, using: &generator).text
        let folder = RunFolder(path: test.folder.path + "/runs/" + id)
        try FileManager.default.createDirectory(atPath: folder.stillsPath, withIntermediateDirectories: true)
        let record = RunRecord(
            id: id, name: name, createdAt: createdAt, createdBy: "u-zhao", program: "xunjie test",
            ruleVersion: ruleVersion ?? test.promoter.ruleVersion, profilesSHA256: String(repeating: "a", count: 64), everyFrame: false,
            channels: [RunChannel(channelID: channel, zones: zones, zonesVersion: nil)],
            inputs: [
                RunInput(
                    path: file, channelID: channel, startsAt: Self.start, timeSource: "pattern", seconds: 120, bytes: 1000,
                    sha256: (try? ContentHash(ofFile: file))?.hex)
            ])
        try folder.write(record)
        var progress = RunProgress(state: findings == nil ? .running : .done, updatedAt: createdAt, files: 1, secondsTotal: 120)
        progress.problems = [RunProblem(path: "/archive/<broken>.mp4", reason: "holds no picture", isLost: true)]
        try folder.write(progress)
        guard let findings else { return record }
        try folder.write(findings)
        for finding in findings {
            if let still = finding.still { try Data(Self.jpeg).write(to: URL(fileURLWithPath: folder.path + "/" + still)) }
        }
        return record
    }

    static func finding(
        _ id: String, x: Int = 100, at seconds: Double = 30, violation: String = "piled-goods", channel: String = "c1",
        path: String = sample, still: String? = nil
    ) -> RunFinding {
        RunFinding(
            id: id, channelID: channel, path: path, clip: "s1", violation: violation, zone: "z1", box: [x, 120, 80, 60],
            sourceSize: [1280, 720], firstStillS: seconds - 10, confirmedS: seconds, clearedS: seconds + 5,
            firstStillAt: start + seconds - 10,
            confirmedAt: start + seconds, clearedAt: start + seconds + 5, still: still ?? "stills/\(id).jpg")
    }

    func folder(_ run: RunRecord) -> String { test.folder.path + "/runs/" + run.id }
}
