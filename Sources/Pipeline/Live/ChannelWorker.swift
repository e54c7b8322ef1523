import Dispatch
import FFmpegIO
import Foundation
import FrameCore
import Synchronization

/// A handle on one channel's thread: the thread reads, decodes, analyses and records; this is what others may touch.
final class ChannelWorker: Sendable {
    /// Shared between the thread and everybody else, under a lock held for nanoseconds.
    struct Board {
        var status: ChannelStatus
        var frame: Frame?
        var zones: VersionedZones
    }

    /// Decoding 1080p needs about 100 KiB; a default of 8 MiB for each of ninety threads would be waste.
    private static let stackBytes = 512 << 10

    let assignment: ChannelAssignment
    private let stop = StopFlag()
    private let board: Mutex<Board>
    private let ended = DispatchSemaphore(value: 0)

    init(_ assignment: ChannelAssignment, zones: VersionedZones) {
        self.assignment = assignment
        board = Mutex(
            Board(status: ChannelStatus(id: assignment.id, state: .connecting, since: Date()), frame: nil, zones: zones))
    }

    var status: ChannelStatus { board.withLock { $0.status } }
    /// The newest analysed picture.
    var frame: Frame? { board.withLock { $0.frame } }

    func setZones(_ zones: VersionedZones) {
        board.withLock { $0.zones = zones }
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
    var zones: VersionedZones { board.withLock { $0.zones } }

    func update(_ change: (inout ChannelStatus) -> Void) {
        board.withLock { change(&$0.status) }
    }

    func show(_ frame: Frame) {
        board.withLock { $0.frame = frame }
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
