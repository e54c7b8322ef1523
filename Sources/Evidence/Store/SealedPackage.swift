/// A package at its final place, with all of it on the disk.
public struct SealedPackage: Hashable, Sendable {
    /// Relative to the store's evidence folder.
    public var relativePath: String
    /// Of the whole `manifest.json`.
    public var manifestSHA256: ContentHash
    public var manifest: EvidenceManifest

    public var packageID: PackageID { manifest.packageID }

    public init(relativePath: String, manifestSHA256: ContentHash, manifest: EvidenceManifest) {
        self.relativePath = relativePath
        self.manifestSHA256 = manifestSHA256
        self.manifest = manifest
    }
}
