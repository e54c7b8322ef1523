import Foundation

/// One open file descriptor, closed with its owner. Its calls go on after interruptions by signals.
struct OpenFile: ~Copyable {
    let descriptor: Int32
    /// What errors call it.
    private let path: String

    /// Never follows a symbolic link in the last part of `path`, and never waits on a pipe.
    init(reading path: String) throws(EvidenceError) {
        try self.init(path, flags: O_RDONLY | O_NOFOLLOW | O_NONBLOCK, mode: 0, operation: "opening")
    }

    /// Makes a new file; fails if there is one.
    ///
    /// - Parameter named: what errors call the file, where `path` is only for the moment.
    init(creating path: String, named: String? = nil, mode: UInt32) throws(EvidenceError) {
        try self.init(
            path, named: named, flags: O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW, mode: mode, operation: "creating")
    }

    /// A folder, for synchronising and locking.
    init(folder path: String) throws(EvidenceError) {
        try self.init(path, flags: O_RDONLY | O_DIRECTORY, mode: 0, operation: "opening the folder")
    }

    /// Follows links, as keys are often mounted as one.
    init(readingThroughLinks path: String) throws(EvidenceError) {
        try self.init(path, flags: O_RDONLY | O_NONBLOCK, mode: 0, operation: "opening")
    }

    private init(
        _ path: String, named: String? = nil, flags: Int32, mode: UInt32, operation: String
    ) throws(EvidenceError) {
        var descriptor: Int32
        repeat {
            descriptor = open(path, flags | O_CLOEXEC, mode)
        } while descriptor < 0 && errno == EINTR
        guard descriptor >= 0 else { throw EvidenceError(code: errno, operation: operation, path: named ?? path) }
        self.descriptor = descriptor
        self.path = named ?? path
    }

    deinit {
        close(descriptor)
    }

    func status() throws(EvidenceError) -> FileStatus {
        var status = stat()
        guard fstat(descriptor, &status) == 0 else {
            throw EvidenceError(code: errno, operation: "reading the status", path: path)
        }
        return FileStatus(status)
    }

    /// The number of bytes read into the start of `buffer`; 0 at the end.
    func read(into buffer: UnsafeMutableRawBufferPointer) -> Result<Int, EvidenceError> {
        while true {
            // SAFETY: the kernel writes at most `buffer.count` bytes into the caller's buffer.
            let count = Foundation.read(descriptor, buffer.baseAddress, buffer.count)
            if count >= 0 { return .success(count) }
            guard errno == EINTR else {
                return .failure(EvidenceError(code: errno, operation: "reading", path: path))
            }
        }
    }

    /// Everything up to the end, or nil if there is more than `limit`.
    func readAll(limit: Int) throws(EvidenceError) -> [UInt8]? {
        var bytes: [UInt8] = []
        var piece = [UInt8](repeating: 0, count: min(limit + 1, 64 * 1024))
        while true {
            let count = try piece.withUnsafeMutableBytes { read(into: $0) }.get()
            if count == 0 { return bytes }
            guard bytes.count + count <= limit else { return nil }
            bytes.append(contentsOf: piece[0..<count])
        }
    }

    func write(_ bytes: [UInt8]) throws(EvidenceError) {
        var done = 0
        while done < bytes.count {
            let written = bytes.withUnsafeBytes { buffer in
                // SAFETY: `done` stays below the buffer's count, so the pointer and length lie inside it.
                Foundation.write(descriptor, buffer.baseAddress.map { $0 + done }, buffer.count - done)
            }
            if written >= 0 {
                done += written
            } else if errno != EINTR {
                throw EvidenceError(code: errno, operation: "writing", path: path)
            }
        }
    }

    /// Returns when the contents are on the disk.
    func synchronize() throws(EvidenceError) {
        while fsync(descriptor) != 0 {
            guard errno == EINTR else { throw EvidenceError(code: errno, operation: "synchronising", path: path) }
        }
    }

    func setMode(_ mode: UInt32) throws(EvidenceError) {
        guard fchmod(descriptor, mode) == 0 else {
            throw EvidenceError(code: errno, operation: "setting the mode", path: path)
        }
    }

    /// Takes the exclusive lock without waiting; false if another has it.
    func tryLock() -> Bool {
        flock(descriptor, LOCK_EX | LOCK_NB) == 0
    }

    /// Gives the lock up at once. Closing alone would leave it to a child process between its fork and its exec.
    func unlock() {
        flock(descriptor, LOCK_UN)
    }
}
