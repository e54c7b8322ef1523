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
