import Foundation
import Glibc

/// What this process has used of the machine so far.
struct ProcessUsage: Sendable {
    /// Processor time of all threads, user and system, seconds.
    var cpuSeconds: Double
    var rssMegabytes: Double

    /// Now.
    init() {
        var usage = rusage()
        getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
        func seconds(_ time: timeval) -> Double { Double(time.tv_sec) + Double(time.tv_usec) / 1e6 }
        cpuSeconds = seconds(usage.ru_utime) + seconds(usage.ru_stime)
        rssMegabytes = Self.kilobytes("VmRSS:", in: "/proc/self/status").map { $0 / 1024 } ?? 0
    }

    /// As resident, but what is shared with other processes counts in part; nil where the kernel does not tell. Walks all
    /// pages: some milliseconds for each gigabyte.
    static func pssMegabytes() -> Double? {
        kilobytes("Pss:", in: "/proc/self/smaps_rollup").map { $0 / 1024 }
    }

    private static func kilobytes(_ name: String, in path: String) -> Double? {
        guard let text = try? String(contentsOfFile: path, encoding: .utf8) else { return nil }
        let line = text.split(separator: "\n").first { $0.hasPrefix(name) }
        return line?.split(whereSeparator: \.isWhitespace).dropFirst().first.flatMap { Double($0) }
    }
}
