import Glibc

/// How this process stands behind others on the same machine.
enum ProcessPriority {
    /// sched(7): runs only when nobody else wants the processor.
    private static let idlePolicy: Int32 = 5
    private static let lowest: Int32 = 19

    /// Holds for threads that are made from here on. What a kernel refuses is left as it is: it is a courtesy, no condition.
    static func yieldToAll() {
        _ = nice(lowest)
        var parameters = sched_param()
        _ = sched_setscheduler(0, idlePolicy, &parameters)
    }
}
