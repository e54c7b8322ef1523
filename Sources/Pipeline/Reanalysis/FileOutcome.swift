import Casework
import FrameCore
import Violations

/// What reading one file of a reel gave, beside incidents.
struct FileOutcome: Codable, Sendable {
    var input: Int
    var path: String
    /// Stream time that was read.
    var seconds = 0.0
    var analysedFrames = 0
    /// Packets and key frames that gave no picture.
    var damaged = 0
    /// What is odd about it though it could be read.
    var remarks: [String] = []
    /// Why reading ended before its end; nil if it did not.
    var failure: String?
    /// The same without the file's name.
    var failureReason: String?
    /// Nothing of it could be analysed.
    var isLost = false

    var problems: [RunProblem] {
        let reasons = (failureReason.map { [$0] } ?? []) + remarks
        return reasons.map { RunProblem(path: path, reason: $0, isLost: isLost) }
    }
}

/// An incident that was confirmed, as the reel's reader saw it.
struct FoundIncident: Codable, Sendable {
    var incident: Incident
    /// Among the reel's files, the one it was confirmed in.
    var file: Int
    var sourceSize: PixelSize
    /// JPEG in the run's `work/`, by its name; nil where none was asked for.
    var still: String?
}
