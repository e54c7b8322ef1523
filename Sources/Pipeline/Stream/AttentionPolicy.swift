public import FrameCore

/// Which packets are decoded and which pictures analysed. Decoding is the cost, so: as few as the dwell allows.
///
/// *Patrol* decodes key frames by themselves, about one in two seconds. *Watch* decodes every packet and analyses some:
/// while something is being confirmed that key frames are too far apart for, while an operator asks for it, and always
/// where the camera's key frames are too far apart for anything. A pure value: no clock, no camera.
public struct AttentionPolicy: Sendable {
    public enum Mode: String, Sendable {
        case patrol, watch
    }

    public enum Action: Sendable, Hashable {
        case skip
        /// A key frame that would be looked at if there were time for it.
        case spare
        /// Decode this key frame by itself and analyse it.
        case decodeAlone
        /// Give it to the decoder; ask `wantsAnalysis` for what comes out.
        case feed
    }

    /// What asks for a closer look, and what forbids it.
    public struct Orders: Sendable, Hashable {
        /// The street is being learned, or something that opened is neither confirmed nor gone.
        public var isUndecided = false
        /// An operator wants to see it move.
        public var isWished = false
        public var restraint = Restraint.none

        public init(isUndecided: Bool = false, isWished: Bool = false, restraint: Restraint = .none) {
            self.isUndecided = isUndecided
            self.isWished = isWished
            self.restraint = restraint
        }
    }

    /// Key frames further apart than this leave a street unseen for too long.
    public static let longestGroup = Duration.seconds(8)
    /// Patrol looks about this often, however many key frames there are.
    private static let patrolInterval = Duration.seconds(2)
    /// Key frames of which the middle distance is taken: one late picture is no change of the camera's settings.
    private static let groupsKept = 5

    /// How often something is looked at while it is confirmed.
    private let interval: Duration
    private let longestPatrolGap: Duration
    /// Key frames further apart than this show too little of the shortest dwell to begin with.
    private let longestFirstLook: Duration
    private let isForcedToWatch: Bool
    private var groups: [Duration] = []
    private var previousKey: FrameTime?
    private var lastLook: FrameTime?
    var lastAnalysed: FrameTime?
    private var keysSinceLook = 0
    public var orders = Orders()
    public private(set) var mode: Mode

    /// - Parameters:
    ///   - dwell: the shortest dwell in force: a twentieth of it, 0.5…8 s, is how often one must look to see that
    ///     something is steady and to confirm it in time.
    ///   - everyPacket: decode all from the first packet on, as replay does with files.
    public init(dwell: Duration, everyPacket: Bool = false) {
        longestPatrolGap = min(max(dwell / 20, .milliseconds(500)), Self.longestGroup)
        longestFirstLook = max(longestPatrolGap, dwell / 8)
        interval = min(longestPatrolGap, Self.patrolInterval)
        isForcedToWatch = everyPacket
        mode = everyPacket ? .watch : .patrol
    }

    /// Decodes every packet and has a picture analysed once in `sampling`, to try how seldom is often enough.
    public init(sampling: Duration) {
        precondition(sampling > .zero)
        longestPatrolGap = sampling
        longestFirstLook = sampling
        interval = sampling
        isForcedToWatch = true
        mode = .watch
    }

    /// Usual distance of two key frames; nil before the second.
    public var groupOfPictures: Duration? { groups.isEmpty ? nil : groups.sorted()[groups.count / 2] }

    /// Whether the camera's key frames are so far apart that everything must be decoded.
    public func groupIsTooLong(at time: FrameTime) -> Bool {
        (groupOfPictures ?? .zero) > Self.longestGroup || previousKey.map { time - $0 > Self.longestGroup } ?? false
    }

    /// The stream broke off: its next key frame is no measure of a distance.
    public mutating func breakOff() {
        previousKey = nil
    }

    public mutating func action(for time: FrameTime, isKey: Bool) -> Action {
        if isKey {
            if let previousKey, time > previousKey {
                groups.append(time - previousKey)
                if groups.count > Self.groupsKept { groups.removeFirst() }
            }
            previousKey = time
            mode = wantedMode
        } else if mode == .patrol, orders.restraint == .none, let previousKey, time - previousKey > longestPatrolGap * 3,
            time - previousKey > min(longestFirstLook, Self.longestGroup)
        {
            // No key frame for so long that waiting for the next to find out would be blindness. Decoding begins with it.
            mode = .watch
            return .skip
        }
        guard mode == .patrol else { return .feed }
        return isKey ? patrol(at: time) : .skip
    }

    /// Whether it would watch if nothing restrained it.
    public var wantsWatch: Bool { unrestrainedMode == .watch }

    private var wantedMode: Mode { orders.restraint == .none || isForcedToWatch ? unrestrainedMode : .patrol }

    private var unrestrainedMode: Mode {
        if isForcedToWatch { return .watch }
        if orders.isWished { return .watch }
        guard let group = groupOfPictures else { return orders.restraint == .none ? mode : .patrol }
        // A tenth of slack: cameras do not keep their intervals to the frame.
        let gap = orders.isUndecided ? longestPatrolGap : longestFirstLook
        return group > min(gap, Self.longestGroup) + .milliseconds(100) ? .watch : .patrol
    }

    private mutating func patrol(at time: FrameTime) -> Action {
        // Three quarters, so that key frames a little early are not passed over.
        if let lastLook, time >= lastLook, time - lastLook < interval * 3 / 4 { return .skip }
        keysSinceLook += 1
        guard keysSinceLook >= orders.restraint.keyFramesPerLook else { return .spare }
        keysSinceLook = 0
        lastLook = time
        return .decodeAlone
    }

    // MARK: Archived footage

    /// Whether a group of pictures is so long that its key frame shows too little of the shortest dwell: a recording, where the
    /// next key frame is known beforehand, is then decoded whole. The rule by which a live channel begins to watch.
    func needsWhole(group: Duration) -> Bool { group > min(longestFirstLook, Self.longestGroup) + .milliseconds(100) }

    /// Whether looks so far apart are further apart than confirming asks for.
    func isCoarse(_ gap: Duration) -> Bool { gap > interval + .milliseconds(100) }

    /// Whether a key frame at `time` is looked at by itself: as often as patrol does, and where the next one would come too late.
    mutating func wantsKey(at time: FrameTime, next: FrameTime) -> Bool {
        if let lastAnalysed, time >= lastAnalysed, time - lastAnalysed < interval * 3 / 4, !isCoarse(next - lastAnalysed) { return false }
        lastAnalysed = time
        return true
    }

    /// Whether a decoded picture is analysed; says so at most once for each interval.
    public mutating func wantsAnalysis(at time: FrameTime) -> Bool {
        // A quarter of a frame of slack, so that stamps rounded to milliseconds do not slip by a whole frame.
        if let lastAnalysed, time - lastAnalysed < (orders.isWished ? min(interval, .milliseconds(500)) : interval) - .milliseconds(5) {
            return false
        }
        lastAnalysed = time
        return true
    }
}

/// How much less a channel is looked at than it wants, because the machine is short of time.
public enum Restraint: Int, Sendable, Comparable, CaseIterable {
    case none
    /// It may not watch.
    case patrolOnly
    case everySecondKeyFrame
    case everyFourthKeyFrame

    public static func < (left: Restraint, right: Restraint) -> Bool { left.rawValue < right.rawValue }

    var keyFramesPerLook: Int {
        switch self {
        case .none, .patrolOnly: 1
        case .everySecondKeyFrame: 2
        case .everyFourthKeyFrame: 4
        }
    }
}
