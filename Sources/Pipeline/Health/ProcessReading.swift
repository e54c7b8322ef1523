import Foundation

/// What this process has used so far.
public struct ProcessReading: Codable, Sendable, Hashable {
    /// User and system time together.
    public var cpuSeconds: Double
    public var residentBytes: Int

    public init(cpuSeconds: Double, residentBytes: Int) {
        self.cpuSeconds = cpuSeconds
        self.residentBytes = residentBytes
    }

    /// Of this moment; resident memory is 0 where the system does not tell (proc(5), statm).
    public static func now() -> ProcessReading {
        var usage = rusage()
        // SAFETY: getrusage fills the one structure that it is given, which lives through the call.
        getrusage(RUSAGE_SELF.rawValue, &usage)
        func seconds(_ time: timeval) -> Double { Double(time.tv_sec) + Double(time.tv_usec) / 1e6 }
        let pages = (try? String(contentsOfFile: "/proc/self/statm", encoding: .utf8))?
            .split(separator: " ").dropFirst().first.flatMap { Int($0) }
        return ProcessReading(
            cpuSeconds: seconds(usage.ru_utime) + seconds(usage.ru_stime), residentBytes: (pages ?? 0) * Int(sysconf(Int32(_SC_PAGESIZE))))
    }

    /// Resident memory in which what is shared with other processes counts in part, bytes; nil where the kernel does not tell
    /// (proc(5), smaps_rollup). Walks all pages: some milliseconds for each gigabyte.
    static func proportionalBytes() -> Int? {
        guard let text = try? String(contentsOfFile: "/proc/self/smaps_rollup", encoding: .utf8) else { return nil }
        let line = text.split(separator: "\n").first { $0.hasPrefix("Pss:") }
        return line?.split(whereSeparator: \.isWhitespace).dropFirst().first.flatMap { Int($0) }.map { $0 * 1024 }
    }
}
