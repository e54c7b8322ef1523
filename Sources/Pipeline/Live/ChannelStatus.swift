public import Foundation

/// How one channel is doing now.
public struct ChannelStatus: Codable, Sendable, Identifiable {
    public enum State: String, Codable, Sendable, CaseIterable {
        case connecting, warmingUp = "warming-up", patrolling, watching, stalled, backingOff = "backing-off", stopped
    }

    public var id: String
    public var state: State
    /// What an operator should know, empty when all is well: why it backs off, which view fault it has. A code out of
    /// `Reason`, or plain text.
    public var reason: String
    public var since: Date
    public var codec: String
    public var width: Int
    public var height: Int
    /// Frames analysed in each of the last seconds, averaged over about a minute.
    public var analysedPerSecond: Double
    public var lastFrameAt: Date?
    public var reconnects: Int
    public var openIncidents: Int
    /// Frames that were not analysed, by cause.
    public var skipped: [String: Int]
    /// Streams that are open now: `main`, `sub`, or both; empty while there is no connection.
    public var streams: [String] = []
    /// Usual distance of two key frames of the analysed stream, seconds.
    public var gopSeconds: Double?
    /// Since the channel was started by this process.
    public var counters = Counters()
    /// Seconds from a packet's arrival to the end of its analysis, of the last frames.
    public var latenessMedianSeconds: Double?
    public var latenessP99Seconds: Double?
    /// Whether a clip could be recorded at this moment: the ring holds a whole group of pictures.
    public var canRecord = false
    /// What the ring holds.
    public var preRollSeconds: Double = 0
    public var ringBytes: Int = 0
    /// Why the channel is looked at more seldom than it wants to be; empty when it is not. A code out of `Reason`.
    public var restraint: String = ""
    /// Codes out of `Reason` of what is wrong with the stream though it is watched.
    public var notices: [String] = []
    /// Clocks of the camera against this machine's; nil until they were compared.
    public var clocks: ClockReading?

    /// Counts that only grow.
    public struct Counters: Codable, Sendable, Hashable {
        public var packets = 0
        public var bytes = 0
        /// Key frames of the analysed stream that arrived while the channel was to look at them.
        public var keyFramesDue = 0
        /// Of those, the ones that were decoded and analysed.
        public var keyFramesAnalysed = 0
        public var framesDecoded = 0
        public var framesAnalysed = 0

        public init() {}
    }

    /// What is known of the camera's clock.
    public struct ClockReading: Codable, Sendable, Hashable {
        /// The camera's own time (RTCP sender report) minus this machine's at the same packet, seconds; nil where it sends
        /// none.
        public var senderOffsetSeconds: Double?
        /// How much faster the stream's time stamps run than this machine's clock, parts per million; nil until enough time
        /// has passed to tell.
        public var driftPPM: Double?

        public init(senderOffsetSeconds: Double? = nil, driftPPM: Double? = nil) {
            self.senderOffsetSeconds = senderOffsetSeconds
            self.driftPPM = driftPPM
        }
    }

    public init(
        id: String, state: State, reason: String = "", since: Date, codec: String = "", width: Int = 0, height: Int = 0,
        analysedPerSecond: Double = 0, lastFrameAt: Date? = nil, reconnects: Int = 0, openIncidents: Int = 0,
        skipped: [String: Int] = [:]
    ) {
        self.id = id
        self.state = state
        self.reason = reason
        self.since = since
        self.codec = codec
        self.width = width
        self.height = height
        self.analysedPerSecond = analysedPerSecond
        self.lastFrameAt = lastFrameAt
        self.reconnects = reconnects
        self.openIncidents = openIncidents
        self.skipped = skipped
    }
}
