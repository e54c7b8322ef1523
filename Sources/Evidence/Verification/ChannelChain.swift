/// One channel's packages while a store is checked, by their places in the chain.
struct ChannelChain {
    enum Head {
        case known(ChainHead)
        case missing
        /// Reported already.
        case unusable
    }

    private struct Link {
        var path: String
        var sequence: Int64
        var previousSHA256: ContentHash
        var sha256: ContentHash
        /// Whether the manifest itself is as it was sealed; if not, that was reported, and what follows from it is not.
        var isManifestIntact: Bool
    }

    private let head: Head
    private var links: [Link] = []
    /// Deleted by retention, each with its certificate.
    private var certified: [Link] = []
    private var unreadable = 0

    init(head: Head) {
        self.head = head
    }

    /// The newest place that was found taken.
    var lastSequence: Int64 { all.map(\.sequence).max() ?? 0 }

    /// Whether a place before the newest is not taken.
    var hasGap: Bool { Set(all.map(\.sequence)).count < lastSequence }

    /// A certificate whose package is still there says no more than the package: a crash may come between the two.
    private var all: [Link] {
        links + certified.filter { link in !links.contains { $0.sequence == link.sequence && $0.sha256 == link.sha256 } }
    }

    mutating func add(_ package: PackageReport) {
        guard let manifest = package.manifest, let sha256 = package.manifestSHA256 else {
            unreadable += 1
            return
        }
        links.append(
            Link(
                path: package.path, sequence: manifest.chain.sequence, previousSHA256: manifest.chain.previousSHA256,
                sha256: sha256, isManifestIntact: package.signer != .none))
    }

    mutating func add(_ certificate: DeletionCertificate) {
        certified.append(
            Link(
                path: "deletions/\(certificate.packageID.text).json", sequence: certificate.chain.sequence,
                previousSHA256: certificate.chain.previousSHA256, sha256: certificate.manifestSHA256, isManifestIntact: true))
    }

    func problems(channel: String) -> [ChainProblem] {
        var problems: [ChainProblem] = []
        var previous: Link?
        let places = Dictionary(grouping: all, by: \.sequence).sorted { $0.key < $1.key }
        for (sequence, claims) in places {
            let expected = (previous?.sequence ?? 0) + 1
            if sequence > expected {
                problems.append(
                    .gap(
                        channel: channel, missing: expected...(sequence - 1), after: previous?.path,
                        before: claims[0].path,
                        unreadable: unreadable))
            }
            if claims.count > 1 {
                let paths = claims.map(\.path)
                let isCopy = Set(claims.map(\.sha256)).count == 1
                problems.append(
                    isCopy
                        ? .copies(channel: channel, sequence: sequence, paths: paths)
                        : .fork(channel: channel, sequence: sequence, paths: paths))
            }
            if sequence == expected {
                for claim in claims where claim.isManifestIntact && previous?.isManifestIntact != false {
                    guard claim.previousSHA256 != previous?.sha256 ?? .zero else { continue }
                    problems.append(
                        .brokenLink(
                            channel: channel, sequence: sequence, path: claim.path, previousPath: previous?.path))
                }
            }
            previous = claims.first { $0.isManifestIntact } ?? claims[0]
        }
        return problems + headProblems(channel: channel, last: previous)
    }

    private func headProblems(channel: String, last: Link?) -> [ChainProblem] {
        switch head {
        case .unusable: return []
        case .missing:
            // A crash between the very first package and its entry is no offence.
            return all.count > 1 ? [.headMissing(channel: channel)] : []
        case .known(let head):
            if head.sequence > last?.sequence ?? 0 {
                return [.newestMissing(channel: channel, found: last?.sequence ?? 0, known: head.sequence)]
            }
            let named = all.filter { $0.sequence == head.sequence && $0.isManifestIntact }
            guard let named = named.first, named.sha256 != head.manifestSHA256 else { return [] }
            return [.headDiffers(channel: channel, sequence: head.sequence, path: named.path)]
        }
    }
}
