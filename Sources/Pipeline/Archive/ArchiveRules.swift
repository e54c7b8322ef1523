/// `Config/archive.yaml`: how recorders name their files, and what is a gap.
public struct ArchiveRules: Codable, Sendable, Hashable {
    /// One way of naming files.
    public struct Naming: Codable, Sendable, Hashable {
        /// The recorder or program that names so.
        public var name: String
        /// See `PathPattern`.
        public var pattern: String
        /// Its times are UTC, whatever the site's zone.
        public var utc: Bool?
    }

    /// The first that fits is taken.
    public var namings: [Naming]
    /// Words that stand where a channel could and name none, in lower case.
    public var notChannels: [String]
    /// File name extensions of video, in lower case without dot.
    public var video: [String]
    /// Extensions that are never looked into.
    public var notVideo: [String]
    /// Folders that are passed over, by name.
    public var skippedFolders: [String]
    /// Files of other extensions are looked into from this size on.
    public var sniffKilobytes: Double
    /// Time between two files that is not yet a gap.
    public var gapSeconds: Double
    /// Time that two files share that is not yet an overlap.
    public var overlapSeconds: Double
    /// A name's and a container's time may differ by this much before it is said.
    public var conflictMinutes: Double

    private enum CodingKeys: String, CodingKey {
        case namings, video
        case notChannels = "not_channels"
        case notVideo = "not_video"
        case skippedFolders = "skipped_folders"
        case sniffKilobytes = "sniff_kb"
        case gapSeconds = "gap_s"
        case overlapSeconds = "overlap_s"
        case conflictMinutes = "conflict_min"
    }

    /// - Parameter folder: `Config`.
    /// - Throws: `SettingsError` with file and line, also for a pattern that cannot be read.
    public static func load(folder: String) throws(SettingsError) -> ArchiveRules {
        let path = folder + "/archive.yaml"
        let rules = try ConfigFile.read(ArchiveRules.self, path)
        for naming in rules.namings {
            do throws(PathPatternError) {
                _ = try PathPattern(naming.pattern)
            } catch {
                throw SettingsError(file: path, line: nil, reason: "naming “\(naming.name)”: \(error)")
            }
        }
        let bounds: [(String, Double, ClosedRange<Double>)] = [
            ("sniff_kb", rules.sniffKilobytes, 0...1_048_576), ("gap_s", rules.gapSeconds, 0...3600),
            ("overlap_s", rules.overlapSeconds, 0...3600), ("conflict_min", rules.conflictMinutes, 0...1440),
        ]
        for (name, value, bound) in bounds where !bound.contains(value) {
            throw SettingsError(file: path, line: nil, reason: "“\(name)” must be from \(bound.lowerBound) to \(bound.upperBound)")
        }
        return rules
    }
}
