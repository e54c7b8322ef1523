/// Repairs the time stamps of a clip: begins at zero, decoding times rise, gaps of the camera's clock are closed.
///
/// All values are ticks of the packets' time base.
struct ClipTimeline {
    struct Place: Hashable {
        var pts: Int64
        var dts: Int64
        var duration: Int64
    }

    /// A step longer than this, or as far back as `longestStepBack`, is a jump of the clock and not of the scene.
    private let longestGap: Int64
    private let longestStepBack: Int64
    private var offset: Int64?
    private var last: Int64?
    private var step: Int64

    private let reordersFrames: Bool

    init(ticksPerSecond: Int64, typicalStep: Int64, reordersFrames: Bool) {
        self.reordersFrames = reordersFrames
        longestGap = 30 * ticksPerSecond
        longestStepBack = ticksPerSecond
        step = max(1, typicalStep)
    }

    mutating func place(pts: Int64?, dts: Int64?, duration: Int64) -> Place {
        guard let raw = dts ?? pts else {
            let next = last.map { $0 + step } ?? 0
            last = next
            return Place(pts: next, dts: next, duration: duration > 0 ? duration : step)
        }
        if dts == nil, reordersFrames, let last, let offset {
            // Matroska leaves the decoding time out at the start of a stream with B-frames: the next moment will do.
            self.last = last + 1
            return Place(pts: max(raw - offset, last + 1), dts: last + 1, duration: duration > 0 ? duration : step)
        }
        var shift = offset ?? raw
        var place = raw - shift
        if let last {
            let gap = place - last
            if gap > longestGap || gap < -longestStepBack {
                shift += gap - step
                place = last + step
            } else if gap <= 0 {
                place = last + 1
            } else {
                step = gap
            }
        }
        offset = shift
        last = place
        var shown = (pts ?? raw) - shift
        if shown < place || shown > place + longestGap { shown = place }
        return Place(pts: shown, dts: place, duration: duration > 0 ? duration : step)
    }
}
