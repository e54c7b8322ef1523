import Casework
import Foundation
import Testing

@Suite("A run's folder")
struct RunFolderTests {
    private static let at = Date(timeIntervalSince1970: 1_795_464_000.25)

    private static func with(_ body: (RunFolder) throws -> Void) throws {
        let path = FileManager.default.temporaryDirectory.appendingPathComponent("run-\(UUID().uuidString)").path
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: path) }
        try body(RunFolder(path: path))
    }

    @Test("record, progress, findings and wish are read as they were written, every member of them")
    func roundTrip() throws {
        try Self.with { folder in
            let record = RunRecord(
                id: folder.id, name: "十一月", createdAt: Self.at, createdBy: "u-li", program: "xunjie test", ruleVersion: "r1",
                profilesSHA256: "ab12", everyFrame: true,
                channels: [RunChannel(channelID: "c1", zones: #"{"zones": []}"#, zonesVersion: 3)],
                inputs: [
                    RunInput(
                        path: "/x/a_b.mp4", channelID: "c1", startsAt: Self.at, timeSource: "pattern", seconds: 12.5, bytes: 7,
                        sha256: "cd34")
                ])
            try folder.write(record)
            #expect(try folder.record() == record)
            var progress = RunProgress(state: .running, updatedAt: Self.at, files: 2, secondsTotal: 100)
            progress.startedAt = Self.at
            progress.processID = 77
            progress.remainingSeconds = 3
            progress.failure = "no space"
            progress.problems = [RunProblem(path: "/x/b.mp4", reason: "cut off", isLost: true)]
            try folder.write(progress)
            #expect(try folder.progress() == progress)
            #expect(folder.wish() == .run)
            try folder.write(RunWish.pause)
            #expect(folder.wish() == .pause)
            let finding = RunFinding(
                id: "f1", channelID: "c1", path: "/x/a_b.mp4", clip: "a_b", violation: "piled-goods", zone: "z1", box: [1, 2, 3, 4],
                sourceSize: [1920, 1080], firstStillS: 1.5, confirmedS: 11.5, clearedS: nil, firstStillAt: Self.at, confirmedAt: Self.at,
                clearedAt: nil, still: "f1.jpg")
            try folder.write([finding, finding])
            #expect(try folder.findings() == [finding, finding])
            let text = try String(contentsOfFile: folder.path + "/run.json", encoding: .utf8)
            for key in ["\"channel_id\"", "\"profiles_sha256\"", "\"created_at\"", "\"time_source\""] { #expect(text.contains(key)) }
        }
    }
}
