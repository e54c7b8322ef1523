import FFmpegIO
import FrameCore
import SceneAnalysis
import Violations

/// What a walk over a reel has found and what it says of each file. Part of its checkpoints.
struct WalkLog: Codable {
    /// A file that ends this much earlier than it says was cut off, in seconds.
    private static let missingSeconds = 5.0

    private(set) var incidents: [FoundIncident] = []
    private(set) var faults = ViewFaultLog()
    /// Of the files that are done.
    private(set) var outcomes: [FileOutcome] = []
    /// Of the file that is being read; nil between two.
    private(set) var current: FileOutcome?

    /// Stream time read so far.
    var secondsRead: Double { outcomes.reduce(current?.seconds ?? 0) { $0 + $1.seconds } }

    // MARK: Files

    /// Does nothing where a file is being read.
    mutating func begin(_ file: Reel.File) {
        if current == nil { current = FileOutcome(input: file.input, path: file.path) }
    }

    /// - Parameter length: how much of the file has been read.
    mutating func read(_ length: Duration) {
        guard let before = current?.seconds else { return }
        current?.seconds = max(before, length.inSeconds)
    }

    mutating func remark(_ text: String) { current?.remarks.append(text) }

    mutating func damage(_ pictures: Int) { current?.damaged += pictures }

    /// Reading ended before the file's end.
    mutating func fail(_ error: any Error) {
        current?.failure = "\(error)"
        current?.failureReason = (error as? AVError)?.reason ?? "\(error)"
    }

    /// - Parameters:
    ///   - jumps: of the time stamps.
    ///   - declared: how long the file says it is.
    mutating func close(damaged: Int = 0, jumps: Int = 0, declared: Duration? = nil) {
        guard var outcome = current else { return }
        current = nil
        outcome.damaged += damaged
        if outcome.damaged > 0 { outcome.remarks.append("\(outcome.damaged) damaged pictures were passed over") }
        if jumps > 0 { outcome.remarks.append("its time stamps jump \(jumps) times") }
        // A length that was counted over a jump says nothing.
        if jumps == 0, let missing = declared.map({ $0.inSeconds - outcome.seconds }), missing > Self.missingSeconds {
            outcome.remarks.append("ends \(Int(missing)) s earlier than it says: cut off?")
        }
        outcome.isLost = outcome.analysedFrames == 0
        if outcome.isLost, outcome.failure == nil {
            outcome.failure = "\(ReplayError.noPictures(outcome.path))"
            outcome.failureReason = ReplayError.reason
        }
        outcomes.append(outcome)
    }

    // MARK: Looks

    mutating func look(_ view: ViewCondition, at time: FrameTime) {
        faults.add(view, at: time)
    }

    mutating func countPicture() { current?.analysedFrames += 1 }

    mutating func add(_ found: FoundIncident) { incidents.append(found) }

    mutating func update(_ incident: Incident) {
        guard let index = incidents.lastIndex(where: { $0.incident.id == incident.id }) else { return }
        incidents[index].incident = incident
    }
}
