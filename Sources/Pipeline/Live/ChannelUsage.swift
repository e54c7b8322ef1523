import FrameCore

/// What a channel's thread has used so far: counts that only grow, and what it wants now.
struct ChannelUsage: Sendable {
    /// Processor time of the whole thread.
    var threadSeconds = 0.0
    /// Of that, decoding and analysis.
    var lookSeconds = 0.0
    /// Key frames that were there to be looked at, and those that were.
    var keyFrames = 0
    var keyFramesLookedAt = 0
    var wantsWatch = false
    var isWatching = false
}

/// Turns what the channels used into what each would cost, looked at more or less.
struct UsageLedger: Sendable {
    /// Decoding all pictures costs about this many times as much as the key frames, until it was measured (1080p25, a key
    /// frame in two seconds: 11 % of a core against 1.7 %).
    private static let assumedWatchFactor = 6.5

    private var last: [String: (usage: ChannelUsage, at: ContinuousClock.Instant)] = [:]
    private var costs: [String: AttentionBudget.Cost] = [:]

    /// - Returns: the costs of the channel as far as they are known; nil before the second reading.
    mutating func cost(
        of id: String, importance: Int, _ usage: ChannelUsage, at now: ContinuousClock.Instant
    ) -> AttentionBudget.Cost? {
        defer { last[id] = (usage, now) }
        guard let (before, at) = last[id], usage.threadSeconds >= before.threadSeconds else { return nil }
        let elapsed = max(0.001, at.duration(to: now).inSeconds)
        let looking = (usage.lookSeconds - before.lookSeconds) / elapsed
        var cost =
            costs[id]
            ?? AttentionBudget.Cost(id: id, importance: importance)
        cost.importance = importance
        cost.wantsWatch = usage.wantsWatch
        cost.receiving = max(0, (usage.threadSeconds - before.threadSeconds) / elapsed - looking)
        let looks = usage.keyFramesLookedAt - before.keyFramesLookedAt
        if usage.isWatching && before.isWatching {
            cost.watching = looking
            if cost.patrolling == 0 { cost.patrolling = looking / Self.assumedWatchFactor }
        } else if looks > 0 {
            cost.patrolling = looking / Double(looks) * Double(usage.keyFrames - before.keyFrames)
            if cost.watching == 0 { cost.watching = cost.patrolling * Self.assumedWatchFactor }
        }
        costs[id] = cost
        return cost
    }

    /// Forgets channels that are gone.
    mutating func keep(_ ids: Set<String>) {
        last = last.filter { ids.contains($0.key) }
        costs = costs.filter { ids.contains($0.key) }
    }
}
