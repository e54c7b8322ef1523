public import Foundation

/// What a re-analysis of archived footage was asked to do and with what. Fixed when the run is made: the same record over the
/// same files gives the same findings, byte for byte.
public struct RunRecord: Codable, Sendable, Identifiable, Hashable {
    /// Sorts by creation (UUID version 7, RFC 9562 §5.7); names the run's folder.
    public var id: String
    public var name: String
    public var createdAt: Date
    /// A user's id or login, or the system user who gave the command.
    public var createdBy: String
    /// Name and version of the program.
    public var program: String
    public var ruleVersion: String
    /// SHA-256 over all files of `Models/`, lower-case hex: tells two profiles of one version apart.
    public var profilesSHA256: String
    /// Every frame was decoded, not key frames first.
    public var everyFrame: Bool
    public var channels: [RunChannel]
    public var inputs: [RunInput]
    /// Identifier of the time zone in which the hours of zones hold; nil until the run is begun by a program that knows its own.
    public var timeZone: String?

    public init(
        id: String, name: String, createdAt: Date, createdBy: String, program: String, ruleVersion: String, profilesSHA256: String,
        everyFrame: Bool, channels: [RunChannel], inputs: [RunInput], timeZone: String? = nil
    ) {
        self.id = id
        self.name = name
        self.createdAt = createdAt
        self.createdBy = createdBy
        self.program = program
        self.ruleVersion = ruleVersion
        self.profilesSHA256 = profilesSHA256
        self.everyFrame = everyFrame
        self.channels = channels
        self.inputs = inputs
        self.timeZone = timeZone
    }
}

/// The zones under which one channel's footage was judged.
public struct RunChannel: Codable, Sendable, Hashable {
    public var channelID: String
    /// A zones document as the store keeps it (JSON).
    public var zones: String
    /// The version in the store; nil where the zones came from a file.
    public var zonesVersion: Int?

    public init(channelID: String, zones: String, zonesVersion: Int?) {
        self.channelID = channelID
        self.zones = zones
        self.zonesVersion = zonesVersion
    }
}

/// One file that was read.
public struct RunInput: Codable, Sendable, Hashable {
    public var path: String
    public var channelID: String
    /// Wall-clock time of its first picture; nil where nothing tells it.
    public var startsAt: Date?
    /// Where that time is from: `pattern`, `sidecar`, `container`, `burnt-in`, `package`; `none` without one.
    public var timeSource: String
    public var seconds: Double?
    public var bytes: Int64
    /// Of the whole file, lower-case hex; nil until it was read.
    public var sha256: String?

    public init(
        path: String, channelID: String, startsAt: Date?, timeSource: String, seconds: Double?, bytes: Int64, sha256: String? = nil
    ) {
        self.path = path
        self.channelID = channelID
        self.startsAt = startsAt
        self.timeSource = timeSource
        self.seconds = seconds
        self.bytes = bytes
        self.sha256 = sha256
    }
}
