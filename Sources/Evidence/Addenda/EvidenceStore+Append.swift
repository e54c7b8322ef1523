import Synchronization

extension EvidenceStore {
    /// Adds something to a sealed package without changing it: files, hashes, signature, then one rename.
    ///
    /// When this returns, every byte and name is on the disk; when it throws, the package is as it was, but for a failure of the
    /// very last synchronisation. One after the other for the whole store. Blocks on the disk.
    ///
    /// - Parameter packagePath: relative to the evidence folder, as `SealedPackage.relativePath` is.
    public func append(_ draft: AddendumDraft, to packagePath: String) throws(EvidenceError) -> SealedAddendum {
        try appending.withLock { _ throws(EvidenceError) in try self.appendAlone(draft, to: packagePath) }
    }

    /// All addenda of a package in their order, whose documents must be intact.
    public func addenda(of packagePath: String) throws(EvidenceError) -> [SealedAddendum] {
        let package = try self.package(at: packagePath)
        return try standing(in: package, at: evidencePath + "/" + packagePath)
    }

    private func appendAlone(_ draft: AddendumDraft, to packagePath: String) throws(EvidenceError) -> SealedAddendum {
        try Self.check(draft)
        let package = try package(at: packagePath)
        let folder = evidencePath + "/" + packagePath
        let standing = try standing(in: package, at: folder)
        if let token = draft.token,
            let same = standing.last(where: { $0.addendum.token == token && $0.addendum.kind == draft.kind })
        {
            try synchronize(folder)
            return same
        }
        guard standing.count < 9999 else { throw .invalid("package \(package.packageID) has 9,999 addenda, the most there can be") }
        let staged = "\(StoreLayout.staging(root))/\(package.packageID)-\(standing.count + 1)"
        try Folder.remove(staged)
        try Folder.makeNew(staged)
        do {
            return try seal(draft, after: standing, of: package, in: folder, staged: staged)
        } catch {
            try? Folder.remove(staged)  // recovery removes what is left; the first error is the one to tell
            throw error
        }
    }

    private func seal(
        _ draft: AddendumDraft, after standing: [SealedAddendum], of package: SealedPackage, in folder: String, staged: String
    ) throws(EvidenceError) -> SealedAddendum {
        var buffer = ReadBuffer()
        var files: [Addendum.File] = []
        for file in draft.files {
            try DurableFile.writeNew(staged + "/" + file.name, file.bytes, mode: 0o400)
            let digest = try FileDigest(reading: OpenFile(reading: staged + "/" + file.name), buffer: &buffer)
            guard let sm3 = digest.sm3 else { preconditionFailure("FileDigest makes both unless told otherwise") }
            files.append(
                Addendum.File(
                    name: file.name, role: file.role, derivedFrom: file.derivedFrom, bytes: digest.bytes, sha256: digest.sha256,
                    sm3: sm3, blockBytes: EvidenceManifest.File.blockBytes, blockSHA256: digest.blockSHA256))
        }
        onAppend(.filesSynchronized)
        let addendum = Addendum(
            schema: Addendum.currentSchema, packageID: package.packageID, sequence: standing.count + 1, kind: draft.kind,
            createdAt: draft.createdAt, author: draft.author, token: draft.token,
            previousSHA256: standing.last?.sha256 ?? package.manifestSHA256, files: files, record: draft.record)
        let document = try SignedDocument.seal(addendum, with: key)
        guard document.count <= StoreLayout.manifestLimitBytes else {
            throw .invalid("the addendum to package \(package.packageID) is larger than 4 MiB; put what is long into a file")
        }
        try DurableFile.writeNew(staged + "/" + StoreLayout.addendumName, document, mode: 0o400)
        try DurableFile.synchronizeFolder(staged)
        onAppend(.documentWritten)
        let place = StoreLayout.addendaName + "/" + addendum.folderName
        try Folder.make(folder + "/" + StoreLayout.addendaName)
        onAppend(.folderMade)
        try DurableFile.rename(staged, to: folder + "/" + place)
        onAppend(.moved)
        try synchronize(folder)
        onAppend(.synchronized)
        return SealedAddendum(folder: place, sha256: ContentHash(of: document), addendum: addendum)
    }

    /// Returns when the names of all addenda are on the disk; also of such that a killed process had moved.
    func synchronize(_ package: String) throws(EvidenceError) {
        guard try FileStatus.of(package + "/" + StoreLayout.addendaName) != nil else { return }
        try DurableFile.synchronizeFolder(package + "/" + StoreLayout.addendaName)
        try DurableFile.synchronizeFolder(package)
        try DurableFile.synchronizeFolder(StoreLayout.staging(root))
    }

    private func package(at packagePath: String) throws(EvidenceError) -> SealedPackage {
        let parts = packagePath.split(separator: "/", omittingEmptySubsequences: false)
        guard parts.count == 5, parts.allSatisfy({ StoreLayout.isSafeName(String($0)) }) else {
            throw .invalid("“\(packagePath.prefix(120))” is no package's path below the evidence folder")
        }
        let (package, problems) = SealedPackage.read(at: packagePath, evidence: evidencePath, trusted: trusted)
        guard let package else {
            throw .damaged(path: evidencePath + "/" + packagePath, reason: problems.map(\.description).joined(separator: "; "))
        }
        return package
    }

    /// Nothing is added behind what is damaged, as that would seem to vouch for it.
    private func standing(in package: SealedPackage, at folder: String) throws(EvidenceError) -> [SealedAddendum] {
        var previous = package.manifestSHA256
        var standing: [SealedAddendum] = []
        for name in try AddendumFile.names(inPackage: folder).sorted(by: {
            (Addendum.sequence(inFolderName: $0) ?? 0, $0) < (Addendum.sequence(inFolderName: $1) ?? 0, $1)
        }) {
            let place = StoreLayout.addendaName + "/" + name
            let file = AddendumFile(inPackage: folder, name: name)
            guard file.problems.isEmpty, let addendum = file.addendum, let sha256 = file.sha256, let key = file.key,
                trusted.contains(key), addendum.packageID == package.packageID, addendum.folderName == name,
                addendum.sequence == standing.count + 1, addendum.previousSHA256 == previous
            else {
                let reason = file.problems.first.map(\.description) ?? "it is not the next of this package's addenda"
                throw .damaged(path: folder + "/" + place, reason: "\(reason); “xunjie verify” names all that is wrong")
            }
            standing.append(SealedAddendum(folder: place, sha256: sha256, addendum: addendum))
            previous = sha256
        }
        return standing
    }

    private static func check(_ draft: AddendumDraft) throws(EvidenceError) {
        guard case .object = draft.record else { throw .invalid("the record of an addendum must be a JSON object") }
        guard (1...128).contains(draft.author.utf8.count) else { throw .invalid("an addendum needs an author of 1 to 128 bytes") }
        var names: Set<String> = []
        for file in draft.files {
            guard StoreLayout.isFileName(file.name) else {
                throw .invalid(
                    "“\(file.name.prefix(80))” cannot name a file of an addendum: 1 to 64 of a–z, 0–9, “-”, “_”, “.”, no leading dot")
            }
            guard names.insert(file.name).inserted else { throw .invalid("“\(file.name)” is added twice") }
        }
    }
}
