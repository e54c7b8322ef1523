internal import FrameCore

/// A camera that turns: each direction keeps its own background, and what stands in it is held while it is out of view.
extension SceneAnalyzer {
    /// Directions that are kept besides the present one.
    static let keptViews = 8

    /// The view is not the one that is known: is it another known one, or a new one that stays?
    mutating func watchTurn(at time: FrameTime) {
        guard let rest = turn.add(cells.luma, at: time) else { return }
        if let known = otherViews.indices.last(where: { gate.isSameView(cells, as: otherViews[$0].memory) }) {
            let view = otherViews.remove(at: known)
            leaveView(at: time)
            preset = view.preset
            memory = view.memory
            shift = view.shift
            clearTicks = view.clearTicks
            referenceClock = Double(clearTicks) / StreetMemory.ticksPerSecond
            let nextID = tracker.nextID
            tracker = view.tracker
            tracker.nextID = nextID
            gate.plateChanged()
            turn.end()
        } else if rest >= settings.view.reseedSeconds {
            leaveView(at: time)
            preset = 1 + max(preset, otherViews.map(\.preset).max() ?? 0)
            shift = ViewShift(size: shift.size)
            forgetPlate()
            samplesToSkip = 0
            turn.end()
        }
    }

    private mutating func leaveView(at time: FrameTime) {
        guard let memory else { return }
        otherViews.append(
            KnownView(preset: preset, memory: memory, tracker: tracker, shift: shift, clearTicks: clearTicks, leftAt: time))
        if otherViews.count > Self.keptViews { otherViews.removeFirst() }
    }
}
