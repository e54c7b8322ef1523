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

    private let stop: StopFlag
    private let deadlineNanoseconds = Atomic<Int64>(.max)
    private let ignoresStop = Atomic<Bool>(false)

    init(stop: StopFlag) {
        self.stop = stop
    }

    func begin(timeout: Duration) {
        let bounded = min(timeout, .seconds(86_400 * 365))
        deadlineNanoseconds.store(Self.now() + bounded.wholeMicroseconds * 1000, ordering: .relaxed)
    }

    /// Gives the goodbye (RTSP TEARDOWN) a moment even after a stop, so that a camera does not keep sending datagrams.
    func beginClosing() {
        ignoresStop.store(true, ordering: .relaxed)
        begin(timeout: .milliseconds(300))
    }

    /// Why the operation under way should end, or nil while it may go on.
    var verdict: Verdict? {
        if stop.isStopped && !ignoresStop.load(ordering: .relaxed) { return .stopped }
        return Self.now() > deadlineNanoseconds.load(ordering: .relaxed) ? .timedOut : nil
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
