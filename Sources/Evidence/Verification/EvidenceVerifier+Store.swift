extension EvidenceVerifier {
    /// Checks every package of a store and the chain of every channel.
    ///
    /// A store that is being written to may be checked: what is sealed meanwhile is left out or checked, never accused.
    ///
    /// - Parameters:
    ///   - loggedAddenda: those that the cases' logs name, by the package's path in the store.
    ///   - progress: called on this thread after each package.
    public func verify(
        store root: String, loggedAddenda: [String: [LoggedAddendum]] = [:], progress: (VerificationProgress) -> Void = { _ in }
    ) -> StoreReport {
        var report = StoreReport(path: root)
        let evidence = StoreLayout.evidence(root)
        let trusted = keys(of: root, &report)
        var chains: [String: ChannelChain] = [:]
        var places: [String] = []
        do {
            let (channels, strays) = try StoreTree.channels(evidence: evidence)
            report.problems += strays.map { .stray(path: $0) }
            for channel in channels {
                // The head first: a package that is sealed after it was read can then not seem to be missing.
                chains[channel] = head(of: channel, evidence: evidence, trusted: trusted, &report)
                let tree = try StoreTree(evidence: evidence, channel: channel)
                report.problems += tree.strays.map { .stray(path: $0) }
                places += tree.places
            }
        } catch {
            report.problems.append(.unreadable(path: root, reason: "\(error)"))
        }
        let deletions = DeletionShelf(root: root, trusted: trusted)
        report.problems += deletions.problems
        report.certifiedCount = deletions.certificates.count
        for certificate in deletions.certificates {
            chains[certificate.chain.channel, default: ChannelChain(head: .missing)].add(certificate)
        }
        var buffer = ReadBuffer()
        for (index, place) in places.enumerated() {
            let package = check(
                place, evidence: evidence, trusted: trusted, logged: loggedAddenda[place] ?? [], buffer: &buffer)
            take(package, &report, &chains)
            progress(
                VerificationProgress(
                    packagesDone: index + 1, packageCount: places.count, bytesRead: report.bytesRead))
        }
        lookAgain(evidence: evidence, trusted: trusted, known: Set(places), buffer: &buffer, &report, &chains)
        for channel in chains.keys.sorted() {
            guard let chain = chains[channel] else { continue }
            report.problems += chain.problems(channel: channel)
        }
        return report
    }

    private func check(
        _ place: String, evidence: String, trusted: [VerifyingKey], logged: [LoggedAddendum], buffer: inout ReadBuffer
    ) -> PackageReport {
        var package = verify(folder: evidence + "/" + place, path: place, trusted: trusted, loggedAddenda: logged, buffer: &buffer)
        if let manifest = package.manifest, manifest.relativePath != place {
            package.problems.append(.misplaced(expected: manifest.relativePath))
        }
        return package
    }

    /// Fills gaps with what was sealed while the folders were listed.
    ///
    /// A listing may leave out a name that is added meanwhile and still hold a later one. What stood before the newest
    /// package of the first listing is in the second for certain; what is newer is left out.
    private func lookAgain(
        evidence: String, trusted: [VerifyingKey], known: Set<String>, buffer: inout ReadBuffer,
        _ report: inout StoreReport,
        _ chains: inout [String: ChannelChain]
    ) {
        for (channel, chain) in chains.sorted(by: { $0.key < $1.key }) where chain.hasGap {
            guard let tree = try? StoreTree(evidence: evidence, channel: channel) else { continue }
            for place in tree.places where !known.contains(place) {
                // Sealed a moment ago: nothing was added to it yet.
                let package = check(place, evidence: evidence, trusted: trusted, logged: [], buffer: &buffer)
                guard let sequence = package.manifest?.chain.sequence, sequence < chain.lastSequence else { continue }
                take(package, &report, &chains)
            }
        }
    }

    private func keys(of root: String, _ report: inout StoreReport) -> [VerifyingKey] {
        if !trustedKeys.isEmpty {
            report.keySource = .given
            return trustedKeys
        }
        let path = StoreLayout.publicKey(root)
        do {
            guard try FileStatus.of(path) != nil else { return [] }
            let keys = try VerifyingKey.load(from: path)
            report.keySource = .store(path: path)
            return keys
        } catch {
            report.problems.append(.unreadable(path: path, reason: "\(error)"))
            return []
        }
    }

    private func head(
        of channel: String, evidence: String, trusted: [VerifyingKey], _ report: inout StoreReport
    ) -> ChannelChain {
        do {
            let path = "\(evidence)/\(channel)/\(StoreLayout.headName)"
            guard let stored = try ChainHead.read(from: path, channel: channel) else {
                return ChannelChain(head: .missing)
            }
            guard trusted.isEmpty || trusted.contains(stored.key) else {
                report.problems.append(
                    .headDamaged(channel: channel, reason: "signed by key \(stored.key.keyID), which is not trusted"))
                return ChannelChain(head: .unusable)
            }
            return ChannelChain(head: .known(stored.head))
        } catch {
            report.problems.append(.headDamaged(channel: channel, reason: "\(error)"))
            return ChannelChain(head: .unusable)
        }
    }

    private func take(_ package: PackageReport, _ report: inout StoreReport, _ chains: inout [String: ChannelChain]) {
        report.packageCount += 1
        report.bytesRead += package.bytesRead
        switch package.signer {
        case .trusted(let keyID), .unchecked(let keyID): report.packagesByKeyID[keyID, default: 0] += 1
        case .none: break
        }
        if !package.isIntact { report.damaged.append(package) }
        if let manifest = package.manifest, let sha256 = package.manifestSHA256 {
            report.packages[package.path] = StoreReport.Identity(
                manifestSHA256: sha256, caseID: manifest.caseID, incidentID: manifest.incidentID, channelID: manifest.channel.id,
                violation: manifest.violation)
        } else {
            report.unreadable.insert(package.path)
        }
        let folderChannel = String(package.path.prefix { $0 != "/" })
        let channel = package.manifest?.channel.id ?? folderChannel
        report.packageCountByChannel[channel, default: 0] += 1
        chains[channel, default: ChannelChain(head: .missing)].add(package)
    }
}
