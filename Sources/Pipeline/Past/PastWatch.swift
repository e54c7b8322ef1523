import FrameCore
import SceneAnalysis

/// Watches the region through one pass over the footage and keeps what stood in it. Time must go forward in it; a pass from
/// the end hands in times that count back from there.
struct PastWatch {
    /// Something that stood, by indices of the pictures that were shown.
    struct Stay {
        enum Ending {
            case standing, vanished, lost
        }

        var regionID: Int
        /// In pixels of the analysis frame, as seen last.
        var box: PixelRect
        var frameSize: PixelSize
        var since: FrameTime
        /// Pictures in which it was seen well.
        var seen: [Int32]
        /// Seen at all, last.
        var lastSeen: Int
        var ending = Ending.standing
        /// The picture in which the place was believed to be free.
        var endedAt: Int?
    }

    /// Of a region, seen in the picture by at least so much: it is there.
    private static let seenPart = 0.3
    private static let wellSeenPart = 0.75
    /// Part of a stay's box that must lie in the region, or part of the region that it must cover.
    private static let insidePart = 0.35
    private static let coveredPart = 0.6
    /// Something moves through when it fills this part of the region.
    private static let busyPart = 0.02
    /// A stay that was lost and found again at its place within so long is one.
    private static let rejoinAfter = Duration.seconds(60)

    private let region: Polygon
    private var analyzer: SceneAnalyzer
    private var regionMask: (size: PixelSize, frame: [UInt8], cells: [UInt8])?
    private var open: [Stay] = []
    private(set) var closed: [Stay] = []
    private(set) var marks: [KeyFrameReel.Mark] = []
    /// By picture: its time in this pass.
    private(set) var times: [FrameTime] = []
    /// By picture: whether something moved through.
    private(set) var busy: [Bool] = []
    /// By picture: nil where the view was clear; what else it was.
    private(set) var views: [String?] = []
    private var stillAfter: Duration

    init(_ question: PastQuestion, settings: AnalysisSettings) {
        region = question.region
        stillAfter = ChannelAnalysis.stillAfter(question.stay)
        analyzer = SceneAnalyzer(settings: settings, warmUp: ChannelAnalysis.warmUp(question.stay), stillAfter: stillAfter)
    }

    var count: Int { open.count + closed.count }

    /// - Parameter time: of the pass; never before the last.
    mutating func look(_ frame: Frame, at time: FrameTime, mark: KeyFrameReel.Mark) {
        var frame = frame
        frame.time = time
        let index = marks.count
        marks.append(mark)
        times.append(time)
        let observation = analyzer.analyze(frame)
        switch observation.view {
        case .clear: views.append(nil)
        case .learning: views.append("learning")
        case .fault(let fault): views.append(fault.rawValue)
        }
        let masks = masks(for: observation.frameSize)
        busy.append((analyzer.movingPart(of: masks.cells) ?? 0) >= Self.busyPart)
        for region in observation.cleared {
            guard let at = open.firstIndex(where: { $0.regionID == region.id }) else { continue }
            close(at, .vanished, index)
        }
        guard observation.view.isClear else { return }
        for region in observation.regions { take(region, index, observation.frameSize, masks.frame) }
        for at in open.indices.reversed() {
            let id = open[at].regionID
            guard !observation.regions.contains(where: { $0.id == id }), !observation.outOfView.contains(id) else { continue }
            close(at, .lost, index)
        }
    }

    /// The footage is over: `closed` holds all stays, those that still stand among them.
    mutating func finish() {
        closed += open
        open = []
        closed.sort { ($0.since, $0.regionID) < ($1.since, $1.regionID) }
        rejoin()
    }

    private mutating func take(_ region: StillRegion, _ index: Int, _ size: PixelSize, _ mask: [UInt8]) {
        let isSeen = region.visible >= Self.seenPart
        if let at = open.firstIndex(where: { $0.regionID == region.id }) {
            open[at].box = region.box
            open[at].since = min(open[at].since, region.since)
            if isSeen { open[at].lastSeen = index }
            if region.visible >= Self.wellSeenPart { open[at].seen.append(Int32(index)) }
            return
        }
        guard isInside(region.box, size, mask) else { return }
        open.append(
            Stay(
                regionID: region.id, box: region.box, frameSize: size, since: region.since,
                seen: region.visible >= Self.wellSeenPart ? [Int32(index)] : [], lastSeen: index))
    }

    private mutating func close(_ at: Int, _ ending: Stay.Ending, _ index: Int) {
        var stay = open.remove(at: at)
        stay.ending = ending
        stay.endedAt = index
        closed.append(stay)
    }

    /// What was lost behind something and found again is one stay.
    private mutating func rejoin() {
        var joined: [Stay] = []
        for stay in closed {
            let before = joined.lastIndex { earlier in
                guard earlier.ending == .lost, let endedAt = earlier.endedAt, earlier.box.overlap(stay.box) >= 0.5 else { return false }
                let gap = stay.since - times[endedAt]
                return gap < Self.rejoinAfter && stay.lastSeen > earlier.lastSeen
            }
            guard let before else {
                joined.append(stay)
                continue
            }
            joined[before].box = stay.box
            joined[before].seen += stay.seen
            joined[before].lastSeen = stay.lastSeen
            joined[before].ending = stay.ending
            joined[before].endedAt = stay.endedAt
        }
        closed = joined
    }

    // MARK: The region

    private func isInside(_ box: PixelRect, _ size: PixelSize, _ mask: [UInt8]) -> Bool {
        guard box.area > 0 else { return false }
        var inside = 0
        let part = box.intersection(PixelRect(x: 0, y: 0, width: size.width, height: size.height))
        for y in part.y..<part.maxY {
            for x in part.x..<part.maxX where mask[y * size.width + x] != 0 { inside += 1 }
        }
        let regionArea = max(1, region.area * Double(size.area))
        return Double(inside) >= Self.insidePart * Double(box.area) || Double(inside) >= Self.coveredPart * regionArea
    }

    private mutating func masks(for size: PixelSize) -> (frame: [UInt8], cells: [UInt8]) {
        if let regionMask, regionMask.size == size { return (regionMask.frame, regionMask.cells) }
        var frame = [UInt8](repeating: 0, count: size.area)
        region.fill(&frame, size: size, value: 1)
        let cellSize = analyzer.cellSize
        var cells = [UInt8](repeating: 0, count: cellSize.area)
        region.fill(&cells, size: cellSize, value: 1)
        regionMask = (size, frame, cells)
        return (frame, cells)
    }
}
