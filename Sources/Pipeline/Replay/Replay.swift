public import FFmpegIO
import Foundation
import FrameCore
public import SceneAnalysis
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
    }

    /// How far one file has come.
    public struct Progress: Sendable {
        public var file: String
        public var seconds: Double
        public var durationSeconds: Double?
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
    public func run(path: String, zones: ZoneSet, stop: StopFlag = StopFlag(), progress: (Progress) -> Void = { _ in }) -> Result {
        let name = ((path as NSString).lastPathComponent as NSString).deletingPathExtension
        var result = Result(file: path)
        do {
            try read(path, name, zones, stop, &result, progress)
        } catch {
            result.failure = "\(error)"
        }
        return result
    }

    private func read(
        _ path: String, _ name: String, _ zones: ZoneSet, _ stop: StopFlag, _ result: inout Result, _ progress: (Progress) -> Void
    ) throws {
        let url = try MediaURL(path)
        var demuxer = try Demuxer(url, options: InputOptions(stop: stop))
        var analysis = ChannelAnalysis(library: library, zones: zones)
        let attention =
            sampling.map { AttentionPolicy(sampling: $0) } ?? AttentionPolicy(dwell: analysis.shortestDwell, everyPacket: true)
        var session = StreamSession(demuxer.video, attention: attention, base: .zero)
        var ended: [Incident] = []
        var faults = ViewFaultLog()
        var frames = 0
        var sourceSize = demuxer.video.size
        var reported = ContinuousClock.now
        func look(_ picture: borrowing DecodedFrame, _ frame: Frame) {
            frames += 1
            sourceSize = picture.size
            for event in analysis.analyze(frame, minuteOfWeek: nil) {
                if case .cleared(let incident) = event { ended.append(incident) }
            }
            faults.add(analysis.view, at: frame.time)
        }
        while let packet = try demuxer.next() {
            let shared = packet.intoShared()
            let time = session.time(of: shared)
            if shared.streamChanged {
                result.remarks.append(
                    "the picture changes to \(demuxer.video.size.width)×\(demuxer.video.size.height) at \(time.seconds) s")
                session.change(to: demuxer.video)
            }
            try session.take(shared, at: time, visit: look)
            result.seconds = max(result.seconds, (time + shared.duration).seconds)
            if reported.duration(to: .now) > .milliseconds(50) {
                reported = .now
                progress(
                    Progress(
                        file: path, seconds: time.seconds, durationSeconds: demuxer.duration?.inSeconds,
                        findings: ended.count + analysis.confirmedIncidents.count))
            }
        }
        try session.finish(visit: look)
        if frames == 0 { throw ReplayError.noPictures(path) }
        let incidents = (ended + analysis.confirmedIncidents).sorted { ($0.firstStill, $0.id) < ($1.firstStill, $1.id) }
        result.findings = incidents.compactMap { Finding(clip: name, incident: $0, sourceSize: sourceSize) }
        result.analysedFrames = frames
        result.viewFaults = faults.spans(end: FrameTime(seconds: result.seconds))
        if session.skips.damaged > 0 { result.remarks.append("\(session.skips.damaged) damaged pictures were passed over") }
        if session.skips.jumps > 0 { result.remarks.append("its time stamps jump \(session.skips.jumps) times") }
        if let declared = demuxer.duration, declared.inSeconds - result.seconds > 5 {
            result.remarks.append("ends \(Int(declared.inSeconds - result.seconds)) s earlier than it says: cut off?")
        }
    }
}

/// Why a file gave nothing.
public enum ReplayError: Error, Sendable, CustomStringConvertible {
    case noPictures(String)

    public var description: String {
        switch self {
        case .noPictures(let path): "\(path): holds no picture that can be decoded"
        }
    }
}

/// A time for which the view could not be judged.
public struct ViewFaultSpan: Codable, Sendable, Hashable {
    public var kind: ViewFault
    public var fromSeconds: Double
    public var toSeconds: Double

    public init(kind: ViewFault, fromSeconds: Double, toSeconds: Double) {
        self.kind = kind
        self.fromSeconds = fromSeconds
        self.toSeconds = toSeconds
    }

    enum CodingKeys: String, CodingKey {
        case kind
        case fromSeconds = "from_s"
        case toSeconds = "to_s"
    }
}

/// Joins the view conditions of single frames to spans.
struct ViewFaultLog {
    private var closed: [ViewFaultSpan] = []
    private var current: (kind: ViewFault, from: FrameTime)?

    mutating func add(_ view: ViewCondition, at time: FrameTime) {
        let fault: ViewFault? = if case .fault(let kind) = view { kind } else { nil }
        if current?.kind == fault { return }
        close(at: time)
        current = fault.map { ($0, time) }
    }

    func spans(end: FrameTime) -> [ViewFaultSpan] {
        var log = self
        log.close(at: end)
        return log.closed
    }

    private mutating func close(at time: FrameTime) {
        guard let current else { return }
        closed.append(
            ViewFaultSpan(kind: current.kind, fromSeconds: current.from.seconds, toSeconds: time.seconds))
        self.current = nil
    }
}
