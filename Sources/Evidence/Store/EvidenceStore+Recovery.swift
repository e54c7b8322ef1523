extension EvidenceStore {
    /// Puts the store in order after a crash and lists what it holds.
    ///
    /// Removes what was being filled (it was never acknowledged), and finds the end of every chain. Reads every manifest,
    /// some thousands a second. To be called before the first `begin`.
    public func recover() throws(EvidenceError) -> RecoveryReport {
        var report = RecoveryReport()
        let staging = StoreLayout.staging(root)
        for name in try Folder.names(in: staging) {
            try Folder.remove(staging + "/" + name)
            report.removedFromStaging.append(name)
        }
        try DurableFile.synchronizeFolder(staging)
        let (channels, strays) = try StoreTree.channels(evidence: evidencePath)
        report.chainProblems += strays.map { .stray(path: $0) }
        let deletions = DeletionShelf(root: root, trusted: trusted)
        report.chainProblems += deletions.problems
        for channel in channels { try recover(channel, deletions, &report) }
        return report
    }

    private func recover(_ channel: String, _ deletions: DeletionShelf, _ report: inout RecoveryReport) throws(EvidenceError) {
        let tree = try StoreTree(evidence: evidencePath, channel: channel)
        report.chainProblems += tree.strays.map { .stray(path: $0) }
        var packages: [SealedPackage] = []
        for place in tree.places {
            let (package, problems) = SealedPackage.read(at: place, evidence: evidencePath, trusted: trusted)
            if let package { packages.append(package) }
            // A process that added something may have been killed before its name was on the disk.
            if try FileStatus.of("\(evidencePath)/\(place)/\(StoreLayout.addendaName)") != nil {
                try synchronize(evidencePath + "/" + place)
            }
            if !problems.isEmpty {
                report.damaged.append(RecoveryReport.Damaged(relativePath: place, problems: problems))
            }
        }
        let state = try chain(of: channel).recover(among: packages, deleted: deletions.heads(of: channel))
        switch state {
        case .agrees: break
        case .behind: report.healedChains.append(channel)
        case .ahead(let found, let known):
            report.chainProblems.append(.newestMissing(channel: channel, found: found, known: known))
        case .damaged(let reason):
            report.chainProblems.append(.headDamaged(channel: channel, reason: reason))
        }
        let newest = packages.max { $0.manifest.chain.sequence < $1.manifest.chain.sequence }
        if state != .agrees, let newest {
            // The crash may have come before this name was on the disk, and the caller will rely on it.
            try synchronizeFolders(above: newest.relativePath)
        }
        report.packages += packages
    }
}

extension SealedPackage {
    /// The package at a place in the evidence folder, if its manifest can be relied on, or else what is wrong with it.
    static func read(
        at relativePath: String, evidence: String, trusted: [VerifyingKey]
    ) -> (package: SealedPackage?, problems: [EvidenceProblem]) {
        let file = ManifestFile(inPackage: evidence + "/" + relativePath)
        var problems = file.flaws.map { EvidenceProblem($0) }
        if let key = file.key, !trusted.contains(key) {
            problems.append(.foreignKey(keyID: key.keyID, trusted: trusted.map(\.keyID)))
        }
        if let manifest = file.manifest, manifest.relativePath != relativePath {
            problems.append(.misplaced(expected: manifest.relativePath))
        }
        guard problems.isEmpty, let manifest = file.manifest, let sha256 = file.sha256 else { return (nil, problems) }
        return (SealedPackage(relativePath: relativePath, manifestSHA256: sha256, manifest: manifest), [])
    }
}
