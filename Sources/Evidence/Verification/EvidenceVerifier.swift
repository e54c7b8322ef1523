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

    /// Checks one package: its signature and every byte of every file. Never throws; what fails is in the report.
    public func verify(package path: String) -> PackageReport {
        var buffer = ReadBuffer()
        return verify(folder: path, path: path, trusted: trustedKeys, buffer: &buffer)
    }

    /// - Parameter path: what the report calls the package.
    func verify(folder: String, path: String, trusted: [VerifyingKey], buffer: inout ReadBuffer) -> PackageReport {
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
        for entry in manifest.files { check(entry, of: manifest, in: folder, &report, buffer: &buffer) }
        let sealed = Set(manifest.files.map(\.name))
        for name in present where name != StoreLayout.manifestName && !sealed.contains(name) {
            report.problems.append(.fileExtra(name: name))
        }
        return report
    }

    private func check(
        _ entry: EvidenceManifest.File, of manifest: EvidenceManifest, in folder: String, _ report: inout PackageReport,
        buffer: inout ReadBuffer
    ) {
        let name = entry.name
        guard StoreLayout.isFileName(name) else { return report.problems.append(.unsafeFileName(name)) }
        do {
            let path = folder + "/" + name
            guard let status = try FileStatus.of(path) else { return report.problems.append(.fileMissing(name: name)) }
            guard status.kind == .file else { return report.problems.append(.fileNotRegular(name: name)) }
            let digest = try FileDigest(reading: OpenFile(reading: path), buffer: &buffer)
            report.bytesRead += digest.bytes
            report.problems += Self.differences(between: entry, and: digest, others: manifest.files)
        } catch {
            report.problems.append(.fileUnreadable(name: name, reason: "\(error)"))
        }
    }

    private static func differences(
        between entry: EvidenceManifest.File, and digest: FileDigest, others: [EvidenceManifest.File]
    ) -> [EvidenceProblem] {
        if digest.sha256 == entry.sha256 && digest.bytes == entry.bytes && digest.blockSHA256 == entry.blockSHA256 {
            return []
        }
        if let other = others.first(where: { $0.sha256 == digest.sha256 && $0.name != entry.name }) {
            return [.fileSwapped(name: entry.name, holds: other.name)]
        }
        var problems: [EvidenceProblem] = []
        if digest.bytes != entry.bytes {
            problems.append(.fileSize(name: entry.name, sealed: entry.bytes, found: digest.bytes))
        }
        let ranges = changedRanges(entry, digest)
        if !ranges.isEmpty { problems.append(.fileChanged(name: entry.name, ranges: ranges)) }
        return problems.isEmpty ? [.hashesContradict(name: entry.name)] : problems
    }

    /// Blocks that are as long as they were sealed but differ; neighbours are joined.
    private static func changedRanges(_ entry: EvidenceManifest.File, _ digest: FileDigest) -> [Range<Int64>] {
        let block = Int64(EvidenceManifest.File.blockBytes)
        var ranges: [Range<Int64>] = []
        for (index, (sealed, found)) in zip(entry.blockSHA256, digest.blockSHA256).enumerated() where sealed != found {
            let start = Int64(index) * block
            let end = min(start + block, entry.bytes)
            guard end == min(start + block, digest.bytes) else { continue }  // cut or grown: the size says it
            if let last = ranges.last, last.upperBound == start {
                ranges[ranges.count - 1] = last.lowerBound..<end
            } else {
                ranges.append(start..<end)
            }
        }
        return ranges
    }
}
