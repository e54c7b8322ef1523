import Synchronization

/// A switch that ends blocked input within about 100 ms; once thrown it stays so.
///
/// FFmpeg's interrupt callback reads it on the thread that waits; any thread may throw it.
public final class StopFlag: Sendable {
    private let stopped = Atomic<Bool>(false)

    public init() {}

    /// Asks every operation that was opened with this flag to give up with `AVError.Code.stopped`.
    public func stop() {
        stopped.store(true, ordering: .releasing)
    }

    public var isStopped: Bool { stopped.load(ordering: .acquiring) }
}
