/// Looks through files, folders, exports of recorders at any depth and a store's own evidence, and says which footage of which
/// channel and time there is, without reading it through.
public struct ArchiveScan: Sendable {
    /// How far a look has come.
    public struct Progress: Sendable, Hashable {
        /// Looked into so far.
        public var filesDone: Int
        public var files: Int

        public init(filesDone: Int, files: Int) {
            self.filesDone = filesDone
            self.files = files
        }
    }

    let settings: ArchiveSettings
    let jobs: Int

    /// - Parameter jobs: files that are open at the same time, one thread each; 1…32.
    public init(settings: ArchiveSettings, jobs: Int = 4) {
        self.settings = settings
        self.jobs = min(max(jobs, 1), 32)
    }
}

/// Why a look through an archive ended early; what is wrong with single files stands in the listing instead.
public enum ArchiveScanError: Error, Sendable, Hashable, CustomStringConvertible {
    case stopped

    public var description: String { "stopped on request" }
}
