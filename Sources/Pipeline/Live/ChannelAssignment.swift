import Casework
import FFmpegIO
import Violations

/// What a worker is to watch; another value starts it anew.
struct ChannelAssignment: Sendable, Equatable {
    var id: String
    var name: String
    var url: MediaURL
    var transport: RTSPTransport
    /// A file that plays again and again in real time.
    var loops: Bool

    /// - Throws: `MediaURLError` if the record's address is none.
    init(_ record: ChannelRecord) throws(MediaURLError) {
        id = record.id
        name = record.name
        url = try MediaURL(record.url)
        transport = RTSPTransport(rawValue: record.transport) ?? .tcp
        loops = record.loops
    }
}

/// Zones with their version.
struct VersionedZones: Sendable, Equatable {
    var zones: ZoneSet
    var version: Int

    init(zones: ZoneSet, version: Int) {
        self.zones = zones
        self.version = version
    }
}
