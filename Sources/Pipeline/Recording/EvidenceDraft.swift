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
        var size: PixelSize
        var light: PictureLight
        /// nil where nothing was seen of that moment.
        var scene: SceneNote?

        init(_ picture: Frame, time: FrameTime, scene: SceneNote?) throws(JPEGError) {
            jpeg = try JPEGEncoder.encode(picture)
            self.time = time
            size = picture.size
            light = PictureLight(of: picture)
            self.scene = scene
        }
    }

    var caseID: PackageID
    var incidentID: String
    var channel: EvidenceManifest.Channel
    var device: EvidenceManifest.Device?
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
    /// What was on the street then; nil where nothing was seen of it.
    var scene: SceneNote?
    var stream: VideoStream
    /// What the manifest tells of the object; nil for all that the incident's features say.
    var measurements: [String: Double]?
    /// Of what was promoted out of an archive.
    var archive: EvidenceManifest.ArchiveSource?
    var clip: [PacketRing.Entry]
    /// What the clip should show.
    var clipWanted: ClosedRange<FrameTime>
    /// Around the start, where that was kept.
    var startClip: StartClips.Clip?
}
