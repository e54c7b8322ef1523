import Evidence
import FFmpegIO
import FrameCore
import Violations

/// All that one confirmed incident needs to become a sealed package; small enough to wait in a queue.
struct EvidenceDraft: Sendable {
    /// A still that was taken earlier, as JPEG, with its time.
    struct Still: Sendable {
        var jpeg: [UInt8]
        var time: FrameTime
    }

    var caseID: PackageID
    var incidentID: String
    var channel: EvidenceManifest.Channel
    var incident: Incident
    var zone: Zone
    var zonesVersion: Int
    var ruleVersion: String
    var clock: EvidenceManifest.Clock
    var clocks: EvidenceManifest.ClockComparison?
    /// Scene before the object came, and when it had just come; nil if the channel was not watched then.
    var before: Still?
    var atStart: Still?
    /// Full resolution, of the moment of confirmation or the first key frame after it.
    var afterDwell: Frame
    var stream: VideoStream
    /// What the manifest tells of the object; nil for all that the incident's features say.
    var measurements: [String: Double]?
    /// Of what was promoted out of an archive.
    var archive: EvidenceManifest.ArchiveSource?
    var clip: [PacketRing.Entry]
}
