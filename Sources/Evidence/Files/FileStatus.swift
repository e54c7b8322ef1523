import Foundation

/// What the file system says of a file, without following a symbolic link.
struct FileStatus {
    enum Kind { case file, folder, symbolicLink, other }

    var kind: Kind
    var byteCount: Int64
    /// Permission bits.
    var mode: UInt32

    init(_ status: stat) {
        switch status.st_mode & S_IFMT {
        case S_IFREG: kind = .file
        case S_IFDIR: kind = .folder
        case S_IFLNK: kind = .symbolicLink
        default: kind = .other
        }
        byteCount = Int64(status.st_size)
        mode = UInt32(status.st_mode) & 0o7777
    }

    /// nil if there is nothing at `path`.
    static func of(_ path: String) throws(EvidenceError) -> FileStatus? {
        var status = stat()
        if lstat(path, &status) == 0 { return FileStatus(status) }
        guard errno == ENOENT || errno == ENOTDIR else {
            throw EvidenceError(code: errno, operation: "reading the status", path: path)
        }
        return nil
    }
}
