extension EvidenceManifest {
    /// How far each clock may have been off at the capture, and what is not known of it. Always stated, never left out: an
    /// unknown error must not read like none.
    public struct ClockErrors: Codable, Hashable, Sendable {
        /// The camera's own clock (RTCP sender reports) against this machine's.
        public var camera: ErrorMilliseconds
        /// The wall-clock time given to the pictures against the moment at which they came.
        public var pictures: ErrorMilliseconds
        /// This machine's clock against UTC, as the kernel's NTP discipline bounds it.
        public var machine: ErrorMilliseconds
        /// The time written into the picture. No program reads it for certain: reviewers add it by an addendum.
        public var onScreen: ErrorMilliseconds

        public init(
            camera: ErrorMilliseconds = .unknown, pictures: ErrorMilliseconds = .unknown, machine: ErrorMilliseconds = .unknown,
            onScreen: ErrorMilliseconds = .unknown
        ) {
            self.camera = camera
            self.pictures = pictures
            self.machine = machine
            self.onScreen = onScreen
        }
    }

    /// A bound on a clock's error: milliseconds, or `"unknown"`.
    public enum ErrorMilliseconds: Codable, Hashable, Sendable, CustomStringConvertible {
        case atMost(Double)
        case unknown

        public init(from decoder: any Decoder) throws {
            let container = try decoder.singleValueContainer()
            if let number = try? container.decode(Double.self) {
                self = .atMost(number)
            } else if try container.decode(String.self) == "unknown" {
                self = .unknown
            } else {
                throw DecodingError.dataCorruptedError(
                    in: container, debugDescription: "a clock's error is a number of milliseconds or “unknown”")
            }
        }

        public func encode(to encoder: any Encoder) throws {
            var container = encoder.singleValueContainer()
            switch self {
            case .atMost(let milliseconds): try container.encode(milliseconds)
            case .unknown: try container.encode("unknown")
            }
        }

        public var description: String {
            switch self {
            case .atMost(let milliseconds): "\(Int(milliseconds.rounded(.up))) ms"
            case .unknown: "unknown"
            }
        }
    }
}
