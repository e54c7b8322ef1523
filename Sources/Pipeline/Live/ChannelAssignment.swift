import Casework
import Evidence
import FFmpegIO
import Violations

/// What a worker is to watch; another value starts it anew.
struct ChannelAssignment: Sendable, Equatable {
    var id: String
    var name: String
    /// For the manifests.
    var device: EvidenceManifest.Device
    /// What is analysed, and recorded where there is no other.
    var url: MediaURL
    /// Where the analysed stream is the camera's smaller one: what is recorded.
    var mainURL: MediaURL?
    var transport: RTSPTransport
    /// A file that plays again and again in real time.
    var loops: Bool

    /// - Throws: `MediaURLError` if the record's address is none.
    init(_ record: ChannelRecord) throws(MediaURLError) {
        id = record.id
        name = record.name
        device = EvidenceManifest.Device(record)
        let main = try MediaURL(record.url)
        if record.subURL.isEmpty {
            url = main
        } else {
            url = try MediaURL(record.subURL)
            mainURL = main
        }
        transport = RTSPTransport(rawValue: record.transport) ?? .tcp
        loops = record.loops
    }
}

extension EvidenceManifest.Device {
    /// What the channel's record says of its camera; what allows its use is added when a package is made.
    init(_ record: ChannelRecord) {
        self.init(
            nationalID: record.nationalID, place: record.place, longitude: record.longitude, latitude: record.latitude,
            owner: record.owner)
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
