import Crypto

/// The hashes of a file and of each of its blocks, from one pass over it.
struct FileDigest {
    var bytes: Int64
    var sha256: ContentHash
    var blockSHA256: [ContentHash]

    /// Reads on from where `file` stands, 1 MiB at a time.
    init(reading file: borrowing OpenFile, buffer: inout ReadBuffer) throws(EvidenceError) {
        var whole = SHA256()
        var count: Int64 = 0
        var blocks: [ContentHash] = []
        while true {
            let filled = try buffer.fill(from: file)
            let bytes = buffer.bytes
            for start in stride(from: 0, to: filled, by: EvidenceManifest.File.blockBytes) {
                let end = min(filled, start + EvidenceManifest.File.blockBytes)
                var block = SHA256()
                bytes[start..<end].withUnsafeBytes { block.update(bufferPointer: $0) }
                blocks.append(ContentHash(block.finalize()))
            }
            bytes[0..<filled].withUnsafeBytes { whole.update(bufferPointer: $0) }
            count += Int64(filled)
            if filled < bytes.count { break }
        }
        self.bytes = count
        sha256 = ContentHash(whole.finalize())
        blockSHA256 = blocks
    }
}

/// Memory for reading files, used again for each.
struct ReadBuffer {
    private(set) var bytes = [UInt8](repeating: 0, count: 4 * EvidenceManifest.File.blockBytes)

    /// Fills from the start; less than the whole buffer only at the end of the file.
    mutating func fill(from file: borrowing OpenFile) throws(EvidenceError) -> Int {
        var filled = 0
        while filled < bytes.count {
            let count = try bytes.withUnsafeMutableBytes { buffer in
                file.read(into: UnsafeMutableRawBufferPointer(rebasing: buffer[filled...]))
            }.get()
            if count == 0 { break }
            filled += count
        }
        return filled
    }
}
