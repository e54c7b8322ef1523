import ArgumentParser

/// Exit codes that scripts may rely on.
enum ExitStatus {
    /// The work failed, or a check found something wrong.
    static let failed = ExitCode(1)
    /// The program that was asked about is not running.
    static let notRunning = ExitCode(2)
    /// Some inputs failed, the rest is done.
    static let partly = ExitCode(3)
    /// Asked to pause or cancel before it was done.
    static let paused = ExitCode(4)
}
