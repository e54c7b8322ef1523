public import FFmpegIO
import Foundation
package import FrameCore
package import SceneAnalysis
public import Violations

/// A labelled clip after its pixels were analysed once: what was observed does not depend on the rules, so that rules can be
/// tried on it thousands of times, in milliseconds.
public struct ObservedClip: Sendable {
    public let truth: GroundTruth.Clip
    private let name: String
    private let observations: [SceneObservation]
    private let sourceSize: PixelSize

    /// Reads and analyses the file in `folder`.
    /// - Throws: what opening and decoding throw; `ReplayError.noPictures` when it holds none.
    public static func observe(
        _ truth: GroundTruth.Clip, in folder: String, library: ProfileLibrary, stop: StopFlag = StopFlag(),
        progress: (Double) -> Void = { _ in }
    ) throws -> ObservedClip {
        let path = "\(folder)/\(truth.file)"
        var demuxer = try Demuxer(MediaURL(path), options: InputOptions(stop: stop))
        var analysis = ChannelAnalysis(library: library, zones: truth.zones)
        let attention = AttentionPolicy(dwell: analysis.shortestDwell, everyPacket: true)
        var session = StreamSession(demuxer.video, attention: attention, base: .zero)
        var observations: [SceneObservation] = []
        var sourceSize = demuxer.video.size
        func look(_ picture: borrowing DecodedFrame, _ frame: Frame) {
            sourceSize = picture.size
            _ = analysis.analyze(frame, minuteOfWeek: nil)
            if let observation = analysis.observation { observations.append(observation) }
        }
        while let packet = try demuxer.next() {
            let shared = packet.intoShared()
            let time = session.time(of: shared)
            if shared.streamChanged { session.change(to: demuxer.video) }
            try session.take(shared, at: time, visit: look)
            progress(time.seconds)
        }
        try session.finish(visit: look)
        guard !observations.isEmpty else { throw ReplayError.noPictures(path) }
        let name = (truth.file as NSString).deletingPathExtension
        return ObservedClip(truth: truth, name: name, observations: observations, sourceSize: sourceSize)
    }

    package init(truth: GroundTruth.Clip, name: String, observations: [SceneObservation], sourceSize: PixelSize) {
        self.truth = truth
        self.name = name
        self.observations = observations
        self.sourceSize = sourceSize
    }

    /// The findings that these rules make of it, as a replay would.
    func findings(_ rules: RuleBook) -> [Finding] {
        var tracker = ViolationTracker(zones: truth.zones, rules: rules)
        var ended: [Incident] = []
        for observation in observations {
            for event in tracker.judge(observation, minuteOfWeek: nil) {
                if case .cleared(let incident) = event { ended.append(incident) }
            }
        }
        let all = ended + tracker.openIncidents.filter { $0.phase == .confirmed }
        return all.sorted { ($0.firstStill, $0.id) < ($1.firstStill, $1.id) }.compactMap {
            Finding(clip: name, incident: $0, sourceSize: sourceSize)
        }
    }
}
