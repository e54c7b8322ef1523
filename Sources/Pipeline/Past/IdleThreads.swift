import Foundation

/// Work that live channels never feel: it runs only while no other thread wants the core.
enum IdleThreads {
    private static let stackBytes = 1 << 20
    /// SCHED_IDLE of sched.h, which is only there under _GNU_SOURCE.
    private static let idleClass: Int32 = 5

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

    /// The calling thread gives way to every other from now on: it enters the scheduling class SCHED_IDLE, as any may (sched(7)).
    static func becomeIdle() {
        var parameter = sched_param()
        // Where it is refused the work is only less polite.
        _ = sched_setscheduler(0, idleClass, &parameter)
    }
}
