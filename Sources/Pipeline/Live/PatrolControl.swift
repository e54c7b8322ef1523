public import Foundation

/// What the console needs of a running patrol: how the channels are, and a hand on them.
///
/// The only part of Pipeline that Console uses. Safe to call from any task; nothing here blocks on a camera except
/// `probe`, which answers within about fifteen seconds.
public protocol PatrolControl: Sendable {
    /// All channels in the order of their ids.
    func channelStatuses() async -> [ChannelStatus]
    /// The newest analysed picture as JPEG, nil before the first.
    func latestStill(channelID: String) async -> [UInt8]?
    /// Opens the source once: what it is, and how it looks. Errors hold no credentials.
    func probe(url: String, transport: String) async throws -> SourceProbe
    /// Checks a zones document and names what is wrong and where.
    func checkZones(document: String) throws
    /// Takes up what the store now says of this channel: starts, restarts, re-zones or stops it.
    func channelChanged(id: String) async
}

/// How one channel is doing now.
public struct ChannelStatus: Codable, Sendable, Identifiable {
    public enum State: String, Codable, Sendable {
        case connecting, warmingUp = "warming-up", patrolling, watching, stalled, backingOff = "backing-off", stopped
    }

    public var id: String
    public var state: State
    /// What an operator should know, empty when all is well: why it backs off, which view fault it has.
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

/// What a probe found.
public struct SourceProbe: Codable, Sendable {
    public var codec: String
    public var width: Int
    public var height: Int
    public var frameRate: Double
    /// Distance of two key frames; nil if the probe saw only one.
    public var gopSeconds: Double?
    public var container: String
    /// JPEG.
    public var still: [UInt8]

    public init(
        codec: String, width: Int, height: Int, frameRate: Double, gopSeconds: Double?, container: String, still: [UInt8]
    ) {
        self.codec = codec
        self.width = width
        self.height = height
        self.frameRate = frameRate
        self.gopSeconds = gopSeconds
        self.container = container
        self.still = still
    }
}
