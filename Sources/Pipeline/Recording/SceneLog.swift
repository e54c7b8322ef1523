package import Evidence
package import FrameCore
package import SceneAnalysis
package import Violations

/// What was on the street in one picture beside an object, for masking and for the quality that a manifest tells of.
package struct SceneNote: Sendable {
    /// In pixels of `frameSize`; nil where the view was not clear, so that nobody knows.
    package var others: [PixelRect]?
    package var frameSize: PixelSize
    /// Part of the object that was visible; nil where it was not seen.
    package var objectVisiblePart: Double?
    package var isInfrared: Bool
    package var fault: ViewFault?

    /// In pixels of a picture of another size, as manifests keep them.
    package func others(in size: PixelSize) -> [EvidenceManifest.Box]? {
        others?.map { EvidenceManifest.Box($0.scaled(from: frameSize, to: size)) }
    }
}

/// Who was on the street in the last minutes, about once a second: stills of then are made when it is too late to look.
package struct SceneLog {
    /// Boxes alone: regions carry twenty measurements that nobody asks for here.
    private struct Moment {
        struct Region {
            var id: Int
            var box: PixelRect
            var visible: Double
        }

        var time: FrameTime
        var view: ViewCondition
        var frameSize: PixelSize
        var isInfrared: Bool
        var regions: [Region]
        var movers: [PixelRect]

        init(_ observation: SceneObservation) {
            (time, view) = (observation.time, observation.view)
            (frameSize, isInfrared) = (observation.frameSize, observation.isInfrared)
            regions = observation.regions.map { Region(id: $0.id, box: $0.box, visible: $0.visible) }
            // A copy of its own: the analyzer uses the storage of its last observation again.
            movers = observation.movers.map { $0 }
        }
    }

    /// The scene before is at most as old as the key frames that are kept: two minutes.
    private static let limit = 150
    private static let leastDistance = Duration.milliseconds(800)
    /// Somebody who walks is a metre further by then; masks have a margin for that.
    private static let reach = Duration.milliseconds(1500)

    private var moments: [Moment] = []
    /// The last of all, whatever the distance.
    private var newest: Moment?

    static func isSameMoment(_ one: FrameTime, _ other: FrameTime) -> Bool { one - other < reach && other - one < reach }

    package init() {}

    package mutating func take(_ observation: SceneObservation) {
        let moment = Moment(observation)
        newest = moment
        if let last = moments.last, moment.time - last.time < Self.leastDistance { return }
        if moments.count >= Self.limit { moments.removeFirst() }
        moments.append(moment)
    }

    /// nil where nothing was seen of that moment.
    package func note(at time: FrameTime, of incident: Incident) -> SceneNote? {
        let all = moments + (newest.map { [$0] } ?? [])
        guard let nearest = all.min(by: { Self.distance($0.time, time) < Self.distance($1.time, time) }),
            Self.isSameMoment(nearest.time, time)
        else { return nil }
        let object = nearest.regions.max { $0.box.overlap(incident.box) < $1.box.overlap(incident.box) }
        let isSeen = object.map { $0.box.overlap(incident.box) > 0.3 } ?? false
        let others = nearest.regions.filter { !(isSeen && $0.id == object?.id) }.map(\.box) + nearest.movers
        var fault: ViewFault?
        if case .fault(let named) = nearest.view { fault = named }
        return SceneNote(
            others: nearest.view.isClear ? others : nil, frameSize: nearest.frameSize,
            objectVisiblePart: isSeen ? object?.visible : nil, isInfrared: nearest.isInfrared, fault: fault)
    }

    private static func distance(_ one: FrameTime, _ other: FrameTime) -> Duration { one > other ? one - other : other - one }
}
