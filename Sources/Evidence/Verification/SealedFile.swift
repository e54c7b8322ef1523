/// What was sealed of a file, of the package's own or of an addendum's.
struct SealedFile {
    var name: String
    var bytes: Int64
    var sha256: ContentHash
    var sm3: SM3Hash?
    var blockSHA256: [ContentHash]

    init(_ file: EvidenceManifest.File) {
        (name, bytes, sha256, sm3, blockSHA256) = (file.name, file.bytes, file.sha256, file.sm3, file.blockSHA256)
    }

    init(_ file: Addendum.File) {
        (name, bytes, sha256, sm3, blockSHA256) = (file.name, file.bytes, file.sha256, file.sm3, file.blockSHA256)
    }

    /// How the file on the disk differs; empty if it does not.
    func differences(from digest: FileDigest, others: [SealedFile]) -> [EvidenceProblem] {
        if digest.sha256 == sha256 && digest.bytes == bytes && digest.blockSHA256 == blockSHA256 {
            return sm3 == nil || sm3 == digest.sm3 ? [] : [.hashesContradict(name: name)]
        }
        if let other = others.first(where: { $0.sha256 == digest.sha256 && $0.name != name }) {
            return [.fileSwapped(name: name, holds: other.name)]
        }
        var problems: [EvidenceProblem] = []
        if digest.bytes != bytes { problems.append(.fileSize(name: name, sealed: bytes, found: digest.bytes)) }
        let ranges = changedRanges(digest)
        if !ranges.isEmpty { problems.append(.fileChanged(name: name, ranges: ranges)) }
        return problems.isEmpty ? [.hashesContradict(name: name)] : problems
    }

    /// Blocks that are as long as they were sealed but differ; neighbours are joined.
    private func changedRanges(_ digest: FileDigest) -> [Range<Int64>] {
        let block = Int64(EvidenceManifest.File.blockBytes)
        var ranges: [Range<Int64>] = []
        for (index, (sealed, found)) in zip(blockSHA256, digest.blockSHA256).enumerated() where sealed != found {
            let start = Int64(index) * block
            let end = min(start + block, bytes)
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
