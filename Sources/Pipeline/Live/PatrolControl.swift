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
    /// The same within ten seconds and with a small still, for looking at many.
    func probeBriefly(url: String, transport: String) async throws -> SourceProbe
    /// Checks a zones document and names what is wrong and where.
    func checkZones(document: String) throws
    /// Takes up what the store now says of this channel: starts, restarts, re-zones or stops it.
    func channelChanged(id: String) async
    /// Looks at a channel more often for a while, every half a second: an operator wants to see what goes on. Ends by itself;
    /// without effect on a channel that does not run.
    func watch(channelID: String, for duration: Duration) async
}

extension PatrolControl {
    public func probeBriefly(url: String, transport: String) async throws -> SourceProbe {
        try await probe(url: url, transport: transport)
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
