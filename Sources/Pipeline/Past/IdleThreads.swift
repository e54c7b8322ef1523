import Dispatch
import Foundation
import Synchronization

/// Work on several threads that live channels never feel: it runs only while no other thread wants the core.
enum IdleThreads {
    private static let stackBytes = 1 << 20
    /// SCHED_IDLE of sched.h, which is only there under _GNU_SOURCE.
    private static let idleClass: Int32 = 5

    /// Calls `body` with 0..<count, on `threads` threads, and waits for all.
    /// - Parameter isIdle: whether they run in the scheduling class SCHED_IDLE (sched(7)), which a thread may always enter.
    static func perform(_ count: Int, threads: Int, isIdle: Bool, _ body: @escaping @Sendable (Int) -> Void) {
        guard count > 0 else { return }
        let next = Mutex(0)
        let ended = DispatchSemaphore(value: 0)
        let workers = min(max(threads, 1), count)
        let work: @Sendable () -> Void = {
            if isIdle { becomeIdle() }
            while true {
                let index = next.withLock { next in
                    defer { next += 1 }
                    return next
                }
                guard index < count else { break }
                body(index)
            }
            ended.signal()
        }
        for _ in 0..<workers {
            let thread = Thread(block: work)
            thread.stackSize = stackBytes
            thread.name = "past"
            thread.start()
        }
        for _ in 0..<workers { ended.wait() }
    }

    /// Blocking work on a thread of its own, awaited.
    static func run<Value: Sendable>(isIdle: Bool, _ body: @escaping @Sendable () throws -> Value) async throws -> Value {
        try await withCheckedThrowingContinuation { continuation in
            let thread = Thread {
                if isIdle { becomeIdle() }
                continuation.resume(with: Result(catching: body))
            }
            thread.stackSize = stackBytes
            thread.name = "past"
            thread.start()
        }
    }

    /// The calling thread gives way to every other from now on.
    static func becomeIdle() {
        var parameter = sched_param()
        // Where it is refused the work is only less polite.
        _ = sched_setscheduler(0, idleClass, &parameter)
    }
}
