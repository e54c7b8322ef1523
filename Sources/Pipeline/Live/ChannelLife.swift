/// The life of one channel as a value: what happens goes in, what is to be done comes out.
///
/// Knows no camera, no thread and no clock; every event brings its moment along.
package struct ChannelLife: Sendable {
    package typealias State = ChannelStatus.State
    package typealias Reason = ChannelStatus.Reason

    package enum Event: Sendable, Hashable {
        /// The thread begins, or the wait for the next try is over.
        case begin
        /// The source answered and says what it sends.
        case opened
        case packet
        /// A picture was analysed.
        case looked(isLearning: Bool, isWatching: Bool, fault: String)
        /// Time passed: told about once a second while nothing comes, and with each second of packets.
        case tick
        case broke(reason: String, cause: ReconnectPolicy.Cause)
        /// Something to know that ends nothing; for `seconds`, or until `settled`.
        case noticed(String, seconds: Double?)
        case settled(String)
        /// The source is over for good: a file.
        case over(reason: String)
        case stop
    }

    package enum Action: Sendable, Hashable {
        case none
        case open
        /// Leave the connection; what comes is `broke`.
        case giveUp
        case wait(Duration)
        case end
    }

    /// Without a packet for this long a stream has stalled.
    package static let silence = Duration.seconds(5)
    /// A stalled stream is opened anew after this.
    package static let patience = Duration.seconds(10)
    /// Packets without one picture for this long are a fault: longer than a key frame may take, with some damaged ones in
    /// between.
    package static let blindness = Duration.seconds(20)
    /// … and for this long a reason to begin anew: some cameras send a key frame a minute.
    package static let longestBlindness = Duration.seconds(90)

    package private(set) var state = State.connecting
    /// What an operator should know, the gravest first; empty when all is well.
    package var reason: String { stateReason.isEmpty ? notices.first?.reason ?? "" : stateReason }

    private var stateReason = ""
    private var notices: [(reason: String, until: ContinuousClock.Instant?)] = []
    private var policy = ReconnectPolicy()
    /// State to go back to when a stalled stream goes on.
    private var healthy = State.warmingUp
    private var lastPacket: ContinuousClock.Instant?
    private var lastLook: ContinuousClock.Instant?

    package init() {}

    /// - Parameter random: 0…1, for the length of a wait.
    package mutating func take(_ event: Event, at now: ContinuousClock.Instant, random: Double = 1) -> Action {
        if case .stop = event { return stop() }
        guard state != .stopped else { return event == .begin ? begin() : .none }
        notices.removeAll { $0.until.map { $0 <= now } ?? false }
        switch event {
        case .begin: return state == .connecting || state == .backingOff ? begin() : .none
        case .opened: open(at: now)
        case .packet:
            lastPacket = now
            if state == .stalled, stateReason == Reason.silent { enter(healthy) }
            return judgeSight(at: now)
        case .looked(let isLearning, let isWatching, let fault):
            look(isLearning: isLearning, isWatching: isWatching, fault: fault, at: now)
        case .tick: return isConnected ? judgeSilence(at: now) : .none
        case .broke(let reason, let cause): return backOff(reason, cause, random)
        case .noticed(let reason, let seconds):
            notices.removeAll { $0.reason == reason }
            notices.append((reason, seconds.map { now + .seconds($0) }))
        case .settled(let reason): notices.removeAll { $0.reason == reason }
        case .over(let reason):
            enter(.stopped, reason)
            return .end
        case .stop: break
        }
        return .none
    }

    private var isConnected: Bool { state != .connecting && state != .backingOff && state != .stopped }

    private mutating func enter(_ state: State, _ reason: String = "") {
        self.state = state
        stateReason = reason
    }

    private mutating func begin() -> Action {
        // While it tries again, why it has to is still worth reading.
        state = .connecting
        lastPacket = nil
        lastLook = nil
        return .open
    }

    private mutating func open(at now: ContinuousClock.Instant) {
        guard state == .connecting else { return }
        lastPacket = now
        lastLook = now
        healthy = .warmingUp
        enter(.warmingUp)
    }

    private mutating func look(isLearning: Bool, isWatching: Bool, fault: String, at now: ContinuousClock.Instant) {
        guard isConnected else { return }
        lastLook = now
        policy.succeed()
        healthy = isLearning ? .warmingUp : isWatching ? .watching : .patrolling
        enter(healthy, fault)
    }

    private mutating func judgeSilence(at now: ContinuousClock.Instant) -> Action {
        guard let lastPacket else { return .none }
        let silent = lastPacket.duration(to: now)
        if silent >= Self.silence + Self.patience { return .giveUp }
        if silent >= Self.silence, state != .stalled { enter(.stalled, Reason.silent) }
        return judgeSight(at: now)
    }

    /// Packets that give no picture leave a channel as blind as none do.
    private mutating func judgeSight(at now: ContinuousClock.Instant) -> Action {
        guard isConnected, let lastLook else { return .none }
        let blind = lastLook.duration(to: now)
        if blind >= Self.longestBlindness { return .giveUp }
        let isExplained = notices.contains { $0.reason == Reason.groupTooLong }
        if blind >= Self.blindness, state != .stalled, !isExplained { enter(.stalled, Reason.noPicture) }
        return .none
    }

    private mutating func backOff(_ reason: String, _ cause: ReconnectPolicy.Cause, _ random: Double) -> Action {
        // Whoever gives up a stream that sends no pictures hears only that it stopped reading.
        let kept = state == .stalled ? stateReason : reason
        enter(.backingOff, kept)
        return .wait(policy.nextDelay(after: cause, random: random))
    }

    private mutating func stop() -> Action {
        enter(.stopped)
        notices = []
        return .end
    }
}
