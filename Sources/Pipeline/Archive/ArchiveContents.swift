public import Casework
public import Foundation
public import FrameCore

/// What lies on the shelf: the recorder's exports, by channel.
public struct ArchiveContents: Sendable, Hashable {
    /// Where it is looked for, as given; empty while nobody said where the exports lie.
    public var folders: [String]
    public var isScanning: Bool
    /// When the listing was finished; nil before the first.
    public var listedAt: Date?
    /// By the id of a channel that the store knows: footage whose time is known.
    public var timelines: [String: ArchiveTimeline]
    /// By channel: files that nothing tells the time of. They cannot be searched by time.
    public var untimedFiles: [String: Int]
    /// Names under which footage lies that fit no channel, with the number of files.
    public var strangers: [String: Int]
    /// Files and folders that cannot be used, and why.
    public var problems: [RunProblem]

    public init(
        folders: [String] = [], isScanning: Bool = false, listedAt: Date? = nil, timelines: [String: ArchiveTimeline] = [:],
        untimedFiles: [String: Int] = [:], strangers: [String: Int] = [:], problems: [RunProblem] = []
    ) {
        self.folders = folders
        self.isScanning = isScanning
        self.listedAt = listedAt
        self.timelines = timelines
        self.untimedFiles = untimedFiles
        self.strangers = strangers
        self.problems = problems
    }

    /// Sorts a listing by known channels: a name in the listing is a channel's id, its name or its national id.
    ///
    /// Ids come first, then national ids, then names; a name that two channels have fits neither.
    public init(_ listing: ArchiveListing, channels: [ChannelRecord], folders: [String], at date: Date) {
        self.init(folders: folders, listedAt: date, problems: listing.problems)
        let ids = Set(channels.map(\.id))
        let nationalIDs = Dictionary(channels.filter { !$0.nationalID.isEmpty }.map { ($0.nationalID, $0.id) }) { first, _ in first }
        let names = Dictionary(grouping: channels, by: \.name).compactMapValues { $0.count == 1 ? $0[0].id : nil }
        var files: [String: [RunInput]] = [:]
        for timeline in listing.timelines {
            let label = timeline.channelID
            guard let id = ids.contains(label) ? label : nationalIDs[label] ?? names[label] else {
                strangers[label, default: 0] += timeline.files.count
                continue
            }
            for var file in timeline.files {
                file.channelID = id
                if file.startsAt == nil { untimedFiles[id, default: 0] += 1 } else { files[id, default: []].append(file) }
            }
        }
        timelines = files.reduce(into: [:]) { $0[$1.key] = ArchiveTimeline(channelID: $1.key, timed: $1.value) }
    }
}

extension ArchiveTimeline {
    /// Puts files whose times are known in order and finds what lies between them.
    /// - Parameter tolerance: shorter gaps and overlaps come from rounded file names and are none.
    package init(channelID: String, timed files: [RunInput], tolerance: TimeInterval = 5) {
        func start(_ file: RunInput) -> Date { file.startsAt ?? .distantPast }
        let files = files.sorted { (left: RunInput, right: RunInput) -> Bool in
            start(left) == start(right) ? left.path < right.path : start(left) < start(right)
        }
        self.init(channelID: channelID, files: files)
        var covered: Date?
        for file in files {
            let begin = start(file)
            let end = begin.addingTimeInterval(max(0, file.seconds ?? 0))
            if let covered {
                if begin.timeIntervalSince(covered) > tolerance { gaps.append(DateInterval(start: covered, end: begin)) }
                if covered.timeIntervalSince(begin) > tolerance { overlaps.append(DateInterval(start: begin, end: min(covered, end))) }
            }
            covered = max(covered ?? end, end)
        }
    }

    /// From the first picture to the end of the last file; nil for footage without a known time.
    public var span: DateInterval? {
        let timed = files.compactMap { file in file.startsAt.map { ($0, $0.addingTimeInterval(max(0, file.seconds ?? 0))) } }
        guard let first = timed.map(\.0).min(), let last = timed.map(\.1).max() else { return nil }
        return DateInterval(start: first, end: max(first, last))
    }
}

/// What the console needs of the archive: what is there, pictures of it, and searches through it.
///
/// Safe to call from any task. Work on pictures is done on threads of its own that give way to live channels.
public protocol ArchiveReading: Sendable {
    /// What was listed last; begins to list anew where that is old.
    func contents() async -> ArchiveContents
    /// Begins to list anew; without effect while that goes on.
    func refresh() async
    /// Ends early, with `PastSearchError.stopped`, when the task is cancelled.
    func search(
        _ question: PastQuestion, channelID: String, progress: @escaping @Sendable (PastProgress) -> Void
    ) async throws -> PastAnswer
    /// The key frame before this time as JPEG within `bound`; nil where no file shows it.
    func still(channelID: String, at date: Date, bound: PixelSize?) async throws -> [UInt8]?
    /// The picture of a moment that a search answered, as JPEG: the whole, or a part of it about `width` pixels wide.
    func picture(_ moment: PastMoment, closeUp: PastCloseUp?, width: Int) async throws -> [UInt8]
}

/// Where nobody said where exports lie.
public struct NoArchive: ArchiveReading {
    public init() {}

    public func contents() async -> ArchiveContents { ArchiveContents() }
    public func refresh() async {}
    public func search(
        _ question: PastQuestion, channelID: String, progress: @escaping @Sendable (PastProgress) -> Void
    ) async throws -> PastAnswer {
        throw PastSearchError.noFootage
    }
    public func still(channelID: String, at date: Date, bound: PixelSize?) async throws -> [UInt8]? { nil }
    public func picture(_ moment: PastMoment, closeUp: PastCloseUp?, width: Int) async throws -> [UInt8] { throw PastSearchError.noFootage }
}
