import CFFmpeg
import FrameCore
import Glibc
import Synchronization

/// The deadline and the stop flag that FFmpeg asks about while it waits (`AVIOInterruptCB`).
///
/// FFmpeg polls about every 100 ms during network input; name look-up and a disk that hangs are outside its reach.
final class Interruption: Sendable {
    enum Verdict: Sendable {
        case timedOut, stopped
    }

    private static let askEveryNanoseconds: Int64 = 1_000_000_000

    private let stop: StopFlag
    private let whileWaiting: (@Sendable () -> Bool)?
    private let begunNanoseconds = Atomic<Int64>(0)
    private let askedNanoseconds = Atomic<Int64>(0)
    private let deadlineNanoseconds = Atomic<Int64>(.max)
    private let isGivenUp = Atomic<Bool>(false)
    private let ignoresStop = Atomic<Bool>(false)

    init(stop: StopFlag, whileWaiting: (@Sendable () -> Bool)? = nil) {
        self.stop = stop
        self.whileWaiting = whileWaiting
    }

    func begin(timeout: Duration) {
        let bounded = min(timeout, .seconds(86_400 * 365))
        let now = Self.now()
        begunNanoseconds.store(now, ordering: .relaxed)
        askedNanoseconds.store(now, ordering: .relaxed)
        isGivenUp.store(false, ordering: .relaxed)
        deadlineNanoseconds.store(now + bounded.wholeMicroseconds * 1000, ordering: .relaxed)
    }

    /// Since `begin`.
    var waited: Duration { .nanoseconds(Self.now() - begunNanoseconds.load(ordering: .relaxed)) }

    /// Gives the goodbye (RTSP TEARDOWN) a moment even after a stop, so that a camera does not keep sending datagrams.
    func beginClosing() {
        ignoresStop.store(true, ordering: .relaxed)
        begin(timeout: .milliseconds(300))
    }

    /// Why the operation under way should end, or nil while it may go on.
    var verdict: Verdict? {
        if stop.isStopped && !ignoresStop.load(ordering: .relaxed) { return .stopped }
        let now = Self.now()
        if isGivenUp.load(ordering: .relaxed) || now > deadlineNanoseconds.load(ordering: .relaxed) { return .timedOut }
        // FFmpeg asks before every system call; whoever waits is asked once a second.
        guard let whileWaiting, now - askedNanoseconds.load(ordering: .relaxed) > Self.askEveryNanoseconds else { return nil }
        askedNanoseconds.store(now, ordering: .relaxed)
        guard !whileWaiting() else { return nil }
        isGivenUp.store(true, ordering: .relaxed)
        return .timedOut
    }

    /// For `AVFormatContext.interrupt_callback`; the context must not outlive this object.
    var callback: AVIOInterruptCB {
        AVIOInterruptCB(
            callback: { opaque in
                guard let opaque else { return 0 }
                // SAFETY: `opaque` is the Interruption that InputContext keeps alive until its context is closed.
                return Unmanaged<Interruption>.fromOpaque(opaque).takeUnretainedValue().verdict == nil ? 0 : 1
            },
            opaque: Unmanaged.passUnretained(self).toOpaque())
    }

    private static func now() -> Int64 {
        var time = timespec()
        clock_gettime(CLOCK_MONOTONIC, &time)
        return Int64(time.tv_sec) &* 1_000_000_000 &+ Int64(time.tv_nsec)
    }
}
