import Foundation

/// Checks a bundle offline, by its bytes and a key: the archive, the signed list of its files, the log's hashes, and the
/// package inside as `EvidenceVerifier` does.
///
/// Without a trusted key it can only tell that the parts fit together as *some* key signed them.
public struct CaseBundleVerifier: Sendable {
    private let trustedKeys: [VerifyingKey]

    public init(trustedKeys: [VerifyingKey] = []) {
        self.trustedKeys = trustedKeys
    }

    /// Whether the file begins like a bundle.
    public static func isBundle(_ path: String) -> Bool {
        guard let file = try? OpenFile(readingThroughLinks: path), (try? file.status())?.kind == .file else { return false }
        var archive = BundleArchive(file: file)
        guard case .success(let header?) = archive.header() else { return false }
        return header.name.contains("/")
    }

    /// - Parameter temporaryFolder: where the files are unpacked into a folder of their own, removed afterwards; needs as much
    ///   room as the bundle.
    public func verify(bundle path: String, temporaryFolder: String) -> BundleReport {
        var report = BundleReport(path: path)
        let folder = temporaryFolder + "/xunjie-bundle-\(getpid())-\(String(UInt64.random(in: 0 ... .max), radix: 36))"
        defer { try? Folder.remove(folder) }
        do {
            try Folder.makeNew(folder)
            var archive = BundleArchive(file: try OpenFile(readingThroughLinks: path))
            try check(&archive, in: folder, &report)
        } catch let problem as BundleProblem {
            report.problems.append(problem)
        } catch {
            report.problems.append(.unreadable(reason: "\(error)"))
        }
        return report
    }

    private func check(_ archive: inout BundleArchive, in folder: String, _ report: inout BundleReport) throws {
        let contents = try archive.unpack(into: folder)
        guard let document = contents.members.last, document.name == CaseBundle.documentName else {
            throw BundleProblem.documentMissing
        }
        let root = "\(folder)/\(contents.top)"
        let bundle = try read(root + "/" + CaseBundle.documentName, &report)
        report.bundle = bundle
        if bundle.caseID != contents.top { report.problems.append(.mismatch("the folder is named “\(contents.top)”, not by the case")) }
        compare(Array(contents.members.dropLast()), with: bundle.members, &report)
        let log = try? OpenFile(reading: root + "/" + CaseBundle.logName).readAll(limit: 64 << 20)
        report.problems += BundleLogLine.problems(in: log ?? [], caseID: bundle.caseID, manifestSHA256: bundle.manifestSHA256)
        checkPackage(root, bundle, &report)
    }

    private func read(_ path: String, _ report: inout BundleReport) throws -> CaseBundle {
        guard let bytes = try OpenFile(reading: path).readAll(limit: StoreLayout.manifestLimitBytes) else {
            throw BundleProblem.document(reason: "larger than 4 MiB")
        }
        let document: SignedDocument
        do {
            document = try SignedDocument(bytes)
        } catch {
            switch error {
            case .unsigned: throw BundleProblem.document(reason: "it has no signature")
            case .malformed(let reason): throw BundleProblem.document(reason: "signature: \(reason)")
            }
        }
        let key = document.key
        if !document.isIntact {
            report.problems.append(.documentChanged(keyID: key.keyID))
        } else if !trustedKeys.isEmpty && !trustedKeys.contains(key) {
            report.problems.append(.foreignKey(keyID: key.keyID, trusted: trustedKeys.map(\.keyID)))
        } else {
            report.signer = trustedKeys.isEmpty ? .unchecked(keyID: key.keyID) : .trusted(keyID: key.keyID)
        }
        do {
            let bundle = try JSONDecoder().decode(CaseBundle.self, from: Data(document.body))
            guard bundle.schema <= CaseBundle.currentSchema else { throw BundleProblem.documentNewer(schema: bundle.schema) }
            return bundle
        } catch let problem as BundleProblem {
            throw problem
        } catch {
            throw BundleProblem.document(reason: MalformedJSON.reason(for: error, in: document.body))
        }
    }

    private func compare(_ found: [CaseBundle.Member], with listed: [CaseBundle.Member], _ report: inout BundleReport) {
        let names = Set(found.map(\.name))
        for member in listed where !names.contains(member.name) { report.problems.append(.memberMissing(name: member.name)) }
        for member in found {
            guard let told = listed.first(where: { $0.name == member.name }) else {
                report.problems.append(.memberExtra(name: member.name))
                continue
            }
            if told != member { report.problems.append(.memberChanged(name: member.name)) }
        }
        if found.map(\.name).sorted() == listed.map(\.name).sorted(), found.map(\.name) != listed.map(\.name) {
            report.problems.append(.membersReordered)
        }
    }

    private func checkPackage(_ root: String, _ bundle: CaseBundle, _ report: inout BundleReport) {
        let enclosed = (try? VerifyingKey.load(from: root + "/" + CaseBundle.keyName)) ?? []
        if enclosed.isEmpty { report.problems.append(.mismatch("key.pub holds no key")) }
        let package = EvidenceVerifier(trustedKeys: trustedKeys.isEmpty ? enclosed : trustedKeys)
            .verify(package: root + "/" + CaseBundle.packageFolder)
        report.problems += package.problems.map { .package($0) }
        if let sha256 = package.manifestSHA256, sha256 != bundle.manifestSHA256 {
            report.problems.append(.mismatch("the package's manifest is not the one that bundle.json names"))
        }
        if let manifest = package.manifest, manifest.caseID != bundle.caseID {
            report.problems.append(.mismatch("the package belongs to case \(manifest.caseID)"))
        }
    }
}
