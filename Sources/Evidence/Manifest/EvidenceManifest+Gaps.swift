extension EvidenceManifest {
    /// What a clip should show, what it shows, and what is missing in between.
    public struct ClipGaps: Codable, Hashable, Sendable {
        /// The clip's file; nil where there is no clip at all, which the one gap explains.
        public var file: String?
        public var wantedFromMicroseconds: Int64
        public var wantedToMicroseconds: Int64
        /// Of the packets that are there; nil without any.
        public var fromMicroseconds: Int64?
        public var toMicroseconds: Int64?
        public var packets: Int
        /// The usual distance of two packets; 0 where it cannot be told.
        public var usualStepMilliseconds: Double
        /// In order of time.
        public var gaps: [Gap]

        public init(
            file: String?, wantedFromMicroseconds: Int64, wantedToMicroseconds: Int64, fromMicroseconds: Int64?,
            toMicroseconds: Int64?, packets: Int, usualStepMilliseconds: Double, gaps: [Gap]
        ) {
            self.file = file
            self.wantedFromMicroseconds = wantedFromMicroseconds
            self.wantedToMicroseconds = wantedToMicroseconds
            self.fromMicroseconds = fromMicroseconds
            self.toMicroseconds = toMicroseconds
            self.packets = packets
            self.usualStepMilliseconds = usualStepMilliseconds
            self.gaps = gaps
        }
    }

    /// A stretch of time that a clip does not show, or not whole.
    public struct Gap: Codable, Hashable, Sendable {
        public enum Reason: String, Codable, Sendable {
            /// The clip begins later than it should: the pre-roll did not reach back so far.
            case startNotHeld = "start-not-held"
            /// The clip ends earlier than it should: the stream ended or broke off.
            case streamEnded = "stream-ended"
            /// Nothing came for longer than usual.
            case missingPackets = "missing-packets"
            /// A packet came damaged.
            case damagedPacket = "damaged-packet"
            /// The camera's time stamps jumped; the time in between is a guess.
            case stampsJumped = "stamps-jumped"
            /// Only key frames were kept, for want of memory.
            case keyFramesOnly = "key-frames-only"
            /// No clip was kept.
            case notKept = "not-kept"
        }

        public var fromMicroseconds: Int64
        public var milliseconds: Double
        public var reason: Reason

        public init(fromMicroseconds: Int64, milliseconds: Double, reason: Reason) {
            self.fromMicroseconds = fromMicroseconds
            self.milliseconds = milliseconds
            self.reason = reason
        }
    }
}
