extension ContentHash {
    /// Of a regular file's bytes, read 1 MiB at a time; a link is followed.
    public init(ofFile path: String) throws(EvidenceError) {
        let file = try OpenFile(readingThroughLinks: path)
        guard try file.status().kind == .file else { throw .invalid("\(path): is not a regular file") }
        var buffer = ReadBuffer()
        self = try FileDigest(reading: file, buffer: &buffer).sha256
    }
}
