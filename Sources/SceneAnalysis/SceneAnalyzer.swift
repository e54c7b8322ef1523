public import FrameCore

/// Sees what is left on one street view: feed it frames in order, it answers what stands still.
///
/// Works on luma and chroma at half the analysis frame's size. Pure: the same frames give the same observations. Keeps
/// about 25 bytes for each cell, and as much again for each other preset and light that the camera has shown; owned by
/// one thread.
public struct SceneAnalyzer: Codable {
    let settings: AnalysisSettings
    let warmUpSeconds: Double
    let stillAfterSeconds: Double
    var frameSize: PixelSize?
    /// The picture in cells; its light is taken out while `isCompensated`.
    var cells = Cells(size: PixelSize(width: 0, height: 0))
    private(set) var isCompensated = false
    var shift = ViewShift(size: PixelSize(width: 0, height: 0))
    var gate: ViewGate
    private(set) var overlay: OverlayFinder
    private(set) var light: LightField
    private var lightWatch: LightWatch
    /// The last picture while the light was changing.
    private var steppingCells = Cells(size: PixelSize(width: 0, height: 0))
    private var learner: PlateLearner
    var tracker: RegionTracker
    var memory: StreetMemory?
    /// The direction that the camera looks in, from 0.
    var preset = 0
    /// The other directions that are known, the longest left first.
    var otherViews: [KnownView] = []
    var turn = CameraTurn()
    /// Time in which the view was clear, in ticks, and the frame time it was last moved on at.
    var clearTicks = 0
    /// Of the frame taken last.
    public private(set) var lastTime: FrameTime?
    private var learningStart: FrameTime?
    var samplesToSkip = 0
    /// Clear time at which the picture was taken that shakes are measured against, seconds.
    var referenceClock = 0.0
    /// What stands, as told last: used again once nobody else keeps the answer.
    private var standing: [StillRegion] = []
    private var moving: [PixelRect] = []
    private static let usualRegions = 16
    /// Called at the end of each stage of a frame, for benchmarks: the analysis itself reads no clock.
    package var stageProbe: (@Sendable (AnalysisStage) -> Void)?

    /// All that the next frame depends on. Encoded, it is a checkpoint: what is decoded from it goes on exactly as this one would
    /// have. `archive()` instead keeps what outlives a break.
    private enum CodingKeys: String, CodingKey {
        case settings, warmUpSeconds, stillAfterSeconds, frameSize, cells, isCompensated, shift, gate, overlay, light, lightWatch
        case steppingCells, learner, tracker, memory, preset, otherViews, turn, clearTicks, lastTime, learningStart, samplesToSkip
        case referenceClock
    }

    /// - Parameters:
    ///   - warmUp: how long the plate is learned before anything is judged; 3…60 s.
    ///   - stillAfter: how long something must have stood before it is looked at; at most half the shortest dwell.
    public init(settings: AnalysisSettings, warmUp: Duration, stillAfter: Duration) {
        self.settings = settings
        warmUpSeconds = warmUp.inSeconds
        stillAfterSeconds = stillAfter.inSeconds
        let none = PixelSize(width: 0, height: 0)
        gate = ViewGate(size: none, settings: settings.view)
        overlay = OverlayFinder(size: none, settings: settings.view.overlay)
        light = LightField(size: none, settings: settings.light)
        lightWatch = LightWatch(settings: settings.light)
        learner = PlateLearner(size: none, seconds: warmUpSeconds)
        tracker = RegionTracker(size: none, settings: settings, stillAfter: stillAfterSeconds)
        standing.reserveCapacity(Self.usualRegions)
        moving.reserveCapacity(Self.usualRegions)
    }

    /// Takes the next frame; times must not go back.
    ///
    /// A frame of another size than the one before starts the view anew.
    public mutating func analyze(_ frame: Frame) -> SceneObservation {
        if frameSize != frame.size { restart(frame.size) }
        let elapsed = max(0, (frame.time - (lastTime ?? frame.time)).inSeconds)
        lastTime = frame.time
        let offset = memory == nil && learningStart == nil ? (x: 0, y: 0) : shift.measure(frame.luma)
        isCompensated = false
        cells.fill(frame, offset: offset)
        stageProbe?(.picture)
        if overlay.observe(cells.luma, clock: frame.time.seconds) {
            gate.ignore(overlay.mask)
            overlay.takeUpMask()
        }
        if let fault = gate.judge(cells, memory: memory, clock: frame.time.seconds) {
            samplesToSkip = 2
            if fault == .shifted { watchTurn(at: frame.time) } else { turn.end() }
            return observation(frame, view: .fault(fault))
        }
        stageProbe?(.view)
        // What may turn out to be a fault is neither learned nor counted.
        if gate.isSuspect { return observation(frame, view: .clear) }
        turn.end()
        if samplesToSkip > 0 {
            // The first pictures after a fault are often still settling (focus, exposure, the gate's own delay).
            samplesToSkip -= 1
            return observation(frame, view: .clear)
        }
        guard var memory = memory.take() else { return learn(frame) }
        defer { self.memory = memory }
        light.measure(cells, plate: memory.plateLuma)
        switch lightWatch.judge(light.ratios, hasColour: cells.hasColour, clock: frame.time.seconds) {
        case .stepping:
            steppingCells = cells
            return observation(frame, view: .clear)
        case .settled: settle(&memory, takesUpRest: true)
        // What looks different after hours may have come in between.
        case .resumed: settle(&memory, takesUpRest: false)
        case .steady: break
        }
        light.compensate(&cells)
        isCompensated = true
        overlay.cover(&cells, with: memory)
        stageProbe?(.light)
        let before = clearTicks
        clearTicks += Int((min(elapsed, 30) * StreetMemory.ticksPerSecond).rounded())
        memory.step(cells, now: clearTicks, elapsedTicks: clearTicks - before, settings: settings.memory)
        stageProbe?(.memory)
        refreshReference(frame, offset, memory)
        let ended = tracker.update(
            &memory, frame, shift: offset, now: clearTicks, clock: clearClock,
            elapsed: Double(clearTicks - before) / StreetMemory.ticksPerSecond)
        stageProbe?(.regions)
        return observation(frame, view: .clear, ended: ended)
    }

