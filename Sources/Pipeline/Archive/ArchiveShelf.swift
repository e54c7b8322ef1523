public import Casework
import FFmpegIO
public import Foundation
public import FrameCore

/// The folders in which the recorder's exports lie, listed in the background and searched on request.
public actor ArchiveShelf: ArchiveReading {
    /// Older listings are made anew when somebody asks.
    private static let freshSeconds: TimeInterval = 600

    private let folders: [String]
    private let library: ProfileLibrary
    private let scan: @Sendable ([String]) throws -> ArchiveListing
    private let channels: @Sendable () async throws -> [ChannelRecord]
    private let now: @Sendable () -> Date
    private let isIdle: Bool
    private var listing: ArchiveListing?
    private var listedAt: Date?
    private var problems: [RunProblem] = []
    private var scanning: Task<Void, Never>?
    /// The listing by these channels: tens of thousands of files are not sorted anew for every page.
    private var sorted: (names: [Name], contents: ArchiveContents)?

    /// What a channel's footage may lie under.
    private struct Name: Hashable {
        var id: String
        var name: String
        var nationalID: String

        init(_ channel: ChannelRecord) {
            id = channel.id
            name = channel.name
            nationalID = channel.nationalID
        }

        var channel: ChannelRecord { ChannelRecord(id: id, name: name, url: "", nationalID: nationalID, createdAt: .distantPast) }
    }

    /// - Parameters:
    ///   - scan: looks through the folders, which may take minutes; called on a thread of its own.
    ///   - channels: those that the store knows now.
    ///   - isIdle: whether searches give way to everything else, as beside live channels they must.
    public init(
        folders: [String], library: ProfileLibrary, scan: @escaping @Sendable ([String]) throws -> ArchiveListing,
        channels: @escaping @Sendable () async throws -> [ChannelRecord], now: @escaping @Sendable () -> Date = { Date() },
        isIdle: Bool = true
    ) {
        self.folders = folders
        self.library = library
        self.scan = scan
        self.channels = channels
        self.now = now
        self.isIdle = isIdle
    }

    public func contents() async -> ArchiveContents {
        if listedAt.map({ now().timeIntervalSince($0) > Self.freshSeconds }) ?? true { refresh() }
        guard let listing, let listedAt else {
            return ArchiveContents(folders: folders, isScanning: scanning != nil, problems: problems)
        }
        // Channels come and go; the listing does not change with them.
        let known = ((try? await channels()) ?? []).map(Name.init)
        if sorted?.names != known || sorted?.contents.listedAt != listedAt {
            sorted = (known, ArchiveContents(listing, channels: known.map(\.channel), folders: folders, at: listedAt))
        }
        guard var contents = sorted?.contents else { return ArchiveContents(folders: folders) }
        contents.isScanning = scanning != nil
        contents.problems += problems
        return contents
    }

    public func refresh() {
        guard scanning == nil, !folders.isEmpty else { return }
        let (scan, folders, isIdle) = (scan, folders, isIdle)
        scanning = Task {
            let result = await Result { try await IdleThreads.run(isIdle: isIdle) { try scan(folders) } }
            take(result)
        }
    }

    /// Waits until the listing under way is done.
    public func settled() async -> ArchiveContents {
        _ = await contents()
        await scanning?.value
        return await contents()
    }

    private func take(_ result: Result<ArchiveListing, any Error>) {
        scanning = nil
        listedAt = now()
        switch result {
        case .success(let fresh):
            listing = fresh
            problems = []
        case .failure(let error):
            // What was listed before is still the best that is known.
            if listing == nil { listing = ArchiveListing(timelines: [], problems: []) }
            problems = [RunProblem(path: folders.joined(separator: ", "), reason: "\(error)", isLost: true)]
        }
    }

    // MARK: Pictures

    /// Waits for the first listing.
    private func timeline(_ channelID: String) async -> ArchiveTimeline? {
        let contents = listing == nil ? await settled() : await contents()
        return contents.timelines[channelID]
    }

    public func search(
        _ question: PastQuestion, channelID: String, progress: @escaping @Sendable (PastProgress) -> Void
    ) async throws -> PastAnswer {
        guard let timeline = await timeline(channelID) else { throw PastSearchError.noFootage }
        let search = PastSearch(library: library, isIdle: isIdle)
        let stop = StopFlag()
        return try await withTaskCancellationHandler {
            try await IdleThreads.run(isIdle: isIdle) { try search.run(question, in: timeline, stop: stop, progress: progress) }
        } onCancel: {
            stop.stop()
        }
    }

    public func still(channelID: String, at date: Date, bound: PixelSize?) async throws -> [UInt8]? {
        guard let timeline = await timeline(channelID) else { return nil }
        return try await IdleThreads.run(isIdle: false) {
            try PastPicture.moment(at: date, in: timeline).map { try PastPicture.jpeg($0, bound: bound) }
        }
    }

    public func picture(_ moment: PastMoment, closeUp: PastCloseUp?, width: Int) async throws -> [UInt8] {
        try await IdleThreads.run(isIdle: false) {
            if let closeUp { return try PastPicture.jpeg(moment, closeUp: closeUp, width: width) }
            return try PastPicture.jpeg(moment)
        }
    }
}

extension Result where Failure == any Error {
    fileprivate init(_ body: () async throws -> Success) async {
        do { self = .success(try await body()) } catch { self = .failure(error) }
    }
}
