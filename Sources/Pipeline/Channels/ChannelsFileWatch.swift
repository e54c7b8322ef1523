public import Casework
import Evidence
public import Foundation
public import Logging
import Synchronization

/// Keeps a channels file and the store the same: what changes in either is taken over by the other within seconds.
///
/// The store is asked and the file is looked at once a second. A file is taken up when it was the same at two looks, whole or not
/// at all; an edit on the basis of an older revision is refused, as is whatever cannot be read, and stays on the disk untouched
/// until it is mended. Nobody's edit is overwritten unseen.
public final class ChannelsFileWatch: Sendable {
    /// What is known of the file on the disk, to see a change by.
    private struct Stamp: Equatable {
        var seconds: Int
        var nanoseconds: Int
        var size: Int64
        var inode: UInt64

        /// nil if there is no file.
        init?(_ path: String) {
            var status = stat()
            guard stat(path, &status) == 0 else { return nil }
            seconds = Int(status.st_mtim.tv_sec)
            nanoseconds = Int(status.st_mtim.tv_nsec)
            size = Int64(status.st_size)
            inode = UInt64(status.st_ino)
        }
    }

    private struct State {
        var problem: String?
        /// Of the file as it was last dealt with.
        var handled: Stamp?
        /// Of the last look, which may come in the middle of a save.
        var seen: Stamp?
        /// The store's revision when the file was last dealt with; nil before.
        var revision: Int?
    }

    public static let author = "file"

    private let path: String
    private let store: any ChannelRegistry
    private let logger: Logger
    private let now: @Sendable () -> Date
    private let changed: @Sendable (String) async -> Void
    private let state = Mutex(State())

    /// - Parameter changed: called with the id of each channel that the file changed.
    public init(
        path: String, store: any ChannelRegistry, logger: Logger, now: @escaping @Sendable () -> Date = { Date() },
        changed: @escaping @Sendable (String) async -> Void
    ) {
        self.path = path
        self.store = store
        self.logger = logger
        self.now = now
        self.changed = changed
    }

    /// Why the file on the disk is not in force: file, line and reason; nil while it is.
    public var problem: String? { state.withLock { $0.problem } }

    /// Looks once a second until the task is cancelled.
    public func run() async {
        while !Task.isCancelled {
            await look()
            try? await Task.sleep(for: .seconds(1))
        }
    }

    /// One look: takes over what changed on either side.
    public func look() async {
        let stamp = Stamp(path)
        let (handled, seen) = state.withLock { state in
            defer { state.seen = stamp }
            return (state.handled, state.seen)
        }
        do {
            if stamp == nil {
                try await write()
            } else if stamp != handled {
                if stamp == seen { try await takeUp(stamp) }
            } else if let revision = state.withLock({ $0.revision }), try await store.channelRevision() != revision {
                // What was refused stays; only the reason is told anew, with the revision that now counts.
                if problem == nil { try await write() } else { try await takeUp(stamp) }
            }
        } catch {
            await refuse("\(error)", stamp)
        }
    }

    // MARK: Both ways

    private func write() async throws {
        let file = try await ChannelsFile.current(of: store)
        try keep(file.text(), revision: file.revision)
        logger.info("the channels file was written", metadata: ["file": "\(path)", "revision": "\(file.revision)"])
    }

    private func keep(_ text: String, revision: Int) throws {
        try DurableFile.replace(path, with: Array(text.utf8), mode: 0o600)
        let stamp = Stamp(path)
        state.withLock { state in
            state = State(problem: nil, handled: stamp, seen: stamp, revision: revision)
        }
    }

    private func takeUp(_ stamp: Stamp?) async throws {
        let text = try StrictDocument.text(of: path)
        let file = try ChannelsFile.parse(text, file: path, now: now())
        let current = try await ChannelsFile.current(of: store)
        if file.revision != current.revision {
            // A file that says what the store held at its revision was not edited: it is only old, and is written anew.
            let then = file.revision < current.revision ? try await store.channels(atRevision: file.revision) : []
            guard file.revision < current.revision, file.revision > 0,
                try await file.edits(from: then, zonesInForce: zones(of: then)).isEmpty
            else { throw conflict(file.revision, current.revision) }
            try await write()
            return
        }
        let edits = file.edits(from: current.entries.map(\.channel), zonesInForce: zones(of: current))
        guard !edits.isEmpty else {
            state.withLock { $0 = State(problem: nil, handled: stamp, seen: stamp, revision: file.revision) }
            return
        }
        let revision = try await store.editChannels(edits, by: Self.author, at: now(), basedOn: file.revision)
        try keep(ChannelsFile.setting(revision: revision, in: text), revision: revision)
        let ids = Set(edits.map(\.channelID)).sorted()
        logger.notice(
            "the channels file was applied",
            metadata: ["file": "\(path)", "revision": "\(revision)", "channels": "\(ids.joined(separator: ", "))"])
        for id in ids { await changed(id) }
    }

    private func conflict(_ given: Int, _ current: Int) -> SettingsError {
        SettingsError(
            file: path, line: nil,
            reason: "was edited on the basis of revision \(given), but the channels are at revision \(current) by now; nothing was "
                + "changed. Compare with what “xunjie channel export” or the console shows, carry over what is missing and write "
                + "revision: \(current); or remove the file, and it is written anew")
    }

    private func zones(of channels: [ChannelRecord]) async throws -> [String: String] {
        var documents: [String: String] = [:]
        for channel in channels where channel.zonesVersion > 0 {
            documents[channel.id] = try await store.zones(channelID: channel.id, version: channel.zonesVersion)?.document
        }
        return documents
    }

    private func zones(of file: ChannelsFile) -> [String: String] {
        file.entries.reduce(into: [:]) { $0[$1.channel.id] = $1.zones }
    }

    private func refuse(_ reason: String, _ stamp: Stamp?) async {
        let revision = try? await store.channelRevision()
        let isNew = state.withLock { state in
            defer { state = State(problem: reason, handled: stamp, seen: stamp, revision: revision) }
            return state.problem != reason
        }
        if isNew { logger.error("the channels file is not in force", metadata: ["reason": "\(reason)"]) }
    }
}
