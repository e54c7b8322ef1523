public import Foundation

/// One camera view as the store keeps it.
public struct ChannelRecord: Codable, Sendable, Identifiable, Hashable {
    /// 1…64 characters out of a–z, 0–9, `-`, `_`, `.`; it names folders and URLs.
    public var id: String
    public var name: String
    /// The main stream, for evidence. Holds the camera's password; never printed, never in an API answer.
    public var url: String
    /// The camera's smaller stream, for analysis; empty where it has none. Holds the password as well.
    public var subURL: String
    /// `tcp` or `udp`, for RTSP.
    public var transport: String
    public var place: String
    /// 20 digits of GB/T 28181, or empty.
    public var nationalID: String
    /// Degrees, CGCS2000.
    public var longitude: Double?
    /// Degrees, CGCS2000.
    public var latitude: Double?
    /// Code of the grid that answers for the place, or empty.
    public var grid: String
    /// Whose camera it is, or empty.
    public var owner: String
    /// 1 (most) to 3: when the machine is short of time, the least important are looked at more seldom first.
    public var importance: Int
    public var enabled: Bool
    /// Plays a file again and again in real time, as the demo's channels do.
    public var loops: Bool
    /// Version of the zones in force; 0 while none are drawn.
    public var zonesVersion: Int
    /// Version of the record in force, from 1; 0 for one that is in no store yet.
    public var version: Int
    public var createdAt: Date

    public init(
        id: String, name: String, url: String, subURL: String = "", transport: String = "tcp", place: String = "",
        nationalID: String = "", longitude: Double? = nil, latitude: Double? = nil, grid: String = "", owner: String = "",
        importance: Int = 2, enabled: Bool = true, loops: Bool = false, zonesVersion: Int = 0, version: Int = 0,
        createdAt: Date
    ) {
        self.id = id
        self.name = name
        self.url = url
        self.subURL = subURL
        self.transport = transport
        self.place = place
        self.nationalID = nationalID
        self.longitude = longitude
        self.latitude = latitude
        self.grid = grid
        self.owner = owner
        self.importance = importance
        self.enabled = enabled
        self.loops = loops
        self.zonesVersion = zonesVersion
        self.version = version
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
    /// Why it was made: a `ZonesApproval` as JSON where a run was approved; empty where somebody drew.
    public var note: String

    public init(channelID: String, version: Int, document: String, author: String, at: Date, note: String = "") {
        self.channelID = channelID
        self.version = version
        self.document = document
        self.author = author
        self.at = at
        self.note = note
    }
}
