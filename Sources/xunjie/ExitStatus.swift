import ArgumentParser

/// Exit codes that scripts may rely on.
enum ExitStatus {
    /// The work failed, or a check found something wrong.
    static let failed = ExitCode(1)
    /// Some inputs failed, the rest is done.
    static let partly = ExitCode(3)
}
