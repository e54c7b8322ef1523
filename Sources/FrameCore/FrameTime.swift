/// A moment in a stream, counted from the stream's own origin in microseconds.
///
/// It comes from presentation time stamps only (design principle 1: the frame carries the time), so the same packets
/// give the same times live or archived. Wall-clock time is joined to it in Pipeline, nowhere below.
public struct FrameTime: Hashable, Comparable, Sendable, Codable {
    public var microseconds: Int64

    public static let zero = FrameTime(microseconds: 0)

    public init(microseconds: Int64) {
        self.microseconds = microseconds
    }

    /// Rounded to the nearest microsecond.
    public init(seconds: Double) {
        microseconds = Int64((seconds * 1_000_000).rounded())
    }

    public var seconds: Double { Double(microseconds) / 1_000_000 }

    public static func < (left: FrameTime, right: FrameTime) -> Bool {
        left.microseconds < right.microseconds
    }

    public static func - (left: FrameTime, right: FrameTime) -> Duration {
        .microseconds(left.microseconds - right.microseconds)
    }

    public static func + (left: FrameTime, right: Duration) -> FrameTime {
        FrameTime(microseconds: left.microseconds + right.wholeMicroseconds)
    }

    public static func - (left: FrameTime, right: Duration) -> FrameTime {
        FrameTime(microseconds: left.microseconds - right.wholeMicroseconds)
    }
}

extension Duration {
    /// The duration cut to microseconds.
    public var wholeMicroseconds: Int64 {
        let (seconds, attoseconds) = components
        return seconds * 1_000_000 + attoseconds / 1_000_000_000_000
    }

    public var inSeconds: Double { Double(wholeMicroseconds) / 1_000_000 }
}
