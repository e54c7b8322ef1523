public import Casework
public import Foundation

/// One run as a list shows it.
public struct RunSummary: Sendable, Hashable, Identifiable {
    public var folder: RunFolder
    /// Without its inputs, which may be tens of thousands of files.
    public var record: RunRecord
    public var files: Int
    /// Footage to be read, seconds, as far as its length is known.
    public var footageSeconds: Double
    /// From the first to the last picture of the inputs; nil where no time is known.
    public var span: DateInterval?
    /// nil for a run that was made and never begun.
    public var progress: RunProgress?
    /// What is wanted of it now.
    public var wish: RunWish

    public var id: String { record.id }
    /// A wish may be under way that the run has not obeyed yet.
    public var isChanging: Bool {
        switch (progress?.state, wish) {
        case (.running, .pause), (.waiting, .pause), (.running, .cancel), (.waiting, .cancel), (.paused, .cancel): true
        default: false
        }
    }

    public init(
        folder: RunFolder, record: RunRecord, files: Int, footageSeconds: Double, span: DateInterval?, progress: RunProgress?, wish: RunWish
    ) {
        self.folder = folder
        self.record = record
        self.files = files
        self.footageSeconds = footageSeconds
        self.span = span
        self.progress = progress
        self.wish = wish
    }
}

/// What a new run is asked to do.
public struct RunOrder: Sendable, Hashable {
    public var name: String
    /// A user's id.
    public var createdBy: String
    public var everyFrame: Bool
    public var channels: [RunChannel]
    public var inputs: [RunInput]
    /// What the listing already said of these files and their neighbours.
    public var problems: [RunProblem]

    public init(
        name: String, createdBy: String, everyFrame: Bool, channels: [RunChannel], inputs: [RunInput], problems: [RunProblem] = []
    ) {
        self.name = name
        self.createdBy = createdBy
        self.everyFrame = everyFrame
        self.channels = channels
        self.inputs = inputs
        self.problems = problems
    }
}

/// What the console needs of re-analyses: which there are, and a hand on them.
public protocol RunControl: Sendable {
    /// Newest first.
    func runs() async -> [RunSummary]
    func run(id: String) async -> RunSummary?
    /// Makes the run's folder and begins with it, or puts it behind those under way.
    /// - Returns: the run's id.
    func start(_ order: RunOrder) async throws -> String
    /// - Throws: `RunControlError`.
    func wish(_ wish: RunWish, runID: String) async throws
    /// Footage seconds a second that this machine has shown in earlier runs; nil before the first.
    func usualRate(everyFrame: Bool) async -> Double?
}

/// Why a run does not do what was asked.
public enum RunControlError: Error, Sendable, Hashable, CustomStringConvertible {
    case unknown(String)
    /// It is over: it cannot be paused, and not begun again.
    case isOver(RunProgress.State)

    public var description: String {
        switch self {
        case .unknown(let id): "there is no run \(id)"
        case .isOver(let state): "the run is \(state.rawValue) and cannot be changed"
        }
    }
}
