/// What a case's bundle says of itself: `bundle.json`, signed by the store's key, the last file of the archive.
///
/// The archive is a ustar file with one folder, named by the case:
/// ```
/// package/…        the sealed package with all that was added to it
/// log.jsonl        the case's lines, each with its hash and that of the line before
/// standing.json    what they come to
/// key.pub          the store's public keys
/// bundle.json      size and SHA-256 of every file above, in order
/// ```
public struct CaseBundle: Codable, Hashable, Sendable {
    public static let currentSchema = 1
    static let documentName = "bundle.json"
    static let logName = "log.jsonl"
    static let standingName = "standing.json"
    static let keyName = "key.pub"
    static let packageFolder = "package"

    public struct Member: Codable, Hashable, Sendable {
        /// Within the case's folder.
        public var name: String
        public var bytes: Int64
        public var sha256: ContentHash
    }

    public var schema = CaseBundle.currentSchema
    public var caseID: String
    /// Where the case stood.
    public var state: String
    public var manifestSHA256: ContentHash
    /// Who asked for it: a user's id, or `machine`.
    public var exporter: String
    public var reason: String
    public var madeAt: WallTime
    /// Name and version of the program that made it.
    public var program: String
    /// Filled in while it is written.
    public var members: [Member] = []

    public init(
        caseID: String, state: String, manifestSHA256: ContentHash, exporter: String, reason: String, madeAt: WallTime,
        program: String
    ) {
        self.caseID = caseID
        self.state = state
        self.manifestSHA256 = manifestSHA256
        self.exporter = exporter
        self.reason = reason
        self.madeAt = madeAt
        self.program = program
    }
}
