public import FrameCore

/// What is really in one rendered clip, in the project's annotation format: zones, events, and when each thing lies still.
public struct SceneTruth: Hashable, Sendable, Codable {
    public struct Zone: Hashable, Sendable, Codable {
        public var id: String
        /// frontage, pavement, carriageway, no-parking or bin.
        public var kind: String
        /// In parts of the picture's width and height.
        public var polygon: Polygon
    }

    public struct Event: Hashable, Sendable, Codable {
        public var violation: String
        public var zone: String
        /// Left, top, width and height in pixels, cut to the picture.
        public var box: [Int]
        /// Seconds from the clip's start.
        public var appearsSeconds: Double
        /// From here on the thing is still and nobody touches it.
        public var stillSeconds: Double
        /// Nil where it stays to the end.
        public var leavesSeconds: Double?

        enum CodingKeys: String, CodingKey {
            case violation, zone, box
            case appearsSeconds = "appears_s"
            case stillSeconds = "still_s"
            case leavesSeconds = "leaves_s"
        }

        public func encode(to encoder: any Encoder) throws {
            var container = encoder.container(keyedBy: CodingKeys.self)
            try container.encode(violation, forKey: .violation)
            try container.encode(zone, forKey: .zone)
            try container.encode(box, forKey: .box)
            try container.encode(appearsSeconds, forKey: .appearsSeconds)
            try container.encode(stillSeconds, forKey: .stillSeconds)
            // The format writes null for what stays.
            try container.encode(leavesSeconds, forKey: .leavesSeconds)
        }
    }

    /// A time in which the camera itself fails.
    public struct ViewFault: Hashable, Sendable, Codable {
        public var kind: String
        public var fromSeconds: Double
        public var toSeconds: Double

        enum CodingKeys: String, CodingKey {
            case kind
            case fromSeconds = "from_s"
            case toSeconds = "to_s"
        }
    }

    public var file: String
    /// What the camera is called and where it hangs; beyond the common format, for lists of channels.
    public var name: String
    public var place: String
    public var width: Int
    public var height: Int
    public var fps: Int
    public var frames: Int
    public var seconds: Double
    /// Every finding in a quiet clip is a false one.
    public var quiet: Bool
    public var base: String
    public var disturbances: [String]
    public var zones: [Zone]
    public var events: [Event]
    /// Stillness to ask for in every zone; real use waits for minutes.
    public var dwellSeconds: Int
    /// None: the rendered cameras are sound.
    public var viewFaults: [ViewFault] = []

    enum CodingKeys: String, CodingKey {
        case file, name, place, width, height, fps, frames, seconds, quiet, base, disturbances, zones, events
        case dwellSeconds = "dwell_s"
        case viewFaults = "view_faults"
    }
}

/// The annotation file of a folder of clips.
public struct SceneTruthSet: Hashable, Sendable, Codable {
    public var clips: [SceneTruth]

    public init(clips: [SceneTruth]) {
        self.clips = clips
    }
}
