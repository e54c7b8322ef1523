import Casework
import Foundation
import Logging
import Pipeline

/// Footage for a console under test: a sample clip as the recorder of channel c1, and runs that a shell pretends to work on.
struct StoredFootage: Sendable {
    static let start = Date(timeIntervalSince1970: 1_795_464_000)
    static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

    var folders = [root.path + "/SampleStreams"]
    /// By the name that the footage lies under, the sample clip and its length.
    var clips: [(channel: String, file: String, seconds: Double)] = [("c1", "s3_rubbish.mp4", 66)]

    func shelf(_ store: any CaseStore) throws -> ArchiveShelf {
        let clips = clips
        return ArchiveShelf(folders: folders, library: try ProfileLibrary.load(folder: Self.root.path + "/Models")) { folders in
            let timelines = clips.map { clip in
                ArchiveTimeline(
                    channelID: clip.channel,
                    files: [
                        RunInput(
                            path: folders[0] + "/" + clip.file, channelID: clip.channel, startsAt: Self.start, timeSource: "pattern",
                            seconds: clip.seconds, bytes: 1)
                    ])
            }
            return ArchiveListing(timelines: timelines, problems: [])
        } channels: {
            try await store.channels()
        }
    }

    func launcher(_ folder: String) throws -> RunLauncher {
        var logger = Logger(label: "console-test")
        logger.logLevel = .critical
        return try RunLauncher(
            folder: folder,
            identity: RunLauncher.Identity(
                program: "xunjie test", ruleVersion: "r1", profilesSHA256: String(repeating: "a", count: 64), timeZone: .gmt),
            logger: logger
        ) { _ in ("/bin/sleep", ["20"]) }
    }
}
