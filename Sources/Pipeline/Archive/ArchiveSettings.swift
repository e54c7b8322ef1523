public import Foundation

/// How archived files are named, and what counts as a gap: `Config/archive.yaml`, which says where each line comes from, and
/// what was said for this once on the command line or the page.
public struct ArchiveSettings: Sendable {
    /// The numbers and lists of `Config/archive.yaml`.
    public var rules: ArchiveRules
    /// Asked before anything else; nil leaves it to `rules`.
    public var pattern: PathPattern?
    /// Of times that do not say theirs.
    public var timeZone: TimeZone
    /// What a channel may be called in names of files and folders, in lower case, and its id. Without it names stand as they are.
    public var channels: [String: String] = [:]
    /// Reads the clock in the picture where nothing else tells the time, which costs seconds a file.
    public var readsClock = false

    public init(rules: ArchiveRules, timeZone: TimeZone, pattern: PathPattern? = nil) {
        self.rules = rules
        self.timeZone = timeZone
        self.pattern = pattern
    }
}
