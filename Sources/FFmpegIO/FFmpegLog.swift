import CFFmpeg
import Synchronization

/// Where FFmpeg's own messages go: nowhere, unless a receiver is named.
///
/// FFmpeg's default prints to standard error, addresses with passwords included; this target turns that off before its
/// first call, and redacts each line that it hands on.
public enum FFmpegLog {
    public enum Level: Int, Sendable, Comparable {
        case fatal = 8
        case error = 16
        case warning = 24
        case info = 32

        public static func < (left: Level, right: Level) -> Bool { left.rawValue < right.rawValue }
    }

    public typealias Receiver = @Sendable (_ level: Level, _ line: String) -> Void

    private static let receiver = Mutex<(upTo: Level, receive: Receiver)?>(nil)

    /// Sends messages of `level` and graver to `receive`, on whatever thread FFmpeg is running; it must not call this target.
    public static func route(upTo level: Level = .warning, to receive: @escaping Receiver) {
        FFmpegRuntime.start()
        receiver.withLock { $0 = (level, receive) }
    }

    /// Drops all messages, as at the start.
    public static func silence() {
        FFmpegRuntime.start()
        receiver.withLock { $0 = nil }
    }

    static func install() {
        ffio_log_install { rawLevel, line in
            guard let line, let current = FFmpegLog.receiver.withLock({ $0 }) else { return }
            let level: Level = rawLevel <= 8 ? .fatal : rawLevel <= 16 ? .error : rawLevel <= 24 ? .warning : .info
            guard level <= current.upTo else { return }
            // SAFETY: `line` is a NUL-terminated buffer that lives until this call returns.
            var text = String(cString: line)
            while text.last?.isNewline == true { text.removeLast() }
            if !text.isEmpty { current.receive(level, Redaction.scrub(text)) }
        }
    }
}

/// What must be done once in the process before FFmpeg is used.
enum FFmpegRuntime {
    private static let started: Void = {
        FFmpegLog.install()
        avformat_network_init()
    }()

    static func start() {
        _ = started
    }
}
