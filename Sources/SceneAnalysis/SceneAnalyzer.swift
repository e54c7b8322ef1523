public import FrameCore
internal import FrameKernels

/// Sees what is left on one street view: feed it frames in order, it answers what stands still.
///
/// Works on luma and chroma at half the analysis frame's size. Pure: the same frames give the same observations. Keeps
/// about 25 bytes for each cell; owned by one thread.
public struct SceneAnalyzer {
    let settings: AnalysisSettings
    private let warmUpSeconds: Double
    private let stillAfterSeconds: Double
    private var frameSize: PixelSize?
    /// The picture in cells; its light is taken out while `isCompensated`.
    private(set) var cells = Cells(size: PixelSize(width: 0, height: 0))
    private(set) var isCompensated = false
    private var shift = ViewShift(size: PixelSize(width: 0, height: 0))
    private var gate: ViewGate
    private(set) var light: LightField
    private var learner: PlateLearner
    private(set) var tracker: RegionTracker
    private(set) var memory: StreetMemory?
    /// Time in which the view was clear, in ticks, and the frame time it was last moved on at.
    private(set) var clearTicks = 0
    private var lastTime: FrameTime?
    private var learningStart: FrameTime?
    private var samplesToSkip = 0
    private var shiftedSince: FrameTime?

    /// - Parameters:
    ///   - warmUp: how long the plate is learned before anything is judged; 3…60 s.
    ///   - stillAfter: how long something must have stood before it is looked at; at most half the shortest dwell.
    public init(settings: AnalysisSettings, warmUp: Duration, stillAfter: Duration) {
        self.settings = settings
        warmUpSeconds = warmUp.inSeconds
        stillAfterSeconds = stillAfter.inSeconds
        let none = PixelSize(width: 0, height: 0)
        gate = ViewGate(size: none, settings: settings.view)
        light = LightField(size: none, settings: settings.light)
        learner = PlateLearner(size: none, seconds: warmUpSeconds)
        tracker = RegionTracker(size: none, settings: settings.regions, stillAfter: stillAfterSeconds)
    }

    /// Takes the next frame; times must not go back.
    ///
    /// A frame of another size than the one before starts the view anew.
    public mutating func analyze(_ frame: Frame) -> SceneObservation {
        if frameSize != frame.size { restart(frame.size) }
        let previousTime = lastTime ?? frame.time
        let elapsed = max(0, (frame.time - previousTime).inSeconds)
        lastTime = frame.time
        let offset = memory == nil && learningStart == nil ? (x: 0, y: 0) : shift.measure(frame.luma)
        isCompensated = false
        Self.fill(&cells, frame, offset)
        if let fault = gate.judge(cells, plate: memory?.plateLuma, movingPart: memory?.movingPart ?? 0, clock: frame.time.seconds) {
            return holdStill(frame, fault)
        }
        shiftedSince = nil
        if samplesToSkip > 0 {
            // The first pictures after a fault are often still settling (focus, exposure, the gate's own delay).
            samplesToSkip -= 1
            return observation(frame, view: .clear)
        }
        guard var memory = memory.take() else { return learn(frame) }
        let before = clearTicks
        clearTicks += Int((min(elapsed, 30) * StreetMemory.ticksPerSecond).rounded())
        light.compensate(&cells, plate: memory.plateLuma)
        isCompensated = true
        memory.step(
            cells, now: clearTicks, elapsedTicks: clearTicks - before, hasColour: hasColour(frame), settings: settings.memory)
        let ended = tracker.update(
            &memory, now: clearTicks, clock: Double(clearTicks) / StreetMemory.ticksPerSecond,
            elapsed: Double(clearTicks - before) / StreetMemory.ticksPerSecond, time: frame.time)
        self.memory = memory
        return observation(frame, view: .clear, ended: ended)
    }

    // MARK: View

    private mutating func restart(_ size: PixelSize) {
        frameSize = size
        let isSmall = size.width <= Self.wholePixelWidth
        let cellSize = isSmall ? size : PixelSize(width: size.width / 2, height: size.height / 2)
        cells = Cells(size: cellSize)
        shift = ViewShift(size: size)
        gate = ViewGate(size: cellSize, settings: settings.view)
        light = LightField(size: cellSize, settings: settings.light)
        forgetPlate()
    }

