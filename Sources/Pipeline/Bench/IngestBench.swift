import Foundation
import FrameCore

/// Measures what live channels cost while the real supervisor patrols them.
public struct IngestBench: Sendable {
    /// What was measured between the end of the warm-up and the end.
    public struct Result: Encodable, Sendable {
        public var channels: Int
        public var seconds: Double
        /// How long it took until all channels had learned their streets; counting began then.
        public var warm_up_s: Double
        /// Whether all had when it began.
        public var all_warm: Bool
        public var cpu_cores: Double
        public var rss_mb: Double
        public var rss_start_mb: Double
        public var pss_mb: Double?
        public var key_frames_due: Int
        public var key_frames_analysed: Int
        public var frames_analysed: Int
        public var packets: Int
        public var megabytes: Double
        public var lateness_p50_s: Double?
        public var lateness_p99_s: Double?
        /// By cause.
        public var drops: [String: Int]
        public var reconnects: Int
        /// Channels in each state at the end, and why those that have a reason have it.
        public var states: [String: Int]
        public var reasons: [String: Int]
        public var restraints: [String: Int]
        /// State and reason of each channel that was not counted.
        public var aside: [String: String]
        public var machine: BenchMachine
        public var flags: BenchFlags
    }

    /// How far it has come.
    public struct Progress: Sendable {
        public var elapsed: Double
        public var isWarm: Bool
        public var states: [String: Int]
        public var cores: Double
        public var rssMegabytes: Double
    }

    private static let stepMilliseconds = 1000

    private let supervisor: ChannelSupervisor
    private let aside: Set<String>
    private let flags: BenchFlags

    /// - Parameters:
    ///   - supervisor: with its channels in its store, not yet started.
    ///   - aside: channels that run too, but are not counted: broken ones, to see what they do to the others.
    public init(supervisor: ChannelSupervisor, aside: Set<String> = [], flags: BenchFlags) {
        self.supervisor = supervisor
        self.aside = aside
        self.flags = flags
    }

    /// Starts the channels, measures, and stops them.
    /// - Parameters:
    ///   - warmUpLimit: counting begins after so many seconds at the latest.
    ///   - settle: seconds to wait between the end of the warm-up and the beginning of the count.
    ///   - progress: called once a second.
    public func run(
        seconds: Double, warmUpLimit: Double, settle: Double = 0, progress: @escaping @Sendable (Progress) -> Void
    ) async throws -> Result {
        try await supervisor.startAll()
        do {
            let result = try await measure(seconds: seconds, warmUpLimit: warmUpLimit, settle: settle, progress: progress)
            await supervisor.stopAll()
            return result
        } catch {
            await supervisor.stopAll()
            throw error
        }
    }

    private func measure(
        seconds: Double, warmUpLimit: Double, settle: Double, progress: @escaping @Sendable (Progress) -> Void
    ) async throws -> Result {
        let begun = ContinuousClock.now
        var isWarm = false
        while !isWarm, begun.duration(to: .now) < .seconds(warmUpLimit) {
            try await Task.sleep(for: .milliseconds(Self.stepMilliseconds))
            let statuses = await counted()
            isWarm = !statuses.isEmpty && statuses.allSatisfy { $0.state == .patrolling || $0.state == .watching }
            report(statuses, isWarm, begun, since: nil, progress)
        }
        let warmUp = begun.duration(to: .now)
        try await Task.sleep(for: .seconds(settle))
        let before = Reading(await counted())
        while before.at.duration(to: .now) < .seconds(seconds) {
            try await Task.sleep(for: .milliseconds(Self.stepMilliseconds))
            report(await counted(), true, begun, since: before, progress)
        }
        let after = Reading(await counted())
        return await result(before, after, warmUp: warmUp.inSeconds, isWarm: isWarm)
    }

    private func counted() async -> [ChannelStatus] {
        await supervisor.channelStatuses().filter { !aside.contains($0.id) }
    }

