import Glibc

/// What the file system says before FFmpeg is asked, whose own answers are vague (and which would wait on a pipe for ever).
enum LocalFile {
    static func checkReadable(_ path: String) throws(AVError) {
        var status = stat()
        guard stat(path, &status) == 0 else { throw AVError(AVError.Code(errno: errno), .open, path) }
        switch status.st_mode & S_IFMT {
        case S_IFREG: break
        case S_IFDIR: throw AVError(.isDirectory, .open, path)
        default: throw AVError(.notRegularFile, .open, path)
        }
        guard status.st_size > 0 else { throw AVError(.emptyFile, .open, path) }
        guard access(path, R_OK) == 0 else { throw AVError(AVError.Code(errno: errno), .open, path) }
    }

    /// Whether the file is an HLS playlist, a concat script or a session description, by its first bytes.
    static func refersElsewhere(_ path: String) -> Bool {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return false }
        defer { close(descriptor) }
        var start = [UInt8](repeating: 0, count: 16)
        let count = read(descriptor, &start, start.count)
        let beginnings = ["#EXTM3U", "ffconcat version", "v=0\n", "v=0\r\n"]
        return count > 0 && beginnings.contains { start.prefix(count).starts(with: $0.utf8) }
    }

    /// In bytes; 0 where it cannot be told.
    static func size(_ path: String) -> Int64 {
        var status = stat()
        return stat(path, &status) == 0 ? Int64(status.st_size) : 0
    }

    /// The whole file.
    static func bytes(of path: String) throws(AVError) -> [UInt8] {
        try checkReadable(path)
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw AVError(AVError.Code(errno: errno), .open, path) }
        defer { close(descriptor) }
        var status = stat()
        guard fstat(descriptor, &status) == 0 else { throw AVError(AVError.Code(errno: errno), .read, path) }
        var bytes = [UInt8](repeating: 0, count: Int(status.st_size))
        var filled = 0
        while filled < bytes.count {
            let count = bytes.withUnsafeMutableBytes { read(descriptor, $0.baseAddress.map { $0 + filled }, $0.count - filled) }
            guard count >= 0 else { throw AVError(AVError.Code(errno: errno), .read, path) }
            // Cut short while it was read: what is there is all.
            if count == 0 { bytes.removeLast(bytes.count - filled) }
            filled += count
        }
        return bytes
    }

    /// Waits until the file's bytes are on the disk; returns its size.
    static func synchronize(_ path: String, _ operation: AVError.Operation) throws(AVError) -> Int64 {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw AVError(AVError.Code(errno: errno), operation, path) }
        defer { close(descriptor) }
        guard fsync(descriptor) == 0 else { throw AVError(AVError.Code(errno: errno), operation, path) }
        var status = stat()
        guard fstat(descriptor, &status) == 0 else { throw AVError(AVError.Code(errno: errno), operation, path) }
        return Int64(status.st_size)
    }
}
