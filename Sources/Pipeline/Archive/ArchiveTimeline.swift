public import Casework
public import Foundation

/// All footage of one channel in the order of time.
public struct ArchiveTimeline: Sendable, Hashable {
    public var channelID: String
    /// By start; those without a known time stand alone, each its own timeline.
    public var files: [RunInput]
    /// Times between two files that nothing shows.
    public var gaps: [DateInterval]
    /// Times that two files show.
    public var overlaps: [DateInterval]

    public init(channelID: String, files: [RunInput], gaps: [DateInterval] = [], overlaps: [DateInterval] = []) {
        self.channelID = channelID
        self.files = files
        self.gaps = gaps
        self.overlaps = overlaps
    }
}

extension ArchiveTimeline {
    /// Start of the first file; nil where nothing tells it.
    public var from: Date? { files.first?.startsAt }
    /// End of the last picture.
    public var to: Date? {
        files.compactMap { file in file.startsAt?.addingTimeInterval(file.seconds ?? 0) }.max()
    }
    /// Of all files together.
    public var seconds: Double { files.reduce(0) { $0 + ($1.seconds ?? 0) } }
}

/// What a look through files, folders and export trees found.
public struct ArchiveListing: Sendable, Hashable {
    /// By channel.
    public var timelines: [ArchiveTimeline]
    /// Files and folders that cannot be used, and why.
    public var problems: [RunProblem]

    public init(timelines: [ArchiveTimeline], problems: [RunProblem]) {
        self.timelines = timelines
        self.problems = problems
    }
}
