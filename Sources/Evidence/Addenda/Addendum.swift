/// What was added to a sealed package: `addenda/NNNN-kind/addendum.json`, signed. The package itself never changes.
///
/// The first addendum points to the hash of `manifest.json`, each later one to that of the addendum before it, so that none
/// can be changed, left out or put elsewhere unseen. That the newest are still there only the case log can tell, which holds
/// every addendum's hash.
public struct Addendum: Codable, Hashable, Sendable {
    public static let currentSchema = 1

    public enum Kind: String, Codable, Sendable, CaseIterable {
        /// A line of the case's log in which somebody judged: the four ticks 真实 清晰 完整 准确, decision and reason.
        case review
        /// A line that tells of a message, its delivery or its answer.
        case notice
        /// The pictures of a second look, the whole view (R1) among them, with its verdict.
        case secondLook
        /// Request and reply of a time-stamp authority (RFC 3161).
        case timeStamp
        /// Masked copies of the pictures.
        case masked
        /// A line that is none of these, such as the party's objection.
        case note

        /// As it stands in the folder's name.
        var slug: String {
            switch self {
            case .secondLook: "second-look"
            case .timeStamp: "time-stamp"
            default: rawValue
            }
        }
    }

    /// A file beside `addendum.json`.
    public struct File: Codable, Hashable, Sendable {
        public var name: String
        /// What it shows, in a word that belongs to the kind, such as `after-correction`, `request`, `reply`.
        public var role: String
        /// A file of the package that it was made from.
        public var derivedFrom: String?
        public var bytes: Int64
        public var sha256: ContentHash
        public var sm3: SM3Hash
        public var blockBytes: Int
        public var blockSHA256: [ContentHash]
    }

    public var schema: Int
    public var packageID: PackageID
    /// From 1, without gaps.
    public var sequence: Int
    public var kind: Kind
    public var createdAt: WallTime
    /// A user's id, or `machine`.
    public var author: String
    /// Tells a repeated request from a second addendum; nil where the caller does not repeat.
    public var token: String?
    /// Of the whole `manifest.json` for the first, of the whole previous `addendum.json` otherwise.
    public var previousSHA256: ContentHash
    public var files: [File]
    /// An object, whose members depend on the kind.
    public var record: JSONValue

    /// `0003-time-stamp`.
    var folderName: String { Self.folderName(sequence, kind) }

    static func folderName(_ sequence: Int, _ kind: Kind) -> String {
        let digits = String(sequence)
        return String(repeating: "0", count: max(0, 4 - digits.count)) + digits + "-" + kind.slug
    }

    /// The sequence number in a folder's name; nil for a name that no addendum has.
    static func sequence(inFolderName name: String) -> Int? {
        guard let dash = name.firstIndex(of: "-"), let sequence = Int(name[..<dash]), sequence >= 1,
            Kind.allCases.contains(where: { folderName(sequence, $0) == name })
        else { return nil }
        return sequence
    }
}

/// An addendum that is about to be made.
public struct AddendumDraft: Sendable {
    public struct File: Sendable {
        /// 1…64 of a–z, 0–9, `-`, `_`, `.`.
        public var name: String
        public var role: String
        public var derivedFrom: String?
        public var bytes: [UInt8]

        public init(name: String, role: String, bytes: [UInt8], derivedFrom: String? = nil) {
            self.name = name
            self.role = role
            self.bytes = bytes
            self.derivedFrom = derivedFrom
        }
    }

    public var kind: Addendum.Kind
    public var createdAt: WallTime
    public var author: String
    public var token: String?
    /// Must be an object.
    public var record: JSONValue
    public var files: [File]

    /// - Parameter token: with it, asking again for what stands already answers that, instead of adding it twice.
    public init(
        kind: Addendum.Kind, createdAt: WallTime, author: String, token: String? = nil, record: JSONValue = [:], files: [File] = []
    ) {
        self.kind = kind
        self.createdAt = createdAt
        self.author = author
        self.token = token
        self.record = record
        self.files = files
    }
}

/// An addendum at its place, with all of it on the disk.
public struct SealedAddendum: Hashable, Sendable {
    /// Below the package's folder, such as `addenda/0001-review`.
    public var folder: String
    /// Of the whole `addendum.json`: for the case's log, which alone can tell that the newest are still there.
    public var sha256: ContentHash
    public var addendum: Addendum

    /// All addenda of a package in their order, as far as they can be read.
    ///
    /// Neither signatures nor files are checked here: `EvidenceVerifier` does that.
    public static func all(inPackage folder: String) throws(EvidenceError) -> [SealedAddendum] {
        try AddendumFile.names(inPackage: folder).compactMap { name in
            let file = AddendumFile(inPackage: folder, name: name)
            guard let addendum = file.addendum, let sha256 = file.sha256 else { return nil }
            return SealedAddendum(folder: StoreLayout.addendaName + "/" + name, sha256: sha256, addendum: addendum)
        }.sorted { $0.addendum.sequence < $1.addendum.sequence }
    }
}
