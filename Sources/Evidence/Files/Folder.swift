import Foundation

/// Listing, making and removing folders, each step checked and none following a symbolic link.
enum Folder {
    /// Names without `.` and `..`, sorted by their bytes.
    static func names(in path: String) throws(EvidenceError) -> [String] {
        guard let stream = opendir(path) else {
            throw EvidenceError(code: errno, operation: "listing the folder", path: path)
        }
        defer { closedir(stream) }
        var names: [String] = []
        while true {
            errno = 0
            guard let entry = readdir(stream) else {
                guard errno == 0 else { throw EvidenceError(code: errno, operation: "listing the folder", path: path) }
                return names.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
            }
            // SAFETY: `d_name` ends in NUL and stays valid until the next `readdir`; the string copies it.
            let name = withUnsafePointer(to: &entry.pointee.d_name) { tuple in
                tuple.withMemoryRebound(to: CChar.self, capacity: MemoryLayout.size(ofValue: tuple.pointee)) {
                    String(cString: $0)
                }
            }
            if name != "." && name != ".." { names.append(name) }
        }
    }

    /// Makes the folder with mode 0700 and what is missing above it; each new one is on disk when this returns.
    static func make(_ path: String) throws(EvidenceError) {
        if mkdir(path, 0o700) == 0 { return try DurableFile.synchronizeFolder(parent(of: path)) }
        switch errno {
        case EEXIST:
            var status = stat()
            guard stat(path, &status) == 0, status.st_mode & S_IFMT == S_IFDIR else {
                throw EvidenceError(code: ENOTDIR, operation: "making the folder", path: path)
            }
        case ENOENT where parent(of: path) != path:
            try make(parent(of: path))
            try make(path)
        default:
            throw EvidenceError(code: errno, operation: "making the folder", path: path)
        }
    }

    /// Makes a folder that must not be there yet.
    static func makeNew(_ path: String) throws(EvidenceError) {
        guard mkdir(path, 0o700) == 0 else {
            throw EvidenceError(code: errno, operation: "making the folder", path: path)
        }
    }

    /// Removes the file or folder with all that is in it; nothing there is fine.
    static func remove(_ path: String) throws(EvidenceError) {
        guard let status = try FileStatus.of(path) else { return }
        if status.kind == .folder {
            for name in try names(in: path) { try remove(path + "/" + name) }
            guard rmdir(path) == 0 else {
                throw EvidenceError(code: errno, operation: "removing the folder", path: path)
            }
        } else if unlink(path) != 0 && errno != ENOENT {
            throw EvidenceError(code: errno, operation: "removing", path: path)
        }
    }

    static func parent(of path: String) -> String {
        var parts = path.split(separator: "/", omittingEmptySubsequences: true)
        guard !parts.isEmpty else { return path.hasPrefix("/") ? "/" : "." }
        parts.removeLast()
        let joined = parts.joined(separator: "/")
        if path.hasPrefix("/") { return "/" + joined }
        return joined.isEmpty ? "." : joined
    }
}
