/// What the check of one package found.
public struct PackageReport: Sendable {
    /// Who signed, as far as can be said.
    public enum Signer: Hashable, Sendable, CustomStringConvertible {
        /// A key that the verifier was given.
        case trusted(keyID: String)
        /// The signature is good, but the key comes from the manifest itself.
        case unchecked(keyID: String)
        /// No signature that fits, or one by a key that is not trusted.
        case none

        public var description: String {
            switch self {
            case .trusted(let keyID): "signed by key \(keyID), which is trusted"
            case .unchecked(let keyID): "signed by key \(keyID), not checked against a trusted key"
            case .none: "not signed by anyone who could be told"
            }
        }
    }

    /// As given, or relative to the store's evidence folder.
    public var path: String
    /// nil if it could not be decoded; not to be relied on unless `problems` is empty.
    public var manifest: EvidenceManifest?
    public var manifestSHA256: ContentHash?
    public var signer: Signer
    public var problems: [EvidenceProblem]
    /// Of the addenda that are there, in their order.
    public var addendaSHA256: [ContentHash] = []
    /// Of the files beside the manifest.
    public var bytesRead: Int64

    public var isIntact: Bool { problems.isEmpty }
}
