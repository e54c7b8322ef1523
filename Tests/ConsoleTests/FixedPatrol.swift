import Foundation
import Pipeline

/// A patrol whose cameras always say the same: cameras are not what these tests are about.
struct FixedPatrol: PatrolControl {
    struct Failure: Error, CustomStringConvertible {
        var description: String
    }

    static let still: [UInt8] = [0xFF, 0xD8, 0xFF, 0xE0, 0x41, 0xFF, 0xD9]

    let statuses = [
        ChannelStatus(
            id: "c1", state: .patrolling, since: Date(timeIntervalSince1970: 1_795_460_000), codec: "h264", width: 1280,
            height: 720, analysedPerSecond: 0.5),
        ChannelStatus(
            id: "c2", state: .stalled, reason: "no frame for 40 s", since: Date(timeIntervalSince1970: 1_795_460_000)),
    ]

    func channelStatuses() async -> [ChannelStatus] { statuses }

    func latestStill(channelID: String) async -> [UInt8]? { channelID == "c1" ? Self.still : nil }

    func thumbnail(channelID: String) async -> Thumbnail? {
        channelID == "c1" ? Thumbnail(jpeg: Self.still, tag: "t-1") : nil
    }

    func probe(url: String, transport: String) async throws -> SourceProbe {
        guard !url.contains("silent") else {
            throw Failure(description: "connecting: the camera did not answer within 15 s")
        }
        return SourceProbe(
            codec: "h264", width: 1280, height: 720, frameRate: 25, gopSeconds: 2, container: "rtsp", still: Self.still)
    }

    func checkZones(document: String) throws {
        guard !document.contains("pond") else { throw Failure(description: "zone “z1”: “pond” is no kind of zone") }
    }

    func channelChanged(id: String) async {}

    func watch(channelID: String, for duration: Duration) async {}
}
