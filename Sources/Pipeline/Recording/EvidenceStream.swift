import Dispatch
import FFmpegIO
import Foundation
import FrameCore
import Logging
import Synchronization

/// The main stream of a camera that is analysed on its sub-stream: open only while something needs its evidence.
///
/// Its own short-lived thread fills a ring, as blocking reads demand; the channel's thread opens, closes and cuts.
final class EvidenceStream: Sendable {
    /// A moment of the channel's time and of this machine's clock, by which the main stream's stamps are placed.
    struct Moment: Sendable {
        var time: FrameTime
        var at: ContinuousClock.Instant
    }

    /// What the main stream has of one incident.
    struct Excerpt: Sendable {
        var stream: VideoStream
        var packets: [PacketRing.Entry]
        /// The key frame that shows the object after its dwell.
        var still: PacketRing.Entry
    }

    private struct Board {
        var ring: PacketRing
        var stream: VideoStream?
        /// Of the thread that runs now; nil while none does.
        var stop: StopFlag?
        var problem: String?
    }

    private static let retryDelay = Duration.seconds(3)
    private static let closeSeconds = 2.0
    /// A still further from the confirmation does not show what was confirmed.
    private static let stillReach = Duration.seconds(8)

    private let url: MediaURL
    private let transport: RTSPTransport
    private let settings: IngestSettings
    private let channelID: String
    private let logger: Logger
    private let board: Mutex<Board>
    private let ended = DispatchGroup()

    init(_ url: MediaURL, transport: RTSPTransport, settings: IngestSettings, channelID: String, logger: Logger) {
        self.url = url
        self.transport = transport
        self.settings = settings
        self.channelID = channelID
        self.logger = logger
        board = Mutex(Board(ring: Self.ring(settings)))
    }

    /// Whether packets come.
    var isConnected: Bool { board.withLock { $0.stop != nil && $0.stream != nil } }
    /// Why the main stream cannot be had; nil while it can, or was never asked for. Holds no credentials.
    var problem: String? { board.withLock { $0.problem } }
    var bytes: Int { board.withLock { $0.ring.bytes } }

    /// Begins to read, unless it does already. Returns at once.
    func open(at moment: Moment) {
        let stop = board.withLock { board -> StopFlag? in
            guard board.stop == nil else { return nil }
            let stop = StopFlag()
            board.stop = stop
            return stop
        }
        guard let stop else { return }
        ended.enter()
        let thread = Thread { [self] in
            run(stop, moment)
            ended.leave()
        }
        thread.stackSize = ChannelWorker.stackBytes
        thread.name = "ev \(channelID)"
        thread.start()
    }

    /// Stops reading and forgets what was read. The thread ends by itself.
    func close() {
        board.withLock { board in
            board.stop?.stop()
            board.stop = nil
            board.stream = nil
            board.ring = Self.ring(settings)
        }
    }

    /// As `close`, and waits for the thread, two seconds at most. Never call it from async code.
    func closeAndWait() {
        close()
        _ = ended.wait(timeout: .now() + Self.closeSeconds)
    }

    /// - Parameters:
    ///   - from: where a clip should begin.
    ///   - confirmed: when the incident was.
    /// - Returns: nil if there is no picture from about then.
    func excerpt(from: FrameTime, confirmed: FrameTime) -> Excerpt? {
        board.withLock { board in
            guard let stream = board.stream,
                let still = board.ring.firstKey(after: confirmed) ?? board.ring.lastKey(before: confirmed),
                still.time - confirmed < Self.stillReach, confirmed - still.time < Self.stillReach
            else { return nil }
            return Excerpt(stream: stream, packets: board.ring.packets(from: from), still: still)
        }
    }

    // MARK: The thread

    private func run(_ stop: StopFlag, _ moment: Moment) {
        while !stop.isStopped {
            do {
                try read(stop, moment)
                note("the stream ended", stop)
            } catch {
                if stop.isStopped { break }
                note(error.reason, stop)
                logger.warning(
                    "the main stream is missing", metadata: ["channel": "\(channelID)", "source": "\(url)", "reason": "\(error.reason)"])
            }
            let end = ContinuousClock.now + Self.retryDelay
            while !stop.isStopped && .now < end { Thread.sleep(forTimeInterval: 0.1) }
        }
    }

    private func read(_ stop: StopFlag, _ moment: Moment) throws(AVError) {
        var demuxer = try Demuxer(
            url, options: InputOptions(transport: transport, stop: stop, gather: .seconds(settings.gatherSeconds)))
        var clock = StreamClock(frameRate: demuxer.video.averageFrameRate)
        var base: FrameTime?
        while !stop.isStopped, let packet = try demuxer.next() {
            let shared = packet.intoShared()
            let stamp = clock.time(of: shared.dts ?? shared.pts)
            let begin = base ?? moment.time + moment.at.duration(to: .now)
            base = begin
            let video = demuxer.video
            board.withLock { board in
                // Another thread may run by now.
                guard board.stop === stop else { return }
                if shared.streamChanged { board.ring.removeAll() }
                if board.stream == nil || shared.isKey || shared.streamChanged { board.stream = video }
                board.problem = nil
                board.ring.append(shared, time: begin + (stamp - .zero))
            }
        }
    }

    private func note(_ problem: String, _ stop: StopFlag) {
        board.withLock { board in
            guard board.stop === stop else { return }
            board.problem = problem
            board.stream = nil
            board.ring.removeAll()
        }
    }

    private static func ring(_ settings: IngestSettings) -> PacketRing {
        // A clip is cut out when it is complete, so the ring must hold what follows the confirmation as well.
        let seconds = settings.preRollSeconds + settings.clipAfterSeconds
        return PacketRing(seconds: .seconds(seconds), byteLimit: Int(Double(settings.ringBytes) * seconds / settings.preRollSeconds))
    }
}
