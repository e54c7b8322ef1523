import Foundation

/// Writing so that what was acknowledged survives a crash and a power cut: file, fsync, rename, fsync of the folder.
///
/// All functions block on the disk; call them from plain threads.
public enum DurableFile {
    /// Replaces or makes the file in one step: a reader sees the old or the new contents, never a part.
    ///
    /// - Parameter temporaryFolder: where the new contents are written first, on the same file system; nil for the
    ///   file's own folder. A crash may leave a file there.
    public static func replace(
        _ path: String, with bytes: [UInt8], mode: UInt32 = 0o600, temporaryFolder: String? = nil
    ) throws(EvidenceError) {
        let temporary = temporaryName(for: path, in: temporaryFolder)
        do {
            try writeNew(temporary, named: path, bytes, mode: mode)
            try rename(temporary, to: path)
        } catch {
            unlink(temporary)
            throw error
        }
        try synchronizeFolder(Folder.parent(of: path))
    }

    /// Makes the file with its whole contents in one step, or answers false if there is one already.
    ///
    /// Needs a file system with hard links.
    public static func create(_ path: String, with bytes: [UInt8], mode: UInt32 = 0o600) throws(EvidenceError) -> Bool {
        let temporary = temporaryName(for: path, in: nil)
        defer { unlink(temporary) }
        try writeNew(temporary, named: path, bytes, mode: mode)
        // Unlike rename, link never replaces; unlike O_EXCL on the name itself, it never leaves a half-written file there.
        guard link(temporary, path) == 0 else {
            if errno == EEXIST { return false }
            throw EvidenceError(code: errno, operation: "creating", path: path)
        }
        try synchronizeFolder(Folder.parent(of: path))
        return true
    }

    /// Moves a file or folder within one file system; the caller synchronises the folders on both sides.
    public static func rename(_ source: String, to destination: String) throws(EvidenceError) {
        guard Foundation.rename(source, destination) == 0 else {
            throw EvidenceError(code: errno, operation: "moving from \(source)", path: destination)
        }
    }

    /// Returns when the folder's list of names is on the disk.
    public static func synchronizeFolder(_ path: String) throws(EvidenceError) {
        try OpenFile(folder: path).synchronize()
    }

    /// Makes a file that must not be there yet, and returns when its contents are on the disk.
    ///
    /// - Parameter named: what errors call the file, where `path` is only for the moment.
    static func writeNew(
        _ path: String, named: String? = nil, _ bytes: [UInt8], mode: UInt32 = 0o600
    ) throws(EvidenceError) {
        let file = try OpenFile(creating: path, named: named, mode: mode)
        try file.write(bytes)
        try file.synchronize()
    }

    private static func temporaryName(for path: String, in folder: String?) -> String {
        let name = path.split(separator: "/").last.map(String.init) ?? path
        return
            "\(folder ?? Folder.parent(of: path))/.\(name).\(getpid()).\(String(UInt64.random(in: 0 ... .max), radix: 36)).new"
    }
}
