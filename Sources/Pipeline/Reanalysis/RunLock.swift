import Evidence
import Foundation

/// One process works on a run. The lock goes with the process, however it ends.
struct RunLock: ~Copyable {
    private let descriptor: Int32

    /// - Throws: `ReanalysisError.isRunning` where another process has it.
    init(workPath: String) throws {
        let path = workPath + "/lock"
        let descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw ReanalysisError.folder(path, reason: String(cString: strerror(errno))) }
        guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
            close(descriptor)
            throw ReanalysisError.isRunning(workPath)
        }
        self.descriptor = descriptor
    }

    deinit { close(descriptor) }
}
