import Foundation
import Synchronization

/// Keeps sealed evidence packages, each channel's in one unbroken chain.
///
/// `<root>/evidence/<channel>/<yyyy>/<MM>/<dd>/<packageID>/` holds a package, `<root>/staging/<packageID>/` one that is
/// being filled; both must lie on one file system, as sealing is one rename. Only one store may be open on a root.
/// All calls block on the disk and are safe from any thread. Call `recover` once, before the first package.
public final class EvidenceStore: Sendable {
    public let root: String
    let key: SigningKey
    /// The store's own key and those of `key.pub`, under which older packages were sealed.
    let trusted: [VerifyingKey]
    /// Called after each step of sealing; tests stop the process there.
    private let onStep: @Sendable (SealStep) -> Void
    /// The same for appending.
    let onAppend: @Sendable (AppendStep) -> Void
    /// Held while something is added to a package.
    let appending = Mutex<Void>(())
    private let lock: OpenFile
    private let chains = Mutex<[String: EvidenceChain]>([:])

    /// Opens the store and makes its folders (mode 0700) where they are missing.
    ///
    /// Throws `locked` if it is open elsewhere.
    public convenience init(root: String, key: SigningKey) throws(EvidenceError) {
        try self.init(root: root, key: key, onStep: { _ in })
    }

    package init(
        root: String, key: SigningKey, onAppend: @escaping @Sendable (AppendStep) -> Void = { _ in },
        onStep: @escaping @Sendable (SealStep) -> Void
    ) throws(EvidenceError) {
        try Folder.make(StoreLayout.evidence(root))
        try Folder.make(StoreLayout.staging(root))
        let lock = try OpenFile(folder: StoreLayout.evidence(root))
        guard lock.tryLock() else { throw .locked(path: root) }
        var trusted = [key.publicKey]
        if try FileStatus.of(StoreLayout.publicKey(root)) != nil {
            trusted += try VerifyingKey.load(from: StoreLayout.publicKey(root))
        }
        self.root = root
        self.key = key
        self.trusted = trusted
        self.onStep = onStep
        self.onAppend = onAppend
        self.lock = lock
    }

    deinit {
        lock.unlock()
    }

    /// Where the sealed packages lie; their `relativePath` starts here.
    public var evidencePath: String { StoreLayout.evidence(root) }

    /// Begins a package; throws `exists` if one of this name is being filled.
    public func begin(_ packageID: PackageID) throws(EvidenceError) -> StagedPackage {
        try StagedPackage(packageID: packageID, path: StoreLayout.staging(root) + "/" + packageID.text)
    }

    /// Hashes all files, takes the next place in the channel's chain, signs, and moves the package to its place.
    ///
    /// When this returns, every byte and name is on the disk. When it throws, the staged package is gone; only if the
    /// very last synchronisation failed does the package stand sealed: `recover` lists it, and sealing it again answers it.
    ///
    /// - Parameter draft: its `files` and `chain` are filled in here.
    public func seal(_ staged: StagedPackage, manifest draft: EvidenceManifest) throws(EvidenceError) -> SealedPackage {
        guard let entries = staged.close() else {
            throw .invalid("\(staged.path): the package was sealed or abandoned already")
        }
        do {
            return try seal(staged, entries, draft)
        } catch {
            try? Folder.remove(staged.path)  // recovery removes what is left; the first error is the one to tell
            throw error
        }
    }

