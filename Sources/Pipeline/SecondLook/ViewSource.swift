public import Foundation
public import FrameCore

/// Shows what a channel sees at this moment, as large as the camera sends it.
public protocol ViewSource: Sendable {
    /// The next key frame of the channel that is decoded whole; nil if none came in time, or the channel does not run.
    func view(channelID: String, within patience: Duration) async -> LiveView?
    /// All channels in the order of their ids.
    func channelStatuses() async -> [ChannelStatus]
}

/// One picture of a channel with its time.
public struct LiveView: Sendable {
    public var frame: Frame
    /// Wall clock.
    public var at: Date
    /// What the analysis says is wrong with the view, as in `ChannelStatus.Reason`; empty if nothing is.
    public var fault: String

    public init(frame: Frame, at: Date, fault: String = "") {
        self.frame = frame
        self.at = at
        self.fault = fault
    }
}
