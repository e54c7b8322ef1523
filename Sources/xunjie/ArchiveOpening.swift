import Casework
import FFmpegIO
import Foundation
import FrameCore
import Pipeline

/// What lies in files and folders, by channel and time.
enum ArchiveOpening {
    static func listing(of inputs: [String]) throws -> ArchiveListing {
        let (files, unreadable) = VideoFiles.collect(inputs)
        let timelines = files.map { path in
            ArchiveTimeline(
                channelID: URL(fileURLWithPath: path).deletingPathExtension().lastPathComponent,
                files: [
                    RunInput(
                        path: path, channelID: "", startsAt: nil, timeSource: "none",
                        seconds: (try? Demuxer(MediaURL(path)).duration?.inSeconds) ?? nil, bytes: 0)
                ])
        }
        return ArchiveListing(timelines: timelines, problems: unreadable.map { RunProblem(path: $0, reason: "", isLost: true) })
    }
}