    /// Frames up to this width are analysed pixel by pixel.
    private static let wholePixelWidth = 400

    private mutating func forgetPlate() {
        memory = nil
        learningStart = nil
        learner = PlateLearner(size: cells.size, seconds: warmUpSeconds)
        tracker = RegionTracker(size: cells.size, settings: settings.regions, stillAfter: stillAfterSeconds)
    }

    private mutating func holdStill(_ frame: Frame, _ fault: ViewFault) -> SceneObservation {
        samplesToSkip = 2
        if fault == .shifted {
            let since = shiftedSince ?? frame.time
            shiftedSince = since
            if (frame.time - since).inSeconds >= settings.view.reseedSeconds {
                shiftedSince = nil
                forgetPlate()
            }
        }
        return observation(frame, view: .fault(fault))
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

    /// - Parameter offset: the pixel of `frame` that cell (0, 0) begins with; beyond the edge its pixels are repeated.
    static func fill(_ cells: inout Cells, _ frame: Frame, _ offset: (x: Int, y: Int)) {
        if cells.size == frame.size {
            fillWhole(&cells, frame, offset)
            return
        }
        Reduce.halve(
            frame.luma.bytes, sourceSize: frame.size, shiftX: offset.x, shiftY: offset.y, into: &cells.luma)
        if frame.cb.size == cells.size {
            Copy.plane(frame.cb.bytes, into: &cells.cb)
            Copy.plane(frame.cr.bytes, into: &cells.cr)
            return
        }
        let chromaWidth = frame.cb.width
        for y in 0..<cells.size.height {
            for x in 0..<cells.size.width {
                let from = y &* chromaWidth &+ x
                cells.cb[y &* cells.size.width &+ x] = frame.cb.bytes[from]
                cells.cr[y &* cells.size.width &+ x] = frame.cr.bytes[from]
            }
        }
    }

    private static func fillWhole(_ cells: inout Cells, _ frame: Frame, _ offset: (x: Int, y: Int)) {
        let width = cells.size.width
        let height = cells.size.height
        let chromaWidth = frame.cb.width
        for y in 0..<height {
            let row = min(max(y &+ offset.y, 0), height &- 1)
            for x in 0..<width {
                let column = min(max(x &+ offset.x, 0), width &- 1)
                let from = (row &>> 1) &* chromaWidth &+ (column &>> 1)
                cells.luma[y &* width &+ x] = frame.luma.bytes[row &* width &+ column]
                cells.cb[y &* width &+ x] = frame.cb.bytes[from]
                cells.cr[y &* width &+ x] = frame.cr.bytes[from]
            }
        }
    }

    /// An infrared picture has no colour at all: its chroma says nothing about a change.
    private func hasColour(_ frame: Frame) -> Bool {
        var sum = 0
        var count = 0
        var i = 0
        while i < frame.cb.bytes.count {
            sum &+= abs(Int(frame.cb.bytes[i]) &- 128) &+ abs(Int(frame.cr.bytes[i]) &- 128)
            count &+= 1
            i &+= 17
        }
        return Double(sum) > 0.8 * Double(count)
    }

    // MARK: Answer

    private func observation(_ frame: Frame, view: ViewCondition, ended: [StillTrack] = []) -> SceneObservation {
        let clock = Double(clearTicks) / StreetMemory.ticksPerSecond
        return SceneObservation(
            time: frame.time, view: view, frameSize: frame.size,
            regions: tracker.tracks.filter { $0.stage == .published }.map { region($0, clock, frame.size) },
            cleared: ended.map { region($0, clock, frame.size) })
    }

    private func region(_ track: StillTrack, _ clock: Double, _ size: PixelSize) -> StillRegion {
        var features = track.features
        features.stir = track.stirCount > 0 ? track.stirSum / track.stirCount : 0
        return StillRegion(
            id: track.id, box: track.group.box.scaled(from: cells.size, to: size), since: track.since,
            stillFor: .microseconds(Int64((clock - track.bornAt) * 1_000_000)), visible: track.visible, features: features)
    }
}
