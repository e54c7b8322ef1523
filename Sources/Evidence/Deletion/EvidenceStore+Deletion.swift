/// Taking packages away, in steps that a crash may part: certificate, row (the caller's), folder.
///
/// The certificate alone deletes nothing; once the row says that the package is gone, `discard` may be called again and again.
extension EvidenceStore {
    /// The signed certificate of a package that is still there, not yet on the disk.
    /// - Throws: `damaged` for a package whose manifest cannot be relied on: that has to be looked into first.
    public func certify(
        package relativePath: String, ground: DeletionCertificate.Ground, program: String
    ) throws(EvidenceError) -> (certificate: DeletionCertificate, document: [UInt8]) {
        let (found, problems) = SealedPackage.read(at: relativePath, evidence: evidencePath, trusted: trusted)
        let folder = evidencePath + "/" + relativePath
        guard let package = found else {
            throw .damaged(path: folder, reason: problems.map(\.description).joined(separator: "; "))
        }
        let sealed = package.manifest.files.map { DeletionCertificate.File(name: $0.name, bytes: $0.bytes, sha256: $0.sha256) }
        let names = Set(sealed.map(\.name)).union([StoreLayout.manifestName])
        let added = try Self.additions(in: folder, below: "", besides: names)
        let certificate = DeletionCertificate(
            caseID: package.manifest.caseID, packageID: package.packageID, path: relativePath,
            manifestSHA256: package.manifestSHA256, chain: package.manifest.chain, files: sealed + added, ground: ground,
            program: program)
        return (certificate, try SignedDocument.seal(certificate, with: key))
    }

    /// Puts a certificate in its place; returns once it is on the disk.
    /// - Throws: `damaged` for a document that is none of this store's.
    public func keep(certificate document: [UInt8]) throws(EvidenceError) {
        let stored = try DeletionCertificate.read(document, named: "deletion certificate")
        guard trusted.contains(stored.key) else {
            throw .damaged(path: "deletion certificate", reason: "signed by key \(stored.key.keyID), which is not this store's")
        }
        try Folder.make(StoreLayout.deletions(root))
        try DurableFile.replace(
            certificatePath(stored.certificate.packageID), with: document, temporaryFolder: StoreLayout.staging(root))
    }

    /// Takes a certificate back whose package stays.
    public func withdraw(certificateOf packageID: PackageID) throws(EvidenceError) {
        try Folder.remove(certificatePath(packageID))
        if try FileStatus.of(StoreLayout.deletions(root)) != nil {
            try DurableFile.synchronizeFolder(StoreLayout.deletions(root))
        }
    }

    /// The certificates on the disk that are this store's.
    public var certificates: [DeletionCertificate] { DeletionShelf(root: root, trusted: trusted).certificates }

    /// The certificate's file as it is; nil if there is none.
    public func certificateDocument(of packageID: PackageID) throws(EvidenceError) -> [UInt8]? {
        let path = certificatePath(packageID)
        guard try FileStatus.of(path) != nil else { return nil }
        return try OpenFile(reading: path).readAll(limit: StoreLayout.manifestLimitBytes)
    }

    /// Removes a certified package: out of its place in one step, then for good. Nothing there is fine.
    /// - Throws: `damaged` without a certificate of this store for just this package.
    public func discard(_ packageID: PackageID) throws(EvidenceError) {
        let certificate = try DeletionShelf.certificate(certificatePath(packageID), trusted: trusted)
        guard certificate.path.split(separator: "/", omittingEmptySubsequences: false).allSatisfy({ StoreLayout.isSafeName(String($0)) })
        else { throw .damaged(path: certificatePath(packageID), reason: "its path leads out of the store") }
        let folder = evidencePath + "/" + certificate.path
        let away = StoreLayout.staging(root) + "/deleted-" + packageID.text
        if try FileStatus.of(folder) != nil {
            try Folder.remove(away)
            try DurableFile.rename(folder, to: away)
            try DurableFile.synchronizeFolder(Folder.parent(of: folder))
            try DurableFile.synchronizeFolder(StoreLayout.staging(root))
        }
        try Folder.remove(away)
        try DurableFile.synchronizeFolder(StoreLayout.staging(root))
    }

    private func certificatePath(_ packageID: PackageID) -> String { "\(StoreLayout.deletions(root))/\(packageID.text).json" }

    private static func additions(
        in folder: String, below prefix: String, besides names: Set<String>
    ) throws(EvidenceError) -> [DeletionCertificate.File] {
        var files: [DeletionCertificate.File] = []
        var buffer = ReadBuffer()
        for name in try Folder.names(in: folder) where !names.contains(prefix + name) {
            let path = folder + "/" + name
            switch try FileStatus.of(path)?.kind {
            case .folder: files += try additions(in: path, below: prefix + name + "/", besides: names)
            case .file:
                let digest = try FileDigest(reading: OpenFile(reading: path), buffer: &buffer)
                files.append(.init(name: prefix + name, bytes: digest.bytes, sha256: digest.sha256))
            case .symbolicLink, .other, nil: throw .damaged(path: path, reason: "is no regular file")
            }
        }
        return files
    }
}
