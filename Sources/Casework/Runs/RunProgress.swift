public import Foundation

/// How far a run is, written once a second into its folder: what the terminal and the page show.
public struct RunProgress: Codable, Sendable, Hashable {
    public enum State: String, Codable, Sendable, CaseIterable {
        case waiting, running, paused, cancelled, done, failed
    }

    public var state: State
    /// 1: key frames across everything; 2: every frame around candidates.
    public var pass: Int
    public var startedAt: Date?
    public var updatedAt: Date
    public var filesDone: Int
    public var files: Int
    /// Stream time that both passes are through with, and all there is.
    public var secondsDone: Double
    public var secondsTotal: Double
    /// Stream seconds a second, over the last minute.
    public var rate: Double
    public var remainingSeconds: Double?
    public var candidates: Int
    public var found: Int
    public var problems: [RunProblem]
    /// The process that works on it; nil once it is over.
    public var processID: Int32?
    /// For people, while `failed`: why the process ended before its work was done.
    public var failure: String?

    public init(state: State, updatedAt: Date, files: Int, secondsTotal: Double) {
        self.state = state
        pass = 1
        self.updatedAt = updatedAt
        filesDone = 0
        self.files = files
        secondsDone = 0
        self.secondsTotal = secondsTotal
        rate = 0
        candidates = 0
        found = 0
        problems = []
    }
}

/// What is wrong with one file of a run.
public struct RunProblem: Codable, Sendable, Hashable {
    public var path: String
    /// For people: the reason and what could be done.
    public var reason: String
    /// Nothing of it could be analysed.
    public var isLost: Bool

    public init(path: String, reason: String, isLost: Bool) {
        self.path = path
        self.reason = reason
        self.isLost = isLost
    }
}

/// What somebody wants of a run that is under way; the process that works on it looks once a second.
public enum RunWish: String, Codable, Sendable, CaseIterable {
    case run, pause, cancel
}
