import Dispatch
import FFmpegIO
import Foundation
import FrameCore
import Synchronization

/// A handle on one channel's thread: the thread reads, decodes, analyses and records; this is what others may touch.
final class ChannelWorker: Sendable {
    /// What the channel is told to do.
    struct Orders: Sendable {
        var zones: VersionedZones
        var restraint = Restraint.none
        /// Until when an operator wants it watched.
        var watchUntil: ContinuousClock.Instant?
        /// Since when somebody waits for a picture in full resolution; nil while nobody does.
        var pictureWantedSince: ContinuousClock.Instant?
    }

    /// Shared between the thread and everybody else, under a lock held for nanoseconds.
    private struct Board {
        var status: ChannelStatus
        var life = ChannelLife()
        var lateness = LatenessMeter()
        var usage = ChannelUsage()
        var frame: Frame?
        var fullView: LiveView?
        var orders: Orders
    }

    /// Decoding 1080p needs about 100 KiB; a default of 8 MiB for each of ninety threads would be waste.
    static let stackBytes = 512 << 10
    /// Of so many frames the status tells the lateness: some minutes of patrol.
    private static let latenessFrames = 128

    let assignment: ChannelAssignment
    private let stop = StopFlag()
    private let board: Mutex<Board>
    /// Counts changes of the orders, so that the thread need not look at them with every packet.
    private let ordersVersion = Atomic<Int>(0)
    private let stateChanged: @Sendable (String) -> Void
    private let ended = DispatchSemaphore(value: 0)

    /// - Parameter stateChanged: gets the channel's id after its state or reason changed, on the channel's thread.
    init(_ assignment: ChannelAssignment, zones: VersionedZones, stateChanged: @escaping @Sendable (String) -> Void) {
        self.assignment = assignment
        self.stateChanged = stateChanged
        board = Mutex(
            Board(
                status: ChannelStatus(id: assignment.id, state: .connecting, since: Date()), frame: nil,
                orders: Orders(zones: zones)))
    }

    var status: ChannelStatus {
        var (status, lateness) = board.withLock { board in
            var status = board.status
            status.restraint = ChannelStatus.Reason.code(of: board.orders.restraint)
            return (status, board.lateness.newest(Self.latenessFrames))
        }
        lateness.sort()
        status.latenessMedianSeconds = LatenessMeter.quantile(0.5, of: lateness)
        status.latenessP99Seconds = LatenessMeter.quantile(0.99, of: lateness)
        return status
    }

    /// The newest analysed picture.
    var frame: Frame? { board.withLock { $0.frame } }
    /// Takes the newest picture in full resolution away; nil if none came since it was wanted.
    func takeFullView() -> LiveView? { board.withLock { $0.fullView.take() } }
    var usage: ChannelUsage { board.withLock { $0.usage } }

    /// Seconds of lateness of the newest `count` frames.
    func lateness(newest count: Int) -> [Float] { board.withLock { $0.lateness.newest(count) } }

    func give(_ change: (inout Orders) -> Void) {
        board.withLock { change(&$0.orders) }
        ordersVersion.add(1, ordering: .releasing)
    }

    func start(_ dependencies: ChannelPatrol.Dependencies) {
        let thread = Thread { [self] in
            var patrol = ChannelPatrol(assignment, dependencies, access: self)
            patrol.run()
            ended.signal()
        }
        thread.stackSize = Self.stackBytes
        thread.name = "ch \(assignment.id)"
        thread.start()
    }

    /// Asks the thread to end; it does within about a second.
    func askToStop() {
        stop.stop()
    }

    /// Waits for the end; false if the thread did not make it in time. Never call it from async code.
    func waitForEnd(seconds: Double) -> Bool {
        ended.wait(timeout: .now() + seconds) == .success
    }
}

// What the thread itself uses.
extension ChannelWorker {
    var stopFlag: StopFlag { stop }
    var isStalled: Bool { board.withLock { $0.life.state == .stalled } }
    var orders: Orders { board.withLock { $0.orders } }

    /// The orders, if they changed since `version`, which becomes the newest.
    func newOrders(since version: inout Int) -> Orders? {
        let newest = ordersVersion.load(ordering: .acquiring)
        guard newest != version else { return nil }
        version = newest
        return orders
    }

    /// Moves the channel's life on; answers what is to be done.
    @discardableResult
    func take(_ event: ChannelLife.Event, at now: ContinuousClock.Instant = .now) -> ChannelLife.Action {
        let random = if case .broke = event { Double.random(in: 0...1) } else { 1.0 }
        var changed = false
        let action = board.withLock { board in
            let action = board.life.take(event, at: now, random: random)
            changed = board.status.state != board.life.state || board.status.reason != board.life.reason
            if changed {
                board.status.state = board.life.state
                board.status.reason = board.life.reason
                board.status.since = Date()
            }
            return action
        }
        if changed { stateChanged(assignment.id) }
        return action
    }

    func update(_ change: (inout ChannelStatus) -> Void) {
        board.withLock { change(&$0.status) }
    }

    func account(_ change: (inout ChannelUsage) -> Void) {
        board.withLock { change(&$0.usage) }
    }

    func show(_ frame: Frame, lateness: Duration) {
        board.withLock {
            $0.frame = frame
            $0.lateness.add(lateness)
        }
    }

    func show(_ view: LiveView) {
        board.withLock {
            $0.fullView = view
            $0.orders.pictureWantedSince = nil
        }
    }

    /// Sleeps, but wakes for a stop within 100 ms; false when stopped.
    func sleep(_ duration: Duration) -> Bool {
        let end = ContinuousClock.now + duration
        while !stop.isStopped {
            let left = end - .now
            guard left > .zero else { return true }
            Thread.sleep(forTimeInterval: min(0.1, left.inSeconds))
        }
        return false
    }
}
