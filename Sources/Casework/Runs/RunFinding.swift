public import Foundation

/// One incident that a run found: a line of its `findings.jsonl`. No live case until somebody promotes it.
public struct RunFinding: Codable, Sendable, Identifiable, Hashable {
    /// Within its run: the same footage and rules give the same id.
    public var id: String
    public var channelID: String
    /// The file in which it was confirmed, as the run's inputs name it.
    public var path: String
    /// The file's name without folder and extension.
    public var clip: String
    public var violation: String
    public var zone: String
    /// x, y, width, height in pixels of the source.
    public var box: [Int]
    /// Width and height of the source in pixels.
    public var sourceSize: [Int]
    /// Seconds on the channel's timeline from the start of the file named by `path`; negative where it began in an earlier one.
    public var firstStillS: Double
    public var confirmedS: Double
    /// nil while it lasted to the end of the footage.
    public var clearedS: Double?
    /// The same on the wall clock; nil where the footage does not tell it.
    public var firstStillAt: Date?
    public var confirmedAt: Date?
    public var clearedAt: Date?
    /// The picture at confirmation, a JPEG in the run's folder; nil where none could be made.
    public var still: String?
    /// What was measured at confirmation, named as in evidence manifests (`areaPart`, `stirPart` …); nil in runs that kept none.
    public var measurements: [String: Double]?

    public init(
        id: String, channelID: String, path: String, clip: String, violation: String, zone: String, box: [Int], sourceSize: [Int],
        firstStillS: Double, confirmedS: Double, clearedS: Double?, firstStillAt: Date?, confirmedAt: Date?, clearedAt: Date?,
        still: String?, measurements: [String: Double]? = nil
    ) {
        self.id = id
        self.channelID = channelID
        self.path = path
        self.clip = clip
        self.violation = violation
        self.zone = zone
        self.box = box
        self.sourceSize = sourceSize
        self.firstStillS = firstStillS
        self.confirmedS = confirmedS
        self.clearedS = clearedS
        self.firstStillAt = firstStillAt
        self.confirmedAt = confirmedAt
        self.clearedAt = clearedAt
        self.still = still
        self.measurements = measurements
    }
}
