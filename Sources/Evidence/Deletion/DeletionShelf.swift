/// The certificates of a store, as they lie on the disk.
struct DeletionShelf {
    private static let limitBytes = 4 << 20

    /// Intact and signed by a trusted key, by package id.
    var certificates: [DeletionCertificate] = []
    var problems: [ChainProblem] = []

    /// - Parameter trusted: with none, any key will do.
    init(root: String, trusted: [VerifyingKey]) {
        let folder = StoreLayout.deletions(root)
        do {
            guard try FileStatus.of(folder) != nil else { return }
            for name in try Folder.names(in: folder) where !name.hasPrefix(".") {
                do {
                    certificates.append(try Self.certificate(folder + "/" + name, trusted: trusted))
                } catch {
                    problems.append(.certificateDamaged(path: "deletions/\(name)", reason: "\(error)"))
                }
            }
        } catch {
            problems.append(.certificateDamaged(path: "deletions", reason: "\(error)"))
        }
    }

    func heads(of channel: String) -> [ChainHead] {
        certificates.filter { $0.chain.channel == channel }.map { ChainHead($0) }
    }

    static func certificate(_ path: String, trusted: [VerifyingKey]) throws(EvidenceError) -> DeletionCertificate {
        guard let bytes = try OpenFile(reading: path).readAll(limit: limitBytes) else {
            throw .damaged(path: path, reason: "larger than 4 MiB")
        }
        let stored = try DeletionCertificate.read(bytes, named: path)
        guard trusted.isEmpty || trusted.contains(stored.key) else {
            throw .damaged(path: path, reason: "signed by key \(stored.key.keyID), which is not this store's")
        }
        guard path.hasSuffix("/\(stored.certificate.packageID.text).json") else {
            throw .damaged(path: path, reason: "it is of package \(stored.certificate.packageID.text)")
        }
        return stored.certificate
    }
}

extension ChainHead {
    init(_ certificate: DeletionCertificate) {
        self.init(
            channel: certificate.chain.channel, sequence: certificate.chain.sequence, packageID: certificate.packageID,
            manifestSHA256: certificate.manifestSHA256)
    }
}
