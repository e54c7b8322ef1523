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
public actor ChannelSupervisor: PatrolControl, ViewSource {
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
    /// How often the machine's time is shared out anew.
    private static let budgetInterval = Duration.seconds(5)
    /// How often a picture that was asked for is looked for.
    private static let viewInterval = Duration.milliseconds(100)
    /// What is left to the rest of the program where the site says nothing.
    private static let analysisPart = 0.9

    private let store: any CaseStore
    private let library: ProfileLibrary
    private let settings: IngestSettings
    private let gate: OpeningGate
    private let decoders: KeyFrameDecoders
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
    /// 1…3, by channel.
    private var importance: [String: Int] = [:]
    private var budget: AttentionBudget
    private var ledger = UsageLedger()
    private var budgeting: Task<Void, Never>?

    /// - Parameters:
    ///   - analysisCores: processor cores that all channels together may use; nil for all but a tenth of the machine.
    ///   - memoryFolder: an existing folder in which what the channels learned of their streets is kept over restarts; nil
    ///     to learn anew each time.
    public init(
        store: any CaseStore, library: ProfileLibrary, settings: IngestSettings, analysisCores: Double? = nil, writer: EvidenceWriter,
        timeZone: TimeZone, repeatInterval: Duration, memoryFolder: String?, logger: Logger, events: Events
    ) {
        let cores = ProcessInfo.processInfo.activeProcessorCount
        self.store = store
        self.library = library
        self.settings = settings
        gate = OpeningGate(places: settings.simultaneousOpenings, hold: .seconds(settings.openingHoldSeconds))
        // One more than can run: while one waits for a page of memory, another decodes.
        decoders = KeyFrameDecoders(limit: cores + 1)
        budget = AttentionBudget(limit: analysisCores ?? Double(cores) * Self.analysisPart)
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
        budgeting?.cancel()
        budgeting = nil
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
        try await SourceProbe.measure(url: url, transport: transport)
    }

    public func probeBriefly(url: String, transport: String) async throws -> SourceProbe {
        try await SourceProbe.measure(url: url, transport: transport, isBrief: true)
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
            importance[id] = record.importance
            if let running = workers[id], running.assignment == assignment {
                running.give { $0.zones = zones }
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
        let worker = ChannelWorker(assignment, zones: zones, stateChanged: events.channelChanged)
        workers[assignment.id] = worker
        keepBudget()
        let timeZone = timeZone
        let notices = NoticeDelivery(store: store, events: events, logger: logger)
        worker.start(
            ChannelPatrol.Dependencies(
                library: library, settings: settings, writer: writer, gate: gate, decoders: decoders, logger: logger,
                utcOffsetMinutes: { timeZone.secondsFromGMT(for: $0) / 60 }, repeatInterval: repeatInterval,
                memoryFolder: memoryFolder, notify: { notices.deliver($0) }))
    }

    public func watch(channelID: String, for duration: Duration) async {
        workers[channelID]?.give { $0.watchUntil = .now + duration }
    }

    public func view(channelID: String, within patience: Duration) async -> LiveView? {
        guard let worker = workers[channelID] else { return nil }
        _ = worker.takeFullView()
        worker.give { $0.pictureWantedSince = .now }
        let end = ContinuousClock.now + patience
        while .now < end, !Task.isCancelled {
            if let view = worker.takeFullView() { return view }
            try? await Task.sleep(for: Self.viewInterval)
        }
        worker.give { $0.pictureWantedSince = nil }
        return nil
    }

    // MARK: The machine's time

    private func keepBudget() {
        guard budgeting == nil else { return }
        budgeting = Task { [weak self] in
            while !Task.isCancelled {
                try? await Task.sleep(for: Self.budgetInterval)
                await self?.shareTime(at: .now)
            }
        }
    }

    private func shareTime(at now: ContinuousClock.Instant) {
        let costs = workers.values.compactMap {
            ledger.cost(of: $0.assignment.id, importance: importance[$0.assignment.id] ?? 2, $0.usage, at: now)
        }
        ledger.keep(Set(workers.keys))
        let before = budget.restraints
        budget.update(costs, at: now)
        for id in Set(before.keys).union(budget.restraints.keys) where before[id] != budget.restraints[id] {
            let restraint = budget.restraints[id] ?? .none
            workers[id]?.give { $0.restraint = restraint }
            logger.notice(
                "the machine is shared out anew",
                metadata: ["channel": "\(id)", "restraint": "\(ChannelStatus.Reason.code(of: restraint))"])
            events.channelChanged(id)
        }
    }

    /// Seconds of lateness of each channel's newest frames, as many as `counts` says.
    func lateness(newest counts: [String: Int]) -> [Float] {
        workers.values.flatMap { $0.lateness(newest: counts[$0.assignment.id] ?? 0) }
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
