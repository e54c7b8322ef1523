import Casework
import Foundation
import Synchronization

/// Holds a store's folder for one process, and remembers whether the last holder let go in order.
///
/// `flock` on `<store>/lock`: the kernel frees it whatever way the process ends. While held, the file holds the process id;
/// an orderly release empties it, so an id found there on taking the lock is that of a process that died.
final class StoreLock: Sendable {
    let path: String
    /// The process that had the lock before did not release it in order.
    let previousHolderDied: Bool
    private let descriptor: Mutex<Int32?>

    /// - Throws: `CaseStoreError.locked` with the holder's id, `.readOnly`, `.diskFull`.
    init(folder: String) throws(CaseStoreError) {
        let path = folder + "/lock"
        let opened = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        guard opened >= 0 else { throw FileProblem(errno: errno, path: path).error }
        guard flock(opened, LOCK_EX | LOCK_NB) == 0 else {
            let code = errno
            let holder = StoreLock.holder(opened)
            _ = Foundation.close(opened)
            guard code == EWOULDBLOCK else { throw FileProblem(errno: code, path: path).error }
            throw .locked(path: folder, processID: holder)
        }
        let previousHolderDied = StoreLock.holder(opened) != nil
        if let code = StoreLock.write(opened, "\(getpid())\n") {
            _ = Foundation.close(opened)
            throw FileProblem(errno: code, path: path).error
        }
        self.path = path
        self.previousHolderDied = previousHolderDied
        descriptor = Mutex(opened)
    }

    deinit {
        if let open = descriptor.withLock({ $0 }) { _ = Foundation.close(open) }
    }

    /// Lets go; `inOrder` once the database is closed and whole.
    func release(inOrder: Bool) {
        descriptor.withLock { held in
            guard let open = held else { return }
            // If the mark cannot be written, the next start checks the file once more than it had to.
            if inOrder { _ = StoreLock.write(open, "") }
            _ = Foundation.close(open)
            held = nil
        }
    }

    private static func holder(_ descriptor: Int32) -> Int32? {
        var bytes = [UInt8](repeating: 0, count: 32)
        // SAFETY: pread writes at most the buffer's own count into it, and the pointer does not leave the closure.
        let count = bytes.withUnsafeMutableBytes { pread(descriptor, $0.baseAddress, $0.count, 0) }
        guard count > 0 else { return nil }
        let text = String(decoding: bytes[..<count], as: UTF8.self).trimmingCharacters(in: .whitespacesAndNewlines)
        return Int32(text)
    }

    /// Replaces the file's content and waits until it is on the disk; answers the error code, if any.
    private static func write(_ descriptor: Int32, _ text: String) -> Int32? {
        let bytes = Array(text.utf8)
        guard ftruncate(descriptor, 0) == 0 else { return errno }
        // SAFETY: pwrite reads at most the buffer's own count from it, and the pointer does not leave the closure.
        let count = bytes.withUnsafeBytes { pwrite(descriptor, $0.baseAddress, $0.count, 0) }
        guard count == bytes.count else { return count < 0 ? errno : ENOSPC }
        return fsync(descriptor) == 0 ? nil : errno
    }
}
