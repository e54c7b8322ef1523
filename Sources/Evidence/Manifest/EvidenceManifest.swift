public import FrameCore

/// What a package says of itself: `manifest.json`, signed, one for each sealed incident.
///
/// The caller fills in all but `files` and `chain`, which sealing adds. What comes later (the still after the correction,
/// reviewers, party, notices, a time-stamp, masked copies) is never written here but added as an `Addendum`.
public struct EvidenceManifest: Codable, Hashable, Sendable {
    /// The newest form that this program writes and reads. Schema 1 had no SM3 and none of the members that are nil there.
    public static let currentSchema = 2

    /// What the package is offered as.
    public enum Mode: String, Codable, Sendable {
        /// A lead (线索): a hint for officers, not yet evidence in the sense of the penalty law.
        case lead
        /// Evidence (证据): the camera has its legal and technical review, its sign and its publication (行政处罚法 §41).
        case evidence
    }

    public var schema: Int
    public var packageID: PackageID
    public var caseID: String
    public var incidentID: String
    public var mode: Mode
    /// Name and version of the program that sealed it.
    public var program: String
    public var channel: Channel
    /// Whose camera it is, where it stands and what allows its use; nil in schema 1.
    public var device: Device?
    /// Such as `storefront-encroachment`.
    public var violation: String
    /// Codes of the national and the city's catalogue for it, such as `09005`; nil where none is known.
    public var violationCodes: [String]?
    public var zone: Zone
    public var rule: Rule
    /// The object in pixels of the source's picture.
    public var box: Box
    public var clock: Clock
    /// What the clocks said of the confirming picture; nil in older packages and where only one is known.
    public var clocks: ClockComparison?
    /// How far each clock may have been off; nil in schema 1.
    public var clockErrors: ClockErrors?
    /// What each clip lacks of what it should show; nil in schema 1.
    public var gaps: [ClipGaps]?
    /// How well each still can be judged; nil in schema 1.
    public var quality: [PictureQuality]?
    /// What else was on each still, for masking; nil in schema 1.
    public var scenes: [StillScene]?
    /// Which archived file it was made of, by whom and why; nil for what was seen live.
    public var archive: ArchiveSource?
    /// The named moments, in order of time.
    public var times: [Moment]
    /// Filled in by `EvidenceStore.seal`.
    public var files: [File]
    /// Filled in by `EvidenceStore.seal`.
    public var chain: ChainLink

    /// What is known before sealing; `files` stay empty and `chain` points nowhere until then.
    public init(
        packageID: PackageID, caseID: String, incidentID: String, mode: Mode = .lead, program: String, channel: Channel,
        device: Device? = nil, violation: String, violationCodes: [String]? = nil, zone: Zone, rule: Rule, box: PixelRect,
        clock: Clock, clocks: ClockComparison? = nil, clockErrors: ClockErrors? = nil, gaps: [ClipGaps]? = nil,
        quality: [PictureQuality]? = nil, scenes: [StillScene]? = nil, archive: ArchiveSource? = nil, times: [Moment]
    ) {
        schema = Self.currentSchema
        self.packageID = packageID
        self.caseID = caseID
        self.incidentID = incidentID
        self.mode = mode
        self.program = program
        self.channel = channel
        self.device = device
        self.violation = violation
        self.violationCodes = violationCodes
        self.zone = zone
        self.rule = rule
        self.box = Box(box)
        self.clock = clock
        self.clocks = clocks
        self.clockErrors = clockErrors
        self.gaps = gaps
        self.quality = quality
        self.scenes = scenes
        self.archive = archive
        self.times = times
        files = []
        chain = ChainLink(channel: channel.id, sequence: 0, previousSHA256: .zero)
    }

    /// The package's place under the store's evidence folder: channel, local date of the package id, package id.
    public var relativePath: String {
        let made = WallTime(millisecondsSince1970: packageID.milliseconds, utcOffsetMinutes: clock.utcOffsetMinutes)
        return ([channel.id] + made.dateParts + [packageID.text]).joined(separator: "/")
    }
}

