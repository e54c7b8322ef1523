public import Casework
import Evidence
import FFmpegIO
public import Foundation
import FrameCore
public import Logging
import Violations

/// Starts, stops and re-zones the channels' workers as the store says, and answers how they are.
///
/// One worker, one thread for each enabled channel. The store is the truth: `channelChanged` compares and acts.
public actor ChannelSupervisor: PatrolControl {
    /// What happens on the channels that others may want to know.
    public struct Events: Sendable {
        public var caseChanged: @Sendable (String) -> Void
        public var channelChanged: @Sendable (String) -> Void

        public init(caseChanged: @escaping @Sendable (String) -> Void, channelChanged: @escaping @Sendable (String) -> Void) {
            self.caseChanged = caseChanged
            self.channelChanged = channelChanged
        }
    }

    /// Longest time that a worker may take to end.
    private static let stopSeconds = 10.0

    private let store: any CaseStore
    private let library: ProfileLibrary
    private let writer: EvidenceWriter
    private let timeZone: TimeZone
    private let repeatInterval: Duration
    private let memoryFolder: String?
    private let logger: Logger
    private let events: Events
    private let thumbnails = ThumbnailShelf()
    private var workers: [String: ChannelWorker] = [:]
    /// Channels that cannot even be started, with the reason.
    private var refused: [String: ChannelStatus] = [:]

    /// - Parameter memoryFolder: an existing folder in which what the channels learned of their streets is kept over
    ///   restarts; nil to learn anew each time.
    public init(
        store: any CaseStore, library: ProfileLibrary, writer: EvidenceWriter, timeZone: TimeZone, repeatInterval: Duration,
        memoryFolder: String?, logger: Logger, events: Events
    ) {
        self.store = store
        self.library = library
        self.writer = writer
        self.timeZone = timeZone
        self.repeatInterval = repeatInterval
        self.memoryFolder = memoryFolder
        self.logger = logger
        self.events = events
    }

    /// Starts every enabled channel of the store.
    public func startAll() async throws {
        for channel in try await store.channels() { await channelChanged(id: channel.id) }
    }

    /// Ends all workers and waits for them and for their evidence.
    public func stopAll() async {
        for worker in workers.values { worker.askToStop() }
        for worker in workers.values { await end(worker) }
        workers = [:]
        let writer = writer
        await onThread { writer.drain() }
    }

    public func channelStatuses() async -> [ChannelStatus] {
        (workers.values.map(\.status) + refused.values).sorted { $0.id < $1.id }
    }

    public func latestStill(channelID: String) async -> [UInt8]? {
        guard let frame = workers[channelID]?.frame else { return nil }
        return try? JPEGEncoder.encode(frame, quality: 80)
    }

    public func thumbnail(channelID: String) async -> Thumbnail? {
        guard let frame = workers[channelID]?.frame else { return nil }
        return await thumbnails.thumbnail(of: frame, channelID: channelID)
    }

    public func probe(url: String, transport: String) async throws -> SourceProbe {
        let address = try MediaURL(url)
        let options = InputOptions(transport: RTSPTransport(rawValue: transport) ?? .tcp)
        return try await onThread { () throws(any Error) in
            let report = try Probe.run(address, options: options)
            return SourceProbe(
                codec: report.codecName, width: report.size.width, height: report.size.height,
                frameRate: report.frameRate ?? 0, gopSeconds: report.gopSeconds, container: report.container,
                still: try JPEGEncoder.encode(report.still, quality: 85))
        }
    }

    public nonisolated func checkZones(document: String) throws {
        _ = try ZonesFile.parse(document, file: "zones")
    }

    public func channelChanged(id: String) async {
        do {
            guard let record = try await store.channel(id: id), record.enabled else {
                refused[id] = nil
                if let worker = workers.removeValue(forKey: id) {
                    worker.askToStop()
                    await end(worker)
                }
                events.channelChanged(id)
                return
            }
            let zones = try await zones(of: record)
            let assignment = try ChannelAssignment(record)
            refused[id] = nil
            if let running = workers[id], running.assignment == assignment {
                running.setZones(zones)
                return
            }
            if let old = workers.removeValue(forKey: id) {
                old.askToStop()
                await end(old)
            }
            start(assignment, zones)
        } catch {
            logger.error("channel cannot be started", metadata: ["channel": "\(id)", "reason": "\(error)"])
            refused[id] = ChannelStatus(id: id, state: .stopped, reason: "\(error)", since: Date())
        }
        events.channelChanged(id)
    }

    private func start(_ assignment: ChannelAssignment, _ zones: VersionedZones) {
        let worker = ChannelWorker(assignment, zones: zones)
        workers[assignment.id] = worker
        let timeZone = timeZone
        let notices = NoticeDelivery(store: store, events: events, logger: logger)
        worker.start(
            ChannelPatrol.Dependencies(
                library: library, writer: writer, logger: logger,
                utcOffsetMinutes: { timeZone.secondsFromGMT(for: $0) / 60 }, repeatInterval: repeatInterval,
                memoryFolder: memoryFolder, notify: { notices.deliver($0) }, stateChanged: events.channelChanged))
    }

    private func zones(of record: ChannelRecord) async throws -> VersionedZones {
        guard record.zonesVersion > 0, let version = try await store.zones(channelID: record.id, version: nil) else {
            return VersionedZones(zones: .init(zones: []), version: 0)
        }
        let name = "zones of \(record.id), version \(version.version)"
        return VersionedZones(zones: try ZonesFile.parse(version.document, file: name), version: version.version)
    }

    private func end(_ worker: ChannelWorker) async {
        let inTime = await onThread { worker.waitForEnd(seconds: Self.stopSeconds) }
        if !inTime {
            logger.error("a channel's thread did not end in time and is left behind", metadata: ["channel": "\(worker.assignment.id)"])
        }
    }

    /// Runs blocking work on a thread of its own: the cooperative pool has two on a small machine.
    private func onThread<Value: Sendable, Failure: Error>(
        _ work: @escaping @Sendable () throws(Failure) -> Value
    ) async throws(Failure) -> Value {
        let result: Result<Value, Failure> = await withCheckedContinuation { continuation in
            Thread.detachNewThread { continuation.resume(returning: Result(catching: work)) }
        }
        return try result.get()
    }
}