    /// Takes a newer picture to measure shakes against, at a moment when the camera is where it was and little moves.
    private mutating func refreshReference(_ frame: Frame, _ offset: (x: Int, y: Int), _ memory: StreetMemory) {
        guard offset == (0, 0), clearClock - referenceClock >= settings.view.referenceSeconds,
            memory.movingPart <= settings.view.referenceMovingPart
        else { return }
        referenceClock = clearClock
        shift.setReference(frame.luma)
    }

    /// Seconds of clear view.
    private var clearClock: Double { Double(clearTicks) / StreetMemory.ticksPerSecond }

    // MARK: Light

    /// The light came to rest after a step: takes the plate that explains the street as it looks now, or makes one.
    ///
    /// - Parameter takesUpRest: whether what a plate that explains nearly all leaves unexplained is light as well.
    private mutating func settle(_ memory: inout StreetMemory, takesUpRest: Bool) {
        let limit = settings.light.maximumUnexplained
        func brought(_ picture: Cells, to plate: PlateSet) -> Cells {
            var picture = picture
            light.measure(picture, plate: plate.luma)
            light.compensate(&picture)
            return picture
        }
        func unexplained(_ plate: PlateSet) -> Double {
            memory.unexplained(brought(cells, to: plate), by: plate, settings: settings.memory)
        }
        let present = memory.plateSet
        if unexplained(present) <= limit {
            guard takesUpRest else { return light.measure(cells, plate: memory.plateLuma) }
            memory.takeUp(brought(cells, to: present), before: brought(steppingCells, to: present), settings: settings.memory)
        } else {
            let known = memory.otherLights.map(unexplained)
            if let best = known.indices.min(by: { known[$0] < known[$1] }), known[best] <= limit {
                memory.adopt(known: best, showing: cells)
            } else {
                memory.relight(showing: cells, keeping: settings.light.keptPlates)
            }
        }
        lightWatch.restart()
        gate.plateChanged()
        light.measure(cells, plate: memory.plateLuma)
    }

    // MARK: View

    private mutating func restart(_ size: PixelSize) {
        frameSize = size
        cells = Cells(frameSize: size)
        shift = ViewShift(size: size)
        gate = ViewGate(size: cells.size, settings: settings.view)
        overlay = OverlayFinder(size: cells.size, settings: settings.view.overlay)
        light = LightField(size: cells.size, settings: settings.light)
        otherViews = []
        preset = 0
        forgetPlate()
    }

    /// Goes on with what was saved. The light may be another one by now: that is found out before anything is judged.
    mutating func takeUp(_ present: KnownView, others: [KnownView], size: PixelSize) {
        restart(size)
        otherViews = others
        preset = present.preset
        memory = present.memory
        tracker = present.tracker
        shift = present.shift
        clearTicks = present.clearTicks
        lightWatch.expectChange()
        // The first picture is compared with itself only.
        steppingCells = cells
    }

    /// Begins to learn what the camera shows now.
    mutating func forgetPlate() {
        memory = nil
        learningStart = nil
        learner = PlateLearner(size: cells.size, seconds: warmUpSeconds)
        lightWatch.restart()
        referenceClock = clearClock
        tracker = RegionTracker(
            size: cells.size, settings: settings, stillAfter: stillAfterSeconds, firstID: tracker.nextID)
    }

    private mutating func learn(_ frame: Frame) -> SceneObservation {
        let start = learningStart ?? frame.time
        if learningStart == nil { shift.setReference(frame.luma) }
        learningStart = start
        let passed = (frame.time - start).inSeconds
        var learned = learner.add(cells, clock: passed)
        if learned == nil && passed >= warmUpSeconds { learned = learner.finishEarly() }
        if let learned { memory = StreetMemory(plate: learned.plate, noiseLevels: learned.noise) }
        return observation(frame, view: .learning(remaining: max(0, warmUpSeconds - passed)))
    }

    // MARK: Answer

    private mutating func observation(_ frame: Frame, view: ViewCondition, ended: [StillTrack] = []) -> SceneObservation {
        standing.removeAll(keepingCapacity: true)
        for index in tracker.tracks.indices where tracker.tracks[index].stage == .published {
            standing.append(region(tracker.tracks[index], frame.size))
        }
        moving.removeAll(keepingCapacity: true)
        if view.isClear {
            for mover in tracker.moving { moving.append(mover.box.scaled(from: cells.size, to: frame.size)) }
        }
        return SceneObservation(
            time: frame.time, view: view, frameSize: frame.size, regions: standing, movers: moving,
            cleared: ended.isEmpty ? [] : ended.map { region($0, frame.size) }, isInfrared: !cells.hasColour,
            outOfView: otherViews.isEmpty
                ? [] : otherViews.flatMap { $0.tracker.tracks.filter { $0.stage == .published }.map(\.id) })
    }

    private func region(_ track: StillTrack, _ size: PixelSize) -> StillRegion {
        StillRegion(
            id: track.id, box: track.group.box.scaled(from: cells.size, to: size), since: track.since,
            stillFor: .microseconds(Int64((clearClock - track.bornAt) * 1_000_000)), visible: track.visible,
            features: track.wholeFeatures)
    }
}
