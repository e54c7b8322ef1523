extension EvidenceVerifier {
    /// Checks what was added to a package: each document, each file, and the chain between them.
    ///
    /// - Parameter logged: those that the case's log names. There may be others: a program that ended before the
    ///   log's line was written adds the line at its next start.
    func checkAddenda(
        of folder: String, manifest: EvidenceManifest, manifestSHA256: ContentHash?, trusted: [VerifyingKey],
        logged: [LoggedAddendum], _ report: inout PackageReport, buffer: inout ReadBuffer
    ) {
        let names: [String]
        do {
            names = try AddendumFile.names(inPackage: folder)
        } catch {
            report.problems.append(.fileUnreadable(name: StoreLayout.addendaName, reason: "\(error)"))
            return
        }
        var links: [Link] = []
        for name in names {
            let path = StoreLayout.addendaName + "/" + name
            guard Addendum.sequence(inFolderName: name) != nil,
                (try? FileStatus.of(folder + "/" + path))?.kind == .folder
            else {
                report.problems.append(.addendum(folder: path, .stray))
                continue
            }
            let file = AddendumFile(inPackage: folder, name: name)
            var problems = file.problems
            if let key = file.key, !trusted.isEmpty, !trusted.contains(key) {
                problems.append(.foreignKey(keyID: key.keyID, trusted: trusted.map(\.keyID)))
            }
            if let addendum = file.addendum {
                if addendum.packageID != manifest.packageID { problems.append(.otherPackage(addendum.packageID)) }
                if addendum.folderName != name {
                    problems.append(.misplaced(expected: StoreLayout.addendaName + "/" + addendum.folderName))
                }
                let isIntact = file.problems.isEmpty
                problems += checkFiles(of: addendum, in: folder + "/" + path, &report, buffer: &buffer).map { .file($0) }
                if problems.isEmpty, let flaw = addendum.timeStampFlaw(in: folder + "/" + path, manifestSHA256: manifestSHA256) {
                    problems.append(.timeStamp(flaw))
                }
                links.append(
                    Link(
                        folder: path, sequence: addendum.sequence, previous: addendum.previousSHA256, sha256: file.sha256,
                        isIntact: isIntact))
            } else if let sequence = Addendum.sequence(inFolderName: name) {
                // What cannot be read is reported; its place is taken all the same.
                links.append(Link(folder: path, sequence: sequence, previous: nil, sha256: file.sha256, isIntact: false))
            }
            report.problems += problems.map { .addendum(folder: path, $0) }
        }
        report.addendaSHA256 = links.sorted { $0.sequence < $1.sequence }.compactMap(\.sha256)
        report.problems += chainProblems(links, manifestSHA256: report.signer == .none ? nil : manifestSHA256)
        let found = Set(links.compactMap(\.sha256))
        report.problems += logged.filter { !found.contains($0.sha256) }.map {
            .addendum(folder: $0.folder, .loggedButMissing(sha256: $0.sha256))
        }
    }

    private struct Link {
        var folder: String
        var sequence: Int
        var previous: ContentHash?
        var sha256: ContentHash?
        /// Whether the document itself is as it was sealed; if not, that was reported, and what follows from it is not.
        var isIntact: Bool
    }

    /// - Parameter manifestSHA256: nil if the manifest was changed, which was reported.
    private func chainProblems(_ links: [Link], manifestSHA256: ContentHash?) -> [EvidenceProblem] {
        var problems: [EvidenceProblem] = []
        let places = Dictionary(grouping: links, by: \.sequence)
        guard let last = places.keys.max() else { return [] }
        // A document may claim any number; only as many places as there are folders can be missing one by one.
        var previous: (name: String, sha256: ContentHash?) = (StoreLayout.manifestName, manifestSHA256)
        var expected = 1
        for (sequence, claims) in places.sorted(by: { $0.key < $1.key }) {
            for missing in expected..<max(expected, min(sequence, expected + 1000)) {
                problems.append(.addendum(folder: StoreLayout.addendaName, .missing(sequence: missing)))
            }
            if claims.count > 1 {
                problems.append(
                    .addendum(
                        folder: StoreLayout.addendaName, .claimed(sequence: sequence, folders: claims.map(\.folder))))
            }
            if sequence == expected, let wanted = previous.sha256 {
                for claim in claims where claim.isIntact && claim.previous != wanted {
                    problems.append(.addendum(folder: claim.folder, .brokenLink(to: previous.name)))
                }
            }
            let standing = claims.first(where: \.isIntact) ?? claims[0]
            previous = (standing.folder, standing.isIntact ? standing.sha256 : nil)
            expected = sequence + (sequence < last ? 1 : 0)
        }
        return problems
    }

    private func checkFiles(
        of addendum: Addendum, in folder: String, _ report: inout PackageReport, buffer: inout ReadBuffer
    ) -> [EvidenceProblem] {
        let sealed = addendum.files.map { SealedFile($0) }
        var problems: [EvidenceProblem] = []
        for entry in sealed { problems += check(entry, of: sealed, in: folder, &report, buffer: &buffer) }
        let names = Set(sealed.map(\.name) + [StoreLayout.addendumName])
        do {
            problems += try Folder.names(in: folder).filter { !names.contains($0) }.map { .fileExtra(name: $0) }
        } catch {
            problems.append(.folderUnreadable(reason: "\(error)"))
        }
        return problems
    }
}
