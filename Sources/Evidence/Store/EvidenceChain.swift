import Synchronization

/// The chain of one channel's packages: who extends it holds its lock, so that each link points to the one before.
final class EvidenceChain: Sendable {
    private let channel: String
    private let root: String
    private let key: SigningKey
    private let trusted: [VerifyingKey]
    /// nil until it was looked up on the disk.
    private let head = Mutex<ChainHead?>(nil)

    init(channel: String, root: String, key: SigningKey, trusted: [VerifyingKey]) {
        self.channel = channel
        self.root = root
        self.key = key
        self.trusted = trusted
    }

    /// What the disk says of the chain's end.
    enum HeadState: Hashable {
        case agrees
        /// The file was missing, or a crash came between a package and its entry there.
        case behind
        /// The newest packages that it knows of are gone.
        case ahead(found: Int64, known: Int64)
        case damaged(reason: String)
    }

    /// Makes the next package stand with `place`, then makes it last with `settle`.
    func extend(
        place: (ChainHead) throws(EvidenceError) -> SealedPackage, settle: () throws(EvidenceError) -> Void
    ) throws(EvidenceError) -> SealedPackage {
        try head.withLock { head throws(EvidenceError) in
            let current: ChainHead
            if let head {
                current = head
            } else {
                let packages = try StoreTree(evidence: StoreLayout.evidence(root), channel: channel)
                    .places.compactMap {
                        SealedPackage.read(at: $0, evidence: StoreLayout.evidence(root), trusted: trusted).package
                    }
                current = look(among: packages, DeletionShelf(root: root, trusted: trusted).heads(of: channel)).head
            }
            let package = try place(current)
            // From here on the package stands, whatever fails: the next one must follow it.
            head = ChainHead(package)
            try settle()
            // Only a cache: recovery finds the head without it.
            try? write(ChainHead(package))
            return package
        }
    }

    /// Takes the head from the channel's packages and its file, whichever is further on, and brings the file up to date.
    func recover(among packages: [SealedPackage], deleted: [ChainHead]) throws(EvidenceError) -> HeadState {
        try head.withLock { head throws(EvidenceError) in
            let (found, state) = look(among: packages, deleted)
            head = found
            switch state {
            case .behind, .damaged: try write(found)
            case .agrees, .ahead: break
            }
            return state
        }
    }

    private func look(among packages: [SealedPackage], _ deleted: [ChainHead]) -> (head: ChainHead, state: HeadState) {
        let found = (packages.map { ChainHead($0) } + deleted).max { $0.sequence < $1.sequence } ?? .empty(channel: channel)
        let stored: ChainHead.Stored?
        do {
            stored = try ChainHead.read(from: path, channel: channel)
        } catch {
            return (found, .damaged(reason: "\(error)"))
        }
        guard let stored else { return (found, found.sequence == 0 ? .agrees : .behind) }
        guard trusted.contains(stored.key) else {
            return (found, .damaged(reason: "\(path): signed by key \(stored.key.keyID), which is not this store's"))
        }
        // Going on from the lost end keeps the loss visible for ever; starting over would hide it.
        if stored.head.sequence > found.sequence {
            return (stored.head, .ahead(found: found.sequence, known: stored.head.sequence))
        }
        return (found, stored.head == found ? .agrees : .behind)
    }

    private var path: String { "\(StoreLayout.evidence(root))/\(channel)/\(StoreLayout.headName)" }

    private func write(_ head: ChainHead) throws(EvidenceError) {
        try DurableFile.replace(
            path, with: try SignedDocument.seal(head, with: key), temporaryFolder: StoreLayout.staging(root))
    }
}
