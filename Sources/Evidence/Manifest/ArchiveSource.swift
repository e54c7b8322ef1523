extension EvidenceManifest {
    /// Where a package comes from that was made of archived footage: a finding of a re-analysis that somebody promoted.
    public struct ArchiveSource: Codable, Hashable, Sendable {
        public var runID: String
        public var findingID: String
        /// The archived file's name, without its folder.
        public var file: String
        /// Of the whole file, as it was when the package was made.
        public var fileSHA256: ContentHash
        /// What tells the wall-clock time of the file: `pattern`, `sidecar`, `container`, `burnt-in`, `package`.
        public var timeSource: String
        /// A user's id.
        public var promotedBy: String
        public var promotedAt: WallTime
        public var reason: String

        public init(
            runID: String, findingID: String, file: String, fileSHA256: ContentHash, timeSource: String, promotedBy: String,
            promotedAt: WallTime, reason: String
        ) {
            self.runID = runID
            self.findingID = findingID
            self.file = file
            self.fileSHA256 = fileSHA256
            self.timeSource = timeSource
            self.promotedBy = promotedBy
            self.promotedAt = promotedAt
            self.reason = reason
        }
    }
}
