public import FFmpegIO
import Foundation
import FrameCore
import SceneAnalysis
public import Violations

/// What the analysis believed at one moment of a file, and why: everything that a sheet shows.
///
/// The file is read as a replay reads it, from its start to that moment, so the answer is the replay's own.
public struct Explanation: Sendable {
    /// One region that stands still, with what the rules say of it.
    struct Region: Sendable {
        var seen: SceneStages.Region
        /// nil for one that is not believed yet.
        var published: StillRegion?
        var verdicts: [RuleVerdict]
        var incident: Incident?
    }

    var name: String
    /// The moment shown: the last analysed frame at or before the one asked for.
    var time: FrameTime
    var analysedFrames: Int
    var view: ViewCondition
    /// As decoded.
    var picture: Frame
    var frameSize: PixelSize
    var zones: ZoneSet
    /// nil while the plate is learned.
    var stages: SceneStages?
    var regions: [Region]
    var settings: AnalysisSettings
    /// How long something must have stood to be looked at, seconds.
    var stillAfterSeconds: Double

    /// What is said of each region: a title, and why in plain words.
    public var stories: [String] {
        regions.map { region in
            let story = RegionStory(region, settings: settings.regions)
            return "\(story.title). \(story.reason)"
        }
    }

    /// Reads `path` up to `seconds`.
    /// - Throws: what opening and decoding throw; `ReplayError.noPictures` when no frame comes before that moment.
    public static func of(path: String, at seconds: Double, zones: ZoneSet, library: ProfileLibrary) throws -> Explanation {
        let name = ((path as NSString).lastPathComponent as NSString).deletingPathExtension
        let goal = FrameTime(seconds: seconds)
        var demuxer = try Demuxer(MediaURL(path), options: InputOptions())
        var analysis = ChannelAnalysis(library: library, zones: zones)
        let attention = AttentionPolicy(dwell: analysis.shortestDwell, everyPacket: true)
        var session = StreamSession(demuxer.video, attention: attention, base: .zero)
        var last: Frame?
        var time = FrameTime.zero
        var frames = 0
        var isPast = false
        var failure: AVError?
        func look(_ decoded: borrowing DecodedFrame, _ frame: Frame) {
            guard frame.time <= goal else {
                isPast = true
                return
            }
            frames += 1
            time = frame.time
            _ = analysis.analyze(frame, minuteOfWeek: nil)
            do throws(AVError) { last = try decoded.picture(time: frame.time) } catch { failure = error }
        }
        while !isPast, failure == nil, let packet = try demuxer.next() {
            let shared = packet.intoShared()
            let packetTime = session.time(of: shared)
            if shared.streamChanged { session.change(to: demuxer.video) }
            try session.take(shared, at: packetTime, visit: look)
        }
        if !isPast, failure == nil { try session.finish(visit: look) }
        if let failure { throw failure }
        guard let last, let observation = analysis.observation else { throw ReplayError.noPictures(path) }
        return Explanation(
            name: name, time: time, analysedFrames: frames, view: observation.view, picture: last, frameSize: observation.frameSize,
            zones: zones, stages: analysis.analyzer.stages, regions: regions(analysis, observation), settings: library.analysis,
            stillAfterSeconds: ChannelAnalysis.stillAfter(analysis.shortestDwell).inSeconds)
    }

    /// Believed ones first, then by age.
    private static func regions(_ analysis: ChannelAnalysis, _ observation: SceneObservation) -> [Region] {
        let incidents = analysis.tracker.openIncidents
        let all = (analysis.analyzer.stages?.regions ?? []).map { seen in
            let published = observation.regions.first { $0.id == seen.id }
            return Region(
                seen: seen, published: published,
                verdicts: published.map { analysis.tracker.verdicts(on: $0, frameSize: observation.frameSize) } ?? [],
                incident: published.flatMap { region in
                    incidents.first { $0.box == region.box && $0.firstStill == region.since }
                })
        }
        return all.sorted {
            ($0.published != nil ? 0 : 1, -$0.seen.ageSeconds, $0.seen.id) < ($1.published != nil ? 0 : 1, -$1.seen.ageSeconds, $1.seen.id)
        }
    }
}