extension EvidenceManifest {
    public struct Channel: Codable, Hashable, Sendable {
        /// 1…64 characters out of a–z, 0–9, `-`, `_`, `.`; it names folders.
        public var id: String
        public var name: String
        /// Such as `h264`.
        public var codec: String
        public var width: Int
        public var height: Int
        /// `main` or `sub`: which of the camera's streams the clip and the stills after the dwell are of; nil where it has one.
        public var stream: String?
        /// What is particular about that, for people: why it is not the main stream.
        public var streamRemark: String?

        public init(
            id: String, name: String, codec: String, width: Int, height: Int, stream: String? = nil, streamRemark: String? = nil
        ) {
            self.id = id
            self.name = name
            self.codec = codec
            self.width = width
            self.height = height
            self.stream = stream
            self.streamRemark = streamRemark
        }
    }

    public struct Zone: Codable, Hashable, Sendable {
        public var id: String
        /// Such as `frontage`.
        public var kind: String
        public var polygon: Polygon
        public var zonesVersion: Int

        public init(id: String, kind: String, polygon: Polygon, zonesVersion: Int) {
            self.id = id
            self.kind = kind
            self.polygon = polygon
            self.zonesVersion = zonesVersion
        }
    }

    /// Which rule found it, with what numbers.
    public struct Rule: Codable, Hashable, Sendable {
        public var version: String
        public var profile: String
        /// How long the object had to stay.
        public var dwellSeconds: Double
        /// What was measured, each name with its unit, such as `stillSeconds` or `areaPart`; finite numbers.
        public var measurements: [String: Double]

        public init(version: String, profile: String, dwellSeconds: Double, measurements: [String: Double]) {
            self.version = version
            self.profile = profile
            self.dwellSeconds = dwellSeconds
            self.measurements = measurements
        }
    }

    /// How stream time was joined to the wall clock.
    public struct Clock: Codable, Hashable, Sendable {
        /// Added to a pts to get UTC since 1970.
        public var wallMinusPTSMicroseconds: Int64
        /// Such as `receive-time`.
        public var source: String
        public var utcOffsetMinutes: Int
        /// What the camera says of its own clock, if it does.
        public var senderClock: String?

        public init(wallMinusPTSMicroseconds: Int64, source: String, utcOffsetMinutes: Int, senderClock: String? = nil) {
            self.wallMinusPTSMicroseconds = wallMinusPTSMicroseconds
            self.source = source
            self.utcOffsetMinutes = utcOffsetMinutes
            self.senderClock = senderClock
        }

        /// The wall-clock time of a frame, cut to milliseconds.
        public func wall(of pts: FrameTime) -> WallTime {
            let microseconds = pts.microseconds + wallMinusPTSMicroseconds
            return WallTime(
                millisecondsSince1970: (microseconds - (microseconds < 0 ? 999 : 0)) / 1000,
                utcOffsetMinutes: utcOffsetMinutes)
        }
    }

    /// A named moment on both clocks.
    public struct Moment: Codable, Hashable, Sendable {
        /// Such as `first-seen`, `still`, `confirmed`, `clip-start`, `clip-end`.
        public var name: String
        public var ptsMicroseconds: Int64
        public var wall: WallTime

        public init(name: String, pts: FrameTime, clock: Clock) {
            self.name = name
            ptsMicroseconds = pts.microseconds
            wall = clock.wall(of: pts)
        }
    }

    /// Where the package stands among its channel's packages.
    public struct ChainLink: Codable, Hashable, Sendable {
        public var channel: String
        /// From 1, without gaps.
        public var sequence: Int64
        /// Of the whole previous `manifest.json`; `ContentHash.zero` for the first.
        public var previousSHA256: ContentHash

        public init(channel: String, sequence: Int64, previousSHA256: ContentHash) {
            self.channel = channel
            self.sequence = sequence
            self.previousSHA256 = previousSHA256
        }
    }
}
