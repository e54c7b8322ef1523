import Foundation

/// Checks packages and stores against what was sealed, offline, by their files alone.
///
/// Reads every byte once, 1 MiB at a time, and writes nothing. Without a trusted key it can only tell that a package is
/// as *some* key sealed it. Who can write to a store can also take away its newest packages together with `chain.json`;
/// only the case store's rows, which hold every manifest's hash, tell that.
public struct EvidenceVerifier: Sendable {
    /// What lies at a path.
    public enum Target: Hashable, Sendable {
        case package, store
    }

    let trustedKeys: [VerifyingKey]

    /// - Parameter trustedKeys: packages must be signed by one of them; with none, a store's own `key.pub` is used.
    public init(trustedKeys: [VerifyingKey] = []) {
        self.trustedKeys = trustedKeys
    }

    /// Whether the path is a package's folder or a store's root; nil if it is neither.
    public static func target(at path: String) -> Target? {
        func has(_ name: String) -> Bool { access(path + "/" + name, F_OK) == 0 }
        if has(StoreLayout.manifestName) { return .package }
        return has("evidence") ? .store : nil
    }

    /// Checks one package: its signature, every byte of every file, and everything that was added later. Never throws; what fails is in the report.
    ///
    /// - Parameter loggedAddenda: those that the case's log names; without them, that the newest are missing cannot be told.
    public func verify(package path: String, loggedAddenda: [LoggedAddendum] = []) -> PackageReport {
        var buffer = ReadBuffer()
        return verify(folder: path, path: path, trusted: trustedKeys, loggedAddenda: loggedAddenda, buffer: &buffer)
    }

    /// - Parameter path: what the report calls the package.
    func verify(
        folder: String, path: String, trusted: [VerifyingKey], loggedAddenda: [LoggedAddendum], buffer: inout ReadBuffer
    ) -> PackageReport {
        let file = ManifestFile(inPackage: folder)
        var report = PackageReport(
            path: path, manifest: file.manifest, manifestSHA256: file.sha256, signer: .none,
            problems: file.flaws.map { EvidenceProblem($0) }, bytesRead: 0)
        if let key = file.key {
            let isChanged = file.flaws.contains(.changed(keyID: key.keyID))
            if !trusted.isEmpty && !trusted.contains(key) {
                report.problems.append(.foreignKey(keyID: key.keyID, trusted: trusted.map(\.keyID)))
            } else if !isChanged {
                report.signer = trusted.isEmpty ? .unchecked(keyID: key.keyID) : .trusted(keyID: key.keyID)
            }
        }
        let present: [String]
        do {
            present = try Folder.names(in: folder)
        } catch {
            report.problems = [.folderUnreadable(reason: "\(error)")]
            return report
        }
        guard let manifest = file.manifest else { return report }
        let sealed = manifest.files.map { SealedFile($0) }
        for entry in sealed { report.problems += check(entry, of: sealed, in: folder, &report, buffer: &buffer) }
        let names = Set(sealed.map(\.name) + [StoreLayout.manifestName, StoreLayout.addendaName])
        report.problems += present.filter { !names.contains($0) }.map { .fileExtra(name: $0) }
        checkAddenda(
            of: folder, manifest: manifest, manifestSHA256: file.sha256, trusted: trusted, logged: loggedAddenda, &report,
            buffer: &buffer)
        return report
    }

    func check(
        _ entry: SealedFile, of sealed: [SealedFile], in folder: String, _ report: inout PackageReport, buffer: inout ReadBuffer
    ) -> [EvidenceProblem] {
        let name = entry.name
        guard StoreLayout.isFileName(name) else { return [.unsafeFileName(name)] }
        do {
            let path = folder + "/" + name
            guard let status = try FileStatus.of(path) else { return [.fileMissing(name: name)] }
            guard status.kind == .file else { return [.fileNotRegular(name: name)] }
            let digest = try FileDigest(reading: OpenFile(reading: path), buffer: &buffer, withSM3: entry.sm3 != nil)
            report.bytesRead += digest.bytes
            return entry.differences(from: digest, others: sealed)
        } catch {
            return [.fileUnreadable(name: name, reason: "\(error)")]
        }
    }
}
