import Foundation

/// The machine that a figure was measured on; without it a figure says nothing.
public struct BenchMachine: Encodable, Sendable, CustomStringConvertible {
    public var cpu: String
    public var cores: Int

    /// This machine.
    public init() {
        let text = (try? String(contentsOfFile: "/proc/cpuinfo", encoding: .utf8)) ?? ""
        let line = text.split(separator: "\n").first { $0.hasPrefix("model name") }
        cpu = line?.split(separator: ":").last.map { $0.trimmingCharacters(in: .whitespaces) } ?? "unknown"
        cores = ProcessInfo.processInfo.activeProcessorCount
    }

    public var description: String { "\(cpu), \(cores) cores" }
}

/// How the program was compiled.
public struct BenchFlags: Encodable, Sendable, CustomStringConvertible {
    public var configuration: String
    public var avx2: Bool

    /// - Parameter avx2: whether the compiler was told that the processor has AVX2.
    public init(avx2: Bool) {
        #if DEBUG
            configuration = "debug"
        #else
            configuration = "release"
        #endif
        self.avx2 = avx2
    }

    public var description: String { "\(configuration), \(avx2 ? "AVX2" : "baseline instructions")" }
}
