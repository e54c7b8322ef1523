import Foundation

/// The newest package of a channel, kept in `chain.json`, signed.
///
/// A cache while all packages are there, and the only witness once the newest of them are gone.
struct ChainHead: Codable, Hashable, Sendable {
    var channel: String
    var sequence: Int64
    var packageID: PackageID?
    var manifestSHA256: ContentHash

    static func empty(channel: String) -> ChainHead {
        ChainHead(channel: channel, sequence: 0, packageID: nil, manifestSHA256: .zero)
    }

    init(channel: String, sequence: Int64, packageID: PackageID?, manifestSHA256: ContentHash) {
        self.channel = channel
        self.sequence = sequence
        self.packageID = packageID
        self.manifestSHA256 = manifestSHA256
    }

    init(_ package: SealedPackage) {
        self.init(
            channel: package.manifest.chain.channel, sequence: package.manifest.chain.sequence,
            packageID: package.packageID, manifestSHA256: package.manifestSHA256)
    }

    /// A head as it stands on the disk, with the key that signed it.
    struct Stored {
        var head: ChainHead
        var key: VerifyingKey
    }

    /// nil if the file is not there; `damaged` if it does not hold an intact head of this channel.
    static func read(from path: String, channel: String) throws(EvidenceError) -> Stored? {
        guard try FileStatus.of(path) != nil else { return nil }
        let file = try OpenFile(reading: path)
        guard let bytes = try file.readAll(limit: 64 * 1024) else {
            throw .damaged(path: path, reason: "larger than 64 KiB")
        }
        do {
            let document = try SignedDocument(bytes)
            guard document.isIntact else {
                throw EvidenceError.damaged(path: path, reason: "changed after it was signed")
            }
            let head = try JSONDecoder().decode(ChainHead.self, from: Data(document.body))
            guard head.channel == channel else {
                throw EvidenceError.damaged(path: path, reason: "it belongs to channel “\(head.channel)”")
            }
            return Stored(head: head, key: document.key)
        } catch let error as EvidenceError {
            throw error
        } catch SignedDocument.Flaw.unsigned {
            throw .damaged(path: path, reason: "it has no signature")
        } catch SignedDocument.Flaw.malformed(let reason) {
            throw .damaged(path: path, reason: "signature: \(reason)")
        } catch {
            throw .damaged(path: path, reason: MalformedJSON.reason(for: error, in: bytes))
        }
    }
}
