public import Casework
public import FFmpegIO
public import Violations

/// What a worker is to watch; another value starts it anew.
public struct ChannelAssignment: Sendable, Equatable {
    public var id: String
    public var name: String
    public var url: MediaURL
    public var transport: RTSPTransport
    /// A file that plays again and again in real time.
    public var loops: Bool

    /// - Throws: `MediaURLError` if the record's address is none.
    public init(_ record: ChannelRecord) throws(MediaURLError) {
        id = record.id
        name = record.name
        url = try MediaURL(record.url)
        transport = RTSPTransport(rawValue: record.transport) ?? .tcp
        loops = record.loops
    }
}

/// Zones with their version.
public struct VersionedZones: Sendable, Equatable {
    public var zones: ZoneSet
    public var version: Int

    public init(zones: ZoneSet, version: Int) {
        self.zones = zones
        self.version = version
    }
}
