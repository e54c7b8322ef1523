import Foundation

/// What remains of a package that retention removed: which files it held, by what rule it went, and its place in the chain.
///
/// Signed by the store's key and kept in `<store>/deletions/<packageID>.json`. It stands in for the manifest, so that the
/// channel's chain can still be followed from one end to the other.
public struct DeletionCertificate: Codable, Hashable, Sendable {
    public static let currentSchema = 1

    public struct File: Codable, Hashable, Sendable {
        public var name: String
        public var bytes: Int64
        public var sha256: ContentHash
    }

    /// By which rule, decided when and by whom.
    public struct Ground: Codable, Hashable, Sendable {
        /// Id of the row of `Config/retention.yaml`.
        public var rule: String
        /// The rule's words, with its source.
        public var article: String
        /// Where the case stood, and its outcome if it has one.
        public var state: String
        public var settledAt: WallTime
        /// How many days were kept at least, and how many at most.
        public var minimumDays: Int
        public var maximumDays: Int
        public var deletedAt: WallTime
        /// `machine`, or the administrator who confirmed the run.
        public var deletedBy: String

        public init(
            rule: String, article: String, state: String, settledAt: WallTime, minimumDays: Int, maximumDays: Int,
            deletedAt: WallTime, deletedBy: String
        ) {
            self.rule = rule
            self.article = article
            self.state = state
            self.settledAt = settledAt
            self.minimumDays = minimumDays
            self.maximumDays = maximumDays
            self.deletedAt = deletedAt
            self.deletedBy = deletedBy
        }
    }

    public var schema = DeletionCertificate.currentSchema
    public var caseID: String
    public var packageID: PackageID
    /// Relative to the store's evidence folder.
    public var path: String
    public var manifestSHA256: ContentHash
    public var chain: EvidenceManifest.ChainLink
    /// The sealed files as the manifest named them, then what was added later as it lay there.
    public var files: [File]
    public var ground: Ground
    /// Name and version of the program.
    public var program: String
}

extension DeletionCertificate {
    /// A certificate as it stands on the disk, or in a case's log.
    struct Stored {
        var certificate: DeletionCertificate
        var key: VerifyingKey
    }

    /// - Throws: `damaged` for what is no intact certificate.
    static func read(_ bytes: [UInt8], named path: String) throws(EvidenceError) -> Stored {
        do {
            let document = try SignedDocument(bytes)
            guard document.isIntact else { throw EvidenceError.damaged(path: path, reason: "changed after it was signed") }
            let certificate = try JSONDecoder().decode(DeletionCertificate.self, from: Data(document.body))
            guard certificate.schema <= Self.currentSchema else {
                throw EvidenceError.damaged(path: path, reason: "made by a newer version of this program")
            }
            return Stored(certificate: certificate, key: document.key)
        } catch let error as EvidenceError {
            throw error
        } catch SignedDocument.Flaw.unsigned {
            throw .damaged(path: path, reason: "it has no signature")
        } catch SignedDocument.Flaw.malformed(let reason) {
            throw .damaged(path: path, reason: "signature: \(reason)")
        } catch {
            throw .damaged(path: path, reason: MalformedJSON.reason(for: error, in: bytes))
        }
    }
}
