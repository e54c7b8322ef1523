import FFmpegIO

extension ChannelStatus {
    /// Codes that `reason` may hold, so that pages can say them in the reader's language; any other reason is plain text.
    ///
    /// Faults of the view are `view-` and the fault's name.
    public enum Reason {
        public static let fileOver = "file-over"
        public static let ended = "source-ended"
        public static let unauthorized = "source-unauthorized"
        public static let forbidden = "source-forbidden"
        public static let notFound = "source-not-found"
        public static let refused = "source-refused"
        public static let silent = "source-silent"
        public static let unreachable = "source-unreachable"
        public static let broke = "source-broke"
        public static let noVideo = "source-no-video"
        public static let damaged = "source-damaged"
        public static let noFile = "source-no-file"
        /// Packets come, but none of them gives a picture.
        public static let noPicture = "source-no-picture"
        /// The size or the codec changed; the street is looked at anew.
        public static let changed = "source-changed"
        /// The camera's time stamps jumped; the jump was bridged.
        public static let clockJumped = "clock-jumped"
        /// The camera's own clock is off; `ChannelStatus.clocks` has the figure.
        public static let clockOffset = "clock-offset"
        /// The camera's time stamps run too fast or too slow; `ChannelStatus.clocks` has the figure.
        public static let clockDrift = "clock-drift"
        /// Key frames come so seldom that everything must be decoded; `ChannelStatus.gopSeconds` has the figure.
        public static let groupTooLong = "gop-too-long"
        /// The main stream cannot be opened; evidence comes from the sub-stream.
        public static let noMainStream = "main-stream-missing"

        /// For `restraint`: the machine is short of time, so the channel is not watched, only patrolled.
        public static let restrainedToPatrol = "restrained-patrol"
        /// For `restraint`: … every second key frame is looked at.
        public static let restrainedToHalf = "restrained-half"
        /// For `restraint`: … every fourth key frame is looked at.
        public static let restrainedToQuarter = "restrained-quarter"

        static func code(of restraint: Restraint) -> String {
            switch restraint {
            case .none: ""
            case .patrolOnly: restrainedToPatrol
            case .everySecondKeyFrame: restrainedToHalf
            case .everyFourthKeyFrame: restrainedToQuarter
            }
        }

        /// Who can do something about an error.
        static func cause(of error: AVError) -> ReconnectPolicy.Cause {
            switch error.code {
            case .unauthorized, .forbidden, .notFound, .badRequest, .otherClientError, .unsupportedCodec, .noVideo, .noSuchFile,
                .permissionDenied, .isDirectory, .notRegularFile, .emptyFile, .refersElsewhere, .protocolRefused:
                .needsPerson
            default: .passing
            }
        }

        /// nil for an error that has only its text.
        static func code(of error: AVError) -> String? {
            switch error.code {
            case .unauthorized: unauthorized
            case .forbidden: forbidden
            case .notFound: notFound
            case .connectionRefused: refused
            case .timedOut: silent
            case .hostUnreachable, .networkUnreachable: unreachable
            case .connectionReset, .inputOutput, .endOfStream: broke
            case .noVideo: noVideo
            case .invalidData, .noPicture: damaged
            case .noSuchFile: noFile
            default: nil
            }
        }
    }
}
