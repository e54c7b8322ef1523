public import Evidence
public import FFmpegIO
public import FrameCore
public import Violations

/// All that one confirmed incident needs to become a sealed package; small enough to wait in a queue.
public struct EvidenceDraft: Sendable {
    /// A still that was taken earlier, as JPEG, with its time.
    public struct Still: Sendable {
        public var jpeg: [UInt8]
        public var time: FrameTime
    }

    public var caseID: PackageID
    public var incidentID: String
    public var channel: EvidenceManifest.Channel
    public var incident: Incident
    public var zone: Zone
    public var zonesVersion: Int
    public var ruleVersion: String
    public var clock: EvidenceManifest.Clock
    /// Scene before the object came, and when it had just come; nil if the channel was not watched then.
    public var before: Still?
    public var atStart: Still?
    /// Full resolution, at the moment of confirmation.
    public var afterDwell: Frame
    public var stream: VideoStream
    public var clip: [PacketRing.Entry]
}
