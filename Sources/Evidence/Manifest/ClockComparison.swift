public import FrameCore

extension EvidenceManifest {
    /// What three clocks said of one picture, and how far apart they were: the stream's time stamps, which `Clock` joins to
    /// the wall clock once for each connection; this machine's clock when the picture came; the camera's own, where it tells.
    public struct ClockComparison: Codable, Hashable, Sendable {
        public var ptsMicroseconds: Int64
        /// By this machine, when the picture's packet had come.
        public var received: WallTime
        /// `received` minus the wall-clock time that `Clock` gives the picture, seconds: delay and drift since the connection.
        public var receivedMinusWallSeconds: Double
        /// By the camera (RTCP sender report, RFC 3550 §6.4.1); nil where it sends none.
        public var sender: WallTime?
        /// `sender` minus `received`, seconds.
        public var senderMinusReceivedSeconds: Double?
        /// How much faster the time stamps ran than this machine's clock, parts per million; nil where not enough was seen.
        public var driftPPM: Double?

        /// - Parameters:
        ///   - received: microseconds since 1970 by this machine.
        ///   - sender: microseconds since 1970 by the camera.
        public init(pts: FrameTime, clock: Clock, received: Int64, sender: Int64?, driftPPM: Double?) {
            func wall(_ microseconds: Int64) -> WallTime {
                WallTime(millisecondsSince1970: microseconds / 1000, utcOffsetMinutes: clock.utcOffsetMinutes)
            }
            ptsMicroseconds = pts.microseconds
            self.received = wall(received)
            receivedMinusWallSeconds = Double((received - pts.microseconds - clock.wallMinusPTSMicroseconds) / 1000) / 1000
            self.sender = sender.map(wall)
            senderMinusReceivedSeconds = sender.map { Double(($0 - received) / 1000) / 1000 }
            self.driftPPM = driftPPM.map { ($0 * 10).rounded() / 10 }
        }
    }
}
