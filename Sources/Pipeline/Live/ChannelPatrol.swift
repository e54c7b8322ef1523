import Evidence
import FFmpegIO
import Foundation
import FrameCore
import Logging

/// The work of one channel's thread: connect, read, look, record; and begin again when the stream breaks.
struct ChannelPatrol: ~Copyable {
    struct Dependencies: Sendable {
        var library: ProfileLibrary
        var settings: IngestSettings
        var writer: EvidenceWriter
        var gate: OpeningGate
        var decoders: KeyFrameDecoders
        var logger: Logger
        var utcOffsetMinutes: @Sendable (Date) -> Int
        var repeatInterval: Duration
        /// Folder in which the memories of the streets are kept; nil keeps none.
        var memoryFolder: String?
        /// Called on the channel's thread.
        var notify: @Sendable (IncidentRecorder.Notice) -> Void
    }

    let assignment: ChannelAssignment
    let dependencies: Dependencies
    let worker: ChannelWorker
    var analysis: ChannelAnalysis
    var zones: VersionedZones
    var recorder: IncidentRecorder
    /// The channel's time goes on over reconnects.
    var lastTime = FrameTime.zero
    var lastReceived: ContinuousClock.Instant?
    /// As it was before the last break; another one after it is a change.
    var lastStream: VideoStream?
    var cameraClock = CameraClock()
    var tally = ChannelTally()
    /// The orders that are in force.
    var ordersVersion = -1
    var watchUntil: ContinuousClock.Instant?
    var pictureWantedSince: ContinuousClock.Instant?
    let memoryFile: ChannelMemoryFile?
    var memorySavedAt = ContinuousClock.now
    var memoryFailed = false

    init(_ assignment: ChannelAssignment, _ dependencies: Dependencies, access worker: ChannelWorker) {
        self.assignment = assignment
        self.dependencies = dependencies
        self.worker = worker
        zones = worker.orders.zones
        analysis = ChannelAnalysis(library: dependencies.library, zones: zones.zones)
        recorder = IncidentRecorder(
            channelID: assignment.id, channelName: assignment.name, device: assignment.device, repeatInterval: dependencies.repeatInterval,
            writer: dependencies.writer,
            main: assignment.mainURL.map {
                EvidenceStream(
                    $0, transport: assignment.transport, settings: dependencies.settings, channelID: assignment.id,
                    logger: dependencies.logger)
            },
            settings: dependencies.settings, decoders: dependencies.decoders, logger: dependencies.logger)
        memoryFile = dependencies.memoryFolder.map { ChannelMemoryFile(folder: $0, channelID: assignment.id, url: assignment.url) }
        takeUpMemory()
    }

    /// Returns when the worker is asked to stop, or the file is over.
    mutating func run() {
        var action = worker.take(.begin)
        while !worker.stopFlag.isStopped {
            switch action {
            case .wait(let delay):
                guard worker.sleep(delay) else { continue }
                action = worker.take(.begin)
            case .end:
                saveMemory()
                recorder.finish()
                return
            case .open, .none, .giveUp:
                action = connect()
            }
        }
        recorder.finish()
        saveMemory()
        worker.take(.stop)
    }

    /// One connection and what came of it.
    private mutating func connect() -> ChannelLife.Action {
        var event: ChannelLife.Event?
        do {
            try runOnce()
            if !assignment.loops {
                event =
                    assignment.url.isLive
                    ? .broke(reason: ChannelStatus.Reason.ended, cause: .passing) : .over(reason: ChannelStatus.Reason.fileOver)
            }
        } catch {
            event = .broke(
                reason: ChannelStatus.Reason.code(of: error) ?? error.reason, cause: ChannelStatus.Reason.cause(of: error))
            if !worker.stopFlag.isStopped {
                dependencies.logger.warning(
                    "channel interrupted",
                    metadata: ["channel": "\(assignment.id)", "source": "\(assignment.url)", "reason": "\(error.reason)"])
            }
        }
        recorder.breakOff()
        cameraClock.breakOff()
        tally.endConnection()
        guard !worker.stopFlag.isStopped else { return .none }
        guard let event else { return .open }
        worker.update {
            $0.streams = []
            $0.canRecord = false
            $0.preRollSeconds = 0
            $0.ringBytes = 0
            if case .broke = event { $0.reconnects += 1 }
        }
        return worker.take(event)
    }
}
