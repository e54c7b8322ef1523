public import Foundation

/// One camera view as the store keeps it.
public struct ChannelRecord: Codable, Sendable, Identifiable, Hashable {
    /// 1…64 characters out of a–z, 0–9, `-`, `_`, `.`; it names folders and URLs.
    public var id: String
    public var name: String
    /// Holds the camera's password; never printed, never in an API answer.
    public var url: String
    /// `tcp` or `udp`, for RTSP.
    public var transport: String
    public var place: String
    public var enabled: Bool
    /// Plays a file again and again in real time, as the demo's channels do.
    public var loops: Bool
    /// Version of the zones in force; 0 while none are drawn.
    public var zonesVersion: Int
    public var createdAt: Date

    public init(
        id: String, name: String, url: String, transport: String = "tcp", place: String = "", enabled: Bool = true,
        loops: Bool = false, zonesVersion: Int = 0, createdAt: Date
    ) {
        self.id = id
        self.name = name
        self.url = url
        self.transport = transport
        self.place = place
        self.enabled = enabled
        self.loops = loops
        self.zonesVersion = zonesVersion
        self.createdAt = createdAt
    }
}

/// One version of a channel's zones and rules. A version is never changed; the next one replaces it.
public struct ZonesVersionRecord: Codable, Sendable, Hashable {
    public var channelID: String
    /// From 1, without gaps.
    public var version: Int
    /// The zones document (JSON), as `Violations` reads it: `{"zones": [{"id", "kind", "polygon", …}], "dwell_s"}`.
    public var document: String
    public var author: String
    public var at: Date

    public init(channelID: String, version: Int, document: String, author: String, at: Date) {
        self.channelID = channelID
        self.version = version
        self.document = document
        self.author = author
        self.at = at
    }
}
