import CFFmpeg
import Glibc

extension AVError {
    /// What went wrong: FFmpeg's result code, or a positive number for what this target finds out by itself.
    public struct Code: RawRepresentable, Hashable, Sendable {
        public var rawValue: Int32

        public init(rawValue: Int32) {
            self.rawValue = rawValue
        }

        /// An error number of the operating system (errno.h).
        public init(errno number: Int32) {
            rawValue = -number
        }
    }
}

extension AVError.Code {
    public static let endOfStream = Self(rawValue: ffio_error_eof)
    public static let again = Self(errno: EAGAIN)
    public static let timedOut = Self(errno: ETIMEDOUT)
    /// A `StopFlag` ended the operation.
    public static let stopped = Self(rawValue: ffio_error_exit)

    public static let unauthorized = Self(rawValue: ffio_error_http_unauthorized)
    public static let forbidden = Self(rawValue: ffio_error_http_forbidden)
    /// The server has nothing at that path (RTSP and HTTP 404).
    public static let notFound = Self(rawValue: ffio_error_http_not_found)
    public static let badRequest = Self(rawValue: ffio_error_http_bad_request)
    public static let otherClientError = Self(rawValue: ffio_error_http_other_4xx)
    public static let serverError = Self(rawValue: ffio_error_http_server_error)

    public static let connectionRefused = Self(errno: ECONNREFUSED)
    public static let connectionReset = Self(errno: ECONNRESET)
    public static let hostUnreachable = Self(errno: EHOSTUNREACH)
    public static let networkUnreachable = Self(errno: ENETUNREACH)
    public static let inputOutput = Self(errno: EIO)

    public static let noSuchFile = Self(errno: ENOENT)
    public static let permissionDenied = Self(errno: EACCES)
    public static let isDirectory = Self(errno: EISDIR)
    public static let diskFull = Self(errno: ENOSPC)
    public static let quotaExceeded = Self(errno: EDQUOT)
    public static let readOnlyDisk = Self(errno: EROFS)
    public static let outOfMemory = Self(errno: ENOMEM)
    public static let invalidArgument = Self(errno: EINVAL)

    public static let invalidData = Self(rawValue: ffio_error_invalid_data)
    public static let noVideo = Self(rawValue: ffio_error_stream_not_found)
    public static let unsupportedCodec = Self(rawValue: ffio_error_decoder_not_found)
    public static let encoderMissing = Self(rawValue: ffio_error_encoder_not_found)
    public static let protocolRefused = Self(rawValue: ffio_error_protocol_not_found)
    public static let notImplemented = Self(rawValue: ffio_error_patch_welcome)

    public static let emptyFile = Self(rawValue: 1)
    /// A device, a pipe or a socket where a file was expected.
    public static let notRegularFile = Self(rawValue: 2)
    /// A clip was begun with a packet that is no key frame.
    public static let needsKeyFrame = Self(rawValue: 3)
    /// A clip or a video was finished before anything was appended.
    public static let nothingWritten = Self(rawValue: 4)
    /// No key frame could be decoded into a picture in the time given.
    public static let noPicture = Self(rawValue: 5)
    /// The file type is recognised by FFmpeg, but is a playlist or a script that refers to other files.
    public static let refersElsewhere = Self(rawValue: 6)
}
