import FFmpegIO
import FrameCore

/// Counts what one channel's thread does, over its reconnects, without a lock; told to others once a second.
struct ChannelTally {
    private static let interval = Duration.seconds(1)

    /// Origin of the receive times that are compared with the stream's.
    let started = ContinuousClock.now
    var rate = RateMeter()
    private var packets = 0
    private var bytes = 0
    private var lookSeconds = 0.0
    private var work = StreamSession.WorkCounts()
    private var skips = StreamSession.SkipCounts()
    /// Of the connection that runs now.
    private var currentWork = StreamSession.WorkCounts()
    private var currentSkips = StreamSession.SkipCounts()
    private var knownJumps = 0
    private var reportedAt: ContinuousClock.Instant?

    /// Processor time of the calling thread.
    static var threadSeconds: Double { BenchTiming.threadTime / 1e9 }

    mutating func count(_ packet: SharedPacket) {
        packets += 1
        bytes += packet.byteCount
    }

    mutating func addLook(seconds: Double) { lookSeconds += seconds }

    mutating func hasNewJump(_ jumps: Int) -> Bool {
        defer { knownJumps = jumps }
        return jumps > knownJumps
    }

    /// Whether it is time to tell, which counts as telling.
    mutating func isDue(at now: ContinuousClock.Instant) -> Bool {
        if let reportedAt, reportedAt.duration(to: now) < Self.interval { return false }
        reportedAt = now
        return true
    }

    /// What the session counted is over; the next one counts from zero.
    mutating func endConnection() {
        work = work + currentWork
        skips = skips + currentSkips
        currentWork = StreamSession.WorkCounts()
        currentSkips = StreamSession.SkipCounts()
        knownJumps = 0
    }

    mutating func counters(with session: StreamSession.WorkCounts) -> ChannelStatus.Counters {
        currentWork = session
        let total = work + session
        var counters = ChannelStatus.Counters()
        counters.packets = packets
        counters.bytes = bytes
        counters.keyFramesDue = total.keyFramesDue
        counters.keyFramesAnalysed = total.keyFramesAnalysed
        counters.framesDecoded = total.framesDecoded
        counters.framesAnalysed = total.framesAnalysed
        return counters
    }

    /// By cause; those that never happened are left out.
    mutating func skips(with session: StreamSession.SkipCounts, crowdedOut: Int) -> [String: Int] {
        currentSkips = session
        let total = skips + session
        return [
            "damaged": total.damaged, "clock-jumps": total.jumps, "no-time": total.withoutTime, "restrained": total.restrained,
            "ring-full": crowdedOut,
        ].filter { $0.value > 0 }
    }

    func usage(keyFrames: Int, lookedAt: Int) -> ChannelUsage {
        ChannelUsage(
            threadSeconds: Self.threadSeconds, lookSeconds: lookSeconds, keyFrames: keyFrames, keyFramesLookedAt: lookedAt)
    }
}

extension StreamSession.WorkCounts {
    fileprivate static func + (one: Self, other: Self) -> Self {
        Self(
            keyFramesDue: one.keyFramesDue + other.keyFramesDue, keyFramesAnalysed: one.keyFramesAnalysed + other.keyFramesAnalysed,
            framesDecoded: one.framesDecoded + other.framesDecoded, framesAnalysed: one.framesAnalysed + other.framesAnalysed)
    }
}

extension StreamSession.SkipCounts {
    fileprivate static func + (one: Self, other: Self) -> Self {
        Self(
            damaged: one.damaged + other.damaged, jumps: one.jumps + other.jumps, withoutTime: one.withoutTime + other.withoutTime,
            restrained: one.restrained + other.restrained)
    }
}

/// How many times a second something happened, over about the last minute.
struct RateMeter {
    private static let window = Duration.seconds(60)

    private var instants: [ContinuousClock.Instant] = []

    /// Counts one and answers the rate.
    mutating func tick() -> Double {
        let now = ContinuousClock.now
        instants.append(now)
        instants.removeAll { $0 < now - Self.window }
        guard let first = instants.first, instants.count > 1 else { return 0 }
        return Double(instants.count - 1) / max(0.001, first.duration(to: now).inSeconds)
    }
}