    private func seal(
        _ staged: StagedPackage, _ entries: [StagedPackage.Entry], _ draft: EvidenceManifest
    ) throws(EvidenceError) -> SealedPackage {
        guard draft.packageID == staged.packageID else {
            throw .invalid("the manifest is of package \(draft.packageID), the files of \(staged.packageID)")
        }
        guard StoreLayout.isSafeName(draft.channel.id) else {
            throw .invalid("“\(draft.channel.id.prefix(80))” cannot be a channel's id")
        }
        guard !entries.isEmpty else { throw .invalid("package \(staged.packageID) has no files") }
        guard (-1439...1439).contains(draft.clock.utcOffsetMinutes) else {
            throw .invalid("an offset of \(draft.clock.utcOffsetMinutes) minutes from UTC is over a day")
        }
        var manifest = draft
        manifest.schema = EvidenceManifest.currentSchema
        let relativePath = manifest.relativePath
        if let standing = try standing(at: relativePath) {
            try Folder.remove(staged.path)
            return standing
        }
        manifest.files = try settle(staged, entries)
        onStep(.filesSynchronized)
        let package = try chain(of: draft.channel.id).extend { head throws(EvidenceError) in
            manifest.chain = EvidenceManifest.ChainLink(
                channel: head.channel, sequence: head.sequence + 1, previousSHA256: head.manifestSHA256)
            let bytes = try SignedDocument.seal(manifest, with: self.key)
            guard bytes.count <= StoreLayout.manifestLimitBytes else {
                throw .invalid("the manifest of package \(manifest.packageID) is larger than 4 MiB")
            }
            try DurableFile.writeNew(staged.path(for: StoreLayout.manifestName), bytes, mode: 0o400)
            try DurableFile.synchronizeFolder(staged.path)
            self.onStep(.manifestWritten)
            try self.move(staged, to: relativePath)
            return SealedPackage(
                relativePath: relativePath, manifestSHA256: ContentHash(of: bytes), manifest: manifest)
        } settle: { () throws(EvidenceError) in
            try self.synchronizeFolders(above: relativePath)
            self.onStep(.foldersSynchronized)
        }
        onStep(.headWritten)
        return package
    }

    /// A package that was sealed there before, its name now on the disk for certain.
    private func standing(at relativePath: String) throws(EvidenceError) -> SealedPackage? {
        guard try FileStatus.of(evidencePath + "/" + relativePath) != nil else { return nil }
        let (package, problems) = SealedPackage.read(at: relativePath, evidence: evidencePath, trusted: trusted)
        guard let package else {
            let reasons = problems.map(\.description).joined(separator: "; ")
            throw .damaged(path: evidencePath + "/" + relativePath, reason: reasons)
        }
        try synchronizeFolders(above: relativePath)
        return package
    }

    /// Hashes and synchronises every file; nothing may lie in the folder that was not added.
    private func settle(
        _ staged: StagedPackage, _ entries: [StagedPackage.Entry]
    ) throws(EvidenceError) -> [EvidenceManifest.File] {
        let names = Set(entries.map(\.name))
        for name in try Folder.names(in: staged.path) where !names.contains(name) {
            throw .invalid("\(staged.path(for: name)): lies in the package but was never added")
        }
        var buffer = ReadBuffer()
        var files: [EvidenceManifest.File] = []
        for entry in entries {
            let file = try OpenFile(reading: staged.path(for: entry.name))
            guard try file.status().kind == .file else {
                throw .invalid("\(staged.path(for: entry.name)): is not a regular file")
            }
            let digest = try FileDigest(reading: file, buffer: &buffer)
            // Sealed files are read-only, which keeps a slip of the hand off; the hashes keep off the rest.
            try file.setMode(0o400)
            try file.synchronize()
            files.append(
                EvidenceManifest.File(
                    name: entry.name, role: entry.role, derivedFrom: entry.derivedFrom, bytes: digest.bytes,
                    sha256: digest.sha256, sm3: digest.sm3, blockSHA256: digest.blockSHA256))
        }
        return files
    }

    private func move(_ staged: StagedPackage, to relativePath: String) throws(EvidenceError) {
        let destination = evidencePath + "/" + relativePath
        try Folder.make(Folder.parent(of: destination))
        onStep(.dayFolderMade)
        try DurableFile.rename(staged.path, to: destination)
        onStep(.moved)
    }

    /// Returns when a package's name, and those of all folders on the way to it, are on the disk.
    ///
    /// Also of folders that stood before: a process that made one may have been killed before it got this far.
    func synchronizeFolders(above relativePath: String) throws(EvidenceError) {
        var folder = Folder.parent(of: relativePath)
        while folder != "." {
            try DurableFile.synchronizeFolder(evidencePath + "/" + folder)
            folder = Folder.parent(of: folder)
        }
        try DurableFile.synchronizeFolder(evidencePath)
        try DurableFile.synchronizeFolder(StoreLayout.staging(root))
    }

    func chain(of channel: String) -> EvidenceChain {
        chains.withLock { chains in
            if let chain = chains[channel] { return chain }
            let chain = EvidenceChain(channel: channel, root: root, key: key, trusted: trusted)
            chains[channel] = chain
            return chain
        }
    }
}