    private func report(
        _ statuses: [ChannelStatus], _ isWarm: Bool, _ begun: ContinuousClock.Instant, since: Reading?,
        _ progress: @Sendable (Progress) -> Void
    ) {
        let usage = ProcessReading.now()
        let cores = since.map { (usage.cpuSeconds - $0.usage.cpuSeconds) / max(0.001, $0.at.duration(to: .now).inSeconds) }
        progress(
            Progress(
                elapsed: begun.duration(to: .now).inSeconds, isWarm: isWarm, states: Self.count(statuses.map(\.state.rawValue)),
                cores: cores ?? 0, rssMegabytes: Self.megabytes(usage.residentBytes)))
    }

    private func result(_ before: Reading, _ after: Reading, warmUp: Double, isWarm: Bool) async -> Result {
        func grown(_ count: (ChannelStatus.Counters) -> Int) -> Int {
            after.statuses.values.reduce(0) { $0 + count($1.counters) - (before.statuses[$1.id].map { count($0.counters) } ?? 0) }
        }
        let seconds = before.at.duration(to: after.at).inSeconds
        let frames = after.statuses.mapValues { status in
            status.counters.framesAnalysed - (before.statuses[status.id]?.counters.framesAnalysed ?? 0)
        }
        let lateness = await supervisor.lateness(newest: frames)
        var drops: [String: Int] = [:]
        for status in after.statuses.values {
            for (cause, count) in status.skipped {
                let more = count - (before.statuses[status.id]?.skipped[cause] ?? 0)
                if more > 0 { drops[cause, default: 0] += more }
            }
        }
        return Result(
            channels: after.statuses.count, seconds: seconds, warm_up_s: warmUp, all_warm: isWarm,
            cpu_cores: (after.usage.cpuSeconds - before.usage.cpuSeconds) / seconds, rss_mb: Self.megabytes(after.usage.residentBytes),
            rss_start_mb: Self.megabytes(before.usage.residentBytes), pss_mb: ProcessReading.proportionalBytes().map(Self.megabytes),
            key_frames_due: grown(\.keyFramesDue),
            key_frames_analysed: grown(\.keyFramesAnalysed), frames_analysed: grown(\.framesAnalysed), packets: grown(\.packets),
            megabytes: Self.megabytes(grown(\.bytes)), lateness_p50_s: LatenessMeter.quantile(0.5, of: lateness),
            lateness_p99_s: LatenessMeter.quantile(0.99, of: lateness), drops: drops,
            reconnects: after.statuses.values.reduce(0) { $0 + $1.reconnects - (before.statuses[$1.id]?.reconnects ?? 0) },
            states: Self.count(after.statuses.values.map(\.state.rawValue)),
            reasons: Self.count(after.statuses.values.map(\.reason).filter { !$0.isEmpty }),
            restraints: Self.count(after.statuses.values.map(\.restraint).filter { !$0.isEmpty }),
            aside: Dictionary(
                uniqueKeysWithValues: await supervisor.channelStatuses().filter { aside.contains($0.id) }
                    .map { ($0.id, "\($0.state.rawValue) \($0.reason)") }), machine: BenchMachine(), flags: flags)
    }

    private static func megabytes(_ bytes: Int) -> Double { Double(bytes) / 1_048_576 }

    private static func count(_ names: [String]) -> [String: Int] {
        names.reduce(into: [:]) { $0[$1, default: 0] += 1 }
    }

    /// All that is compared between two moments.
    private struct Reading: Sendable {
        var at: ContinuousClock.Instant
        var usage: ProcessReading
        var statuses: [String: ChannelStatus]

        init(_ statuses: [ChannelStatus]) {
            self.statuses = Dictionary(uniqueKeysWithValues: statuses.map { ($0.id, $0) })
            usage = ProcessReading.now()
            at = .now
        }
    }
}
