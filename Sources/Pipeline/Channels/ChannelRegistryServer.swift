public import Casework
import Foundation
public import Logging
import Synchronization

/// Answers on `ChannelRegistrySocket` for as long as it lives, so that commands can edit the channels of a running program.
public final class ChannelRegistryServer: Sendable {
    private let path: String
    private let descriptor: Int32
    private let store: any ChannelRegistry
    private let changed: @Sendable (String) async -> Void
    private let isStopped = Mutex(false)

    /// Begins to listen; nil, and a line in the log, if that is not possible: nothing but the commands needs it.
    /// - Parameter changed: called with the id of each channel that a command edited, soon after the answer.
    public init?(
        storeFolder: String, store: any ChannelRegistry, logger: Logger, changed: @escaping @Sendable (String) async -> Void
    ) {
        path = ChannelRegistrySocket.path(storeFolder: storeFolder)
        // What stands there is left of a process that died: the store's lock is held by this one.
        unlink(path)
        guard let (descriptor, address) = ChannelRegistrySocket.make(path) else {
            logger.warning("commands cannot reach this process: the store's path is too long for a socket")
            return nil
        }
        guard ChannelRegistrySocket.call(bind, descriptor, address), chmod(path, 0o600) == 0, listen(descriptor, 8) == 0 else {
            logger.warning("commands cannot reach this process", metadata: ["reason": "\(String(cString: strerror(errno)))"])
            close(descriptor)
            return nil
        }
        self.descriptor = descriptor
        self.store = store
        self.changed = changed
        // Waits for connections and for slow askers: never on the cooperative pool.
        Thread.detachNewThread { self.serve() }
    }

    /// Takes no more questions.
    public func stop() {
        isStopped.withLock { stopped in
            guard !stopped else { return }
            stopped = true
            unlink(path)
            shutdown(descriptor, Int32(SHUT_RDWR))
        }
    }

    private func serve() {
        while true {
            let connection = accept(descriptor, nil, nil)
            guard connection >= 0 else {
                if errno == EINTR || errno == ECONNABORTED { continue }
                break
            }
            ChannelRegistrySocket.setTimeouts(connection)
            defer { close(connection) }
            guard let data = ChannelRegistrySocket.read(connection) else { continue }
            let answer = wait { await self.answer(data) }
            if let bytes = try? JSONEncoder().encode(answer) { _ = ChannelRegistrySocket.write(bytes, to: connection) }
        }
        close(descriptor)
    }

    /// Blocks this thread, which is the server's own, until the work is done.
    private func wait(_ work: @escaping @Sendable () async -> ChannelRegistrySocket.Answer) -> ChannelRegistrySocket.Answer {
        let done = DispatchSemaphore(value: 0)
        let result = Mutex<ChannelRegistrySocket.Answer?>(nil)
        Task {
            let answer = await work()
            result.withLock { $0 = answer }
            done.signal()
        }
        done.wait()
        return result.withLock { $0 } ?? .refused("no answer")
    }

    private func answer(_ data: Data) async -> ChannelRegistrySocket.Answer {
        guard let question = try? JSONDecoder().decode(ChannelRegistrySocket.Question.self, from: data) else {
            return .refused("the running program does not understand this command: is it of another version?")
        }
        do {
            switch question {
            case .channels: return .channels(try await store.channels())
            case .channelsAt(let revision): return .channels(try await store.channels(atRevision: revision))
            case .channel(let id): return .channels([try await store.channel(id: id)].compactMap { $0 })
            case .revision: return .revision(try await store.channelRevision())
            case .versions(let id): return .versions(try await store.channelVersions(id: id))
            case .zones(let id, let version): return .zones(try await store.zones(channelID: id, version: version))
            case .edit(let edits, let author, let at, let revision):
                let now = try await store.editChannels(edits, by: author, at: at, basedOn: revision)
                // The command waits for the write, not for cameras that are let go and opened.
                Task { for id in Set(edits.map(\.channelID)).sorted() { await changed(id) } }
                return .revision(now)
            }
        } catch {
            return .refused("\(error)")
        }
    }
}
