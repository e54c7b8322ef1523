import Glibc

/// A child process, by posix_spawn and waitpid alone: Foundation's `Process` waits on a run loop that needs a free thread
/// of the pool, which tests that block it do not leave.
final class Child {
    struct SpawnFailure: Error, CustomStringConvertible {
        let path: String
        let number: Int32
        var description: String { "\(path) cannot be started: \(String(cString: strerror(number)))" }
    }

    let identifier: pid_t
    private var status: Int32?

    /// `output` and `messages` are paths, created or emptied, unless `outputDescriptor` takes the output.
    init(
        _ path: String, _ arguments: [String], output: String = "/dev/null", outputDescriptor: Int32? = nil, messages: String
    ) throws {
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
        if let outputDescriptor {
            posix_spawn_file_actions_adddup2(&actions, outputDescriptor, 1)
        } else {
            posix_spawn_file_actions_addopen(&actions, 1, output, O_WRONLY | O_CREAT | O_TRUNC, 0o600)
        }
        posix_spawn_file_actions_addopen(&actions, 2, messages, O_WRONLY | O_CREAT | O_TRUNC, 0o600)

        // SAFETY: the copies are freed below; the list ends with nil, as posix_spawn wants it.
        var argv = ([path] + arguments).map { strdup($0) } + [nil]
        defer { argv.forEach { free($0) } }
        var identifier: pid_t = 0
        let result = posix_spawn(&identifier, path, &actions, nil, &argv, environ)
        guard result == 0 else { throw SpawnFailure(path: path, number: result) }
        self.identifier = identifier
    }

    /// Waits for the end; the exit code, or 128 and the signal.
    @discardableResult
    func wait() -> Int32 {
        if let status { return status }
        var raw: Int32 = 0
        while waitpid(identifier, &raw, 0) < 0 && errno == EINTR {}
        let code = raw & 0x7F == 0 ? (raw >> 8) & 0xFF : 128 + (raw & 0x7F)
        status = code
        return code
    }

    func signal(_ number: Int32) {
        if status == nil { kill(identifier, number) }
    }
}
