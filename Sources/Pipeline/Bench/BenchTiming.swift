import Glibc

/// Repeated times of one piece of work, of which the least and the middle are told.
struct BenchTiming {
    private var nanoseconds: [Double] = []

    mutating func add(_ time: Double) { nanoseconds.append(time) }

    /// The least disturbed run.
    var least: Double { nanoseconds.min() ?? 0 }

    var median: Double {
        guard !nanoseconds.isEmpty else { return 0 }
        return nanoseconds.sorted()[nanoseconds.count / 2]
    }

    /// Processor time of the calling thread in nanoseconds: what other programs take does not count.
    static var threadTime: Double { read(CLOCK_THREAD_CPUTIME_ID) }

    /// A clock that is cheap enough to be read several times a frame, nanoseconds.
    static var cheapTime: Double { read(CLOCK_MONOTONIC) }

    private static func read(_ clock: clockid_t) -> Double {
        var time = timespec()
        clock_gettime(clock, &time)
        return Double(time.tv_sec) * 1e9 + Double(time.tv_nsec)
    }
}
