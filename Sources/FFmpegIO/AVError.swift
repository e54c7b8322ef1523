import CFFmpeg
import FrameCore

/// What failed, on which input, and what to do about it.
///
/// Passwords and tokens are never part of it. The text is made when it is printed.
public struct AVError: Error, Hashable, Sendable {
    public enum Operation: String, Sendable {
        case open, read, seek, decode, convert, writeClip, encode
    }

    public var code: Code
    public var operation: Operation
    /// The input or output, redacted: `MediaURL.description`, a path, or a codec's name.
    public var input: String
    /// How long the operation was allowed to wait, when it timed out.
    public var waited: Duration?

    public init(_ code: Code, _ operation: Operation, _ input: String, waited: Duration? = nil) {
        self.code = code
        self.operation = operation
        self.input = input
        self.waited = waited
    }

    init(status: Int32, _ operation: Operation, _ input: String) {
        self.init(Code(rawValue: status), operation, input)
    }
}

extension AVError: CustomStringConvertible {
    public var description: String { "\(action) \(input): \(reason)" }

    private var action: String {
        switch operation {
        case .open: "opening"
        case .read: "reading"
        case .seek: "seeking in"
        case .decode: "decoding"
        case .convert: "converting a picture of"
        case .writeClip: "writing the clip"
        case .encode: "encoding the video"
        }
    }

    /// What it means and what to do, without the operation and the input: for a page that shows those beside it.
    public var reason: String {
        switch code {
        case .timedOut: timeOutReason
        case .unauthorized: "wrong user name or password"
        case .forbidden: "the user may not see this stream: give the account the right to it, or use another"
        case .notFound: "the server has no stream at this path: check the channel number and the path"
        case .badRequest: "the server does not understand the request: check the address"
        case .otherClientError: "the server refused the request: check the address, and whether its limit of viewers is reached"
        case .serverError: "the server reports an error of its own (5xx): restart the device, or look at its log"
        case .connectionRefused: "nothing is listening at that address: check host and port, and that the device is on"
        case .connectionReset: "the other side closed the connection"
        case .hostUnreachable, .networkUnreachable: "no route to that address: check the network and the address"
        case .inputOutput: "input or output failed: the host name is unknown, the connection broke, or the disk is faulty"
        case .stopped: "stopped on request"
        case .noSuchFile: "there is no such file or folder"
        case .permissionDenied: "permission denied: check the owner and mode of the file and its folder"
        case .isDirectory: "is a folder; a file is needed"
        case .notRegularFile: "is a device, pipe or socket; a file is needed"
        case .emptyFile: "is empty (0 bytes)"
        case .diskFull, .quotaExceeded: "the disk is full: free some space"
        case .readOnlyDisk: "the disk is mounted read-only"
        case .outOfMemory: "out of memory"
        case .noVideo: "holds no video stream (audio only?)"
        case .unsupportedCodec: "this FFmpeg cannot decode its codec"
        case .encoderMissing: "this FFmpeg has no H.264 encoder (libx264)"
        case .refersElsewhere: "is a playlist or script that refers to other files; give the video files themselves"
        case .protocolRefused: "it refers to something that may not be opened from here"
        case .needsKeyFrame: "a clip must begin with a key frame"
        case .nothingWritten: "nothing was written to it"
        case .noPicture: "no key frame could be decoded: the stream is damaged, or sends key frames too seldom"
        case .endOfStream: endReason
        case .invalidData: invalidReason
        default: Self.text(of: code)
        }
    }

    private var timeOutReason: String {
        guard let waited else { return "no answer in time" }
        let seconds = waited.inSeconds
        let time = seconds == seconds.rounded() ? "\(Int(seconds)) s" : "\(seconds) s"
        return operation == .open
            ? "no usable answer within \(time): the host is off or unreachable, or it accepted the connection and sent nothing"
            : "sent nothing for \(time)"
    }

    private var endReason: String {
        switch operation {
        case .open: "it ended before any video came: the file is cut off, or the server closed the connection"
        default: "it has ended"
        }
    }

    private var invalidReason: String {
        switch operation {
        case .open: "is no media file, is cut off before its index, or is of a kind that cannot be read"
        case .decode: "the data is damaged"
        case .writeClip: "the packet does not fit into the clip: it is damaged, or the stream's codec changed"
        default: "the data is damaged"
        }
    }

    private static func text(of code: Code) -> String {
        guard code.rawValue < 0 else { return "error \(code.rawValue)" }
        var buffer = [CChar](repeating: 0, count: Int(AV_ERROR_MAX_STRING_SIZE))
        av_strerror(code.rawValue, &buffer, buffer.count)
        let text = String(decoding: buffer.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
        return "\(text) (\(code.rawValue))"
    }
}
