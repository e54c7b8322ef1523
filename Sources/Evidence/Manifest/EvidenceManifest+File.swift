public import FrameCore

extension EvidenceManifest {
    /// What a file shows.
    public enum Role: String, Codable, Sendable, CaseIterable {
        case sceneBefore = "scene-before"
        case atStart = "at-start"
        case afterDwell = "after-dwell"
        case closeUp = "close-up"
        case annotated
        /// Around the moment of confirmation.
        case clip
        /// Around the start, where that is too long before the confirmation for one clip.
        case clipAtStart = "clip-at-start"

        public var isClip: Bool { self == .clip || self == .clipAtStart }

        /// The file's customary name.
        public var fileName: String { rawValue + (isClip ? ".mp4" : ".jpg") }

        /// Whether it is the camera's own picture, not a copy that was drawn on.
        public var isOriginal: Bool { self != .annotated }
    }

    /// One file of the package with all that is needed to find a changed byte.
    public struct File: Codable, Hashable, Sendable {
        /// Blocks are this large, so that a checker can name the range that was changed.
        public static let blockBytes = 262_144

        public var name: String
        public var role: Role
        /// False for a copy that was drawn on.
        public var original: Bool
        /// Which file of the package it was made from, if it was.
        public var derivedFrom: String?
        public var bytes: Int64
        public var sha256: ContentHash
        /// nil in packages of schema 1 only.
        public var sm3: SM3Hash?
        public var blockBytes: Int
        public var blockSHA256: [ContentHash]

        public init(
            name: String, role: Role, derivedFrom: String?, bytes: Int64, sha256: ContentHash, sm3: SM3Hash? = nil,
            blockSHA256: [ContentHash]
        ) {
            self.name = name
            self.role = role
            original = role.isOriginal
            self.derivedFrom = derivedFrom
            self.bytes = bytes
            self.sha256 = sha256
            self.sm3 = sm3
            blockBytes = Self.blockBytes
            self.blockSHA256 = blockSHA256
        }
    }

    /// A rectangle of the source's picture, encoded as `[x, y, width, height]`.
    public struct Box: Codable, Hashable, Sendable {
        public var rect: PixelRect

        public init(_ rect: PixelRect) {
            self.rect = rect
        }

        public init(from decoder: any Decoder) throws {
            let container = try decoder.singleValueContainer()
            let numbers = try container.decode([Int].self)
            guard numbers.count == 4 else {
                throw DecodingError.dataCorruptedError(
                    in: container, debugDescription: "a box is [x, y, width, height], not \(numbers.count) numbers")
            }
            rect = PixelRect(x: numbers[0], y: numbers[1], width: numbers[2], height: numbers[3])
        }

        public func encode(to encoder: any Encoder) throws {
            var container = encoder.singleValueContainer()
            try container.encode([rect.x, rect.y, rect.width, rect.height])
        }
    }
}
