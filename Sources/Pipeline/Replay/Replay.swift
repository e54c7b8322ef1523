public import FFmpegIO
import Foundation
import FrameCore
import SceneAnalysis
public import Violations

/// Runs one archived file through the same decoding and analysis as a live channel, as fast as the machine can.
public struct Replay: Sendable {
    /// What a file gave.
    public struct Result: Sendable {
        public var file: String
        public var findings: [Finding] = []
        /// Stream time that was read.
        public var seconds = 0.0
        public var analysedFrames = 0
        public var viewFaults: [ViewFaultSpan] = []
        /// What is odd about the file though it could be read: damaged packets, jumps of its clock.
        public var remarks: [String] = []
        /// Why reading ended before the end of the file; nil if it did not.
        public var failure: String?

        public init(file: String) {
            self.file = file
        }
    }

    /// How far one file has come.
    public struct Progress: Sendable {
        public var file: String
        public var seconds: Double
        public var findings: Int
    }

    private let library: ProfileLibrary
    private let sampling: Duration?

    /// - Parameter sampling: one picture is analysed in each such time; nil for as often as the dwell asks.
    public init(library: ProfileLibrary, sampling: Duration? = nil) {
        self.library = library
        self.sampling = sampling
    }

    /// - Parameters:
    ///   - path: the file; findings name it without folder and extension.
    ///   - progress: called about twenty times a second of work, on the calling thread.
    public func run(path: String, zones: ZoneSet, stop: StopFlag = StopFlag(), progress: @escaping (Progress) -> Void = { _ in }) -> Result
    {
        let reel = Reel(
            index: 0, channelID: "", zones: zones, files: [Reel.File(input: 0, path: path, start: .zero, startsAt: nil)], timeZone: .gmt)
        let walk = ReelWalk(reel, ReelWalk.Settings(library: library, everyFrame: true, sampling: sampling, stop: stop))
        walk.progress = { [unowned walk] _ in
            progress(Progress(file: path, seconds: walk.log.secondsRead, findings: walk.log.incidents.count))
        }
        var result = Result(file: path)
        do {
            _ = try walk.advance(to: nil)
        } catch {
            result.failure = "\(error)"
        }
        result.seconds = walk.log.secondsRead
        result.viewFaults = walk.log.faults.spans(end: FrameTime(seconds: result.seconds))
        result.findings = walk.log.incidents.map(\.incident).sorted { ($0.firstStill, $0.id) < ($1.firstStill, $1.id) }
            .compactMap { incident in
                walk.log.incidents.first { $0.incident.id == incident.id }.flatMap {
                    Finding(clip: reel.files[0].clip, incident: incident, sourceSize: $0.sourceSize)
                }
            }
        if let outcome = walk.log.outcomes.first {
            result.analysedFrames = outcome.analysedFrames
            result.remarks = outcome.remarks
            result.failure = result.failure ?? outcome.failure
        }
        return result
    }
}

/// Why a file gave nothing.
public enum ReplayError: Error, Sendable, CustomStringConvertible {
    case noPictures(String)

    static let reason = "holds no picture that can be decoded"

    public var description: String {
        switch self {
        case .noPictures(let path): "\(path): \(Self.reason)"
        }
    }
}
