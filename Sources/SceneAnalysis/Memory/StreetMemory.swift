internal import FrameCore
internal import FrameKernels

/// What the analyzer remembers of each cell: the clean plate, its noise, and what stands before it since when.
struct StreetMemory {
    /// Ticks of the memory's clock in a second; 16 bits of them last 17 minutes, `hitCapSeconds` must stay below.
    static let ticksPerSecond = 64.0
    /// The birth clock is coarser, so that 16 bits last over two hours.
    static let ticksPerBirthTick = 8

    let size: PixelSize
    private(set) var plateLuma: [UInt16]
    private(set) var plateCb: [UInt16]
    private(set) var plateCr: [UInt16]
    private(set) var noise: [UInt16]
    private(set) var candidateLuma: [UInt8]
    private(set) var candidateCb: [UInt8]
    private(set) var candidateCr: [UInt8]
    private(set) var hits: [UInt16]
    private(set) var misses: [UInt16]
    /// When the candidate came, in coarse ticks of the memory's clock.
    private(set) var birth: [UInt16]
    private(set) var state: [UInt8]
    /// 1 where an open region keeps its cells.
    private(set) var held: [UInt8]
    private var previousLuma: [UInt8]
    private var scratch: MemoryStep.Scratch

    /// Starts from a clean plate; `noiseLevels` is the mean absolute deviation that was seen while learning it.
    init(plate: Cells, noiseLevels: [UInt8]) {
        size = plate.size
        plateLuma = plate.luma.map { UInt16($0) << 8 }
        plateCb = plate.cb.map { UInt16($0) << 8 }
        plateCr = plate.cr.map { UInt16($0) << 8 }
        noise = noiseLevels.map { UInt16($0) << 8 }
        candidateLuma = plate.luma
        candidateCb = plate.cb
        candidateCr = plate.cr
        hits = [UInt16](repeating: 0, count: size.area)
        misses = hits
        birth = hits
        state = [UInt8](repeating: 0, count: size.area)
        held = state
        previousLuma = plate.luma
        scratch = MemoryStep.Scratch(count: size.area)
    }

    /// Takes one light-compensated picture; `now` counts ticks of time in which the view was clear.
    mutating func step(_ cells: Cells, now: Int, elapsedTicks: Int, hasColour: Bool, settings: MemorySettings) {
        let seconds = Double(elapsedTicks) / Self.ticksPerSecond
        let step = MemoryStep.Settings(
            ticks: UInt16(min(elapsedTicks, 1024)),
            now: UInt16(truncatingIfNeeded: now / Self.ticksPerBirthTick), coverShift: 3,
            hitCap: UInt16(settings.hitCapSeconds * Self.ticksPerSecond),
            plateRate: Int32(65536 * min(0.5, seconds / settings.plateSeconds)),
            noiseRate: Int32(65536 * min(0.5, seconds / settings.noiseSeconds)),
            thresholdSlope: UInt16(settings.thresholdSlope * 256), thresholdBase: UInt16(settings.thresholdBase),
            thresholdLow: UInt16(settings.thresholdLow), thresholdHigh: UInt16(settings.thresholdHigh),
            noiseFactor: UInt16(settings.noiseFactor), chromaWeight: hasColour ? UInt16(settings.chromaWeight) : 0)
        MemoryStep.run(
            step, luma: cells.luma, cb: cells.cb, cr: cells.cr, previous: previousLuma, held: held,
            plateLuma: &plateLuma, plateCb: &plateCb, plateCr: &plateCr, noise: &noise, candidateLuma: &candidateLuma,
            candidateCb: &candidateCb, candidateCr: &candidateCr, hits: &hits, misses: &misses, birth: &birth,
            state: &state, scratch: &scratch)
        Copy.plane(cells.luma, into: &previousLuma)
    }

    /// Part of the cells that something moved in with the last step.
    var movingPart: Double {
        var count = 0
        for value in state where value == MemoryStep.State.moving { count &+= 1 }
        return Double(count) / Double(max(1, state.count))
    }

    func plate(at index: Int) -> Int { Int(plateLuma[index] >> 8) }

    /// Age of a cell's candidate in ticks; right for two hours.
    func age(at index: Int, now: Int) -> Int {
        Int(UInt16(truncatingIfNeeded: now / Self.ticksPerBirthTick) &- birth[index]) * Self.ticksPerBirthTick
    }

    /// Keeps the candidate of these cells whatever covers them.
    mutating func hold(_ cells: [Int32]) {
        for index in cells { held[Int(index)] = 1 }
    }

    /// The region is over: its cells start afresh, with the plate as it was.
    mutating func release(_ cells: [Int32]) {
        for index in cells {
            held[Int(index)] = 0
            hits[Int(index)] = 0
            misses[Int(index)] = 0
        }
    }

    /// What stands here belongs to the street (a ghost, a change of light): the candidate becomes the plate.
    mutating func absorb(_ cells: [Int32]) {
        for cell in cells {
            let index = Int(cell)
            plateLuma[index] = UInt16(candidateLuma[index]) << 8
            plateCb[index] = UInt16(candidateCb[index]) << 8
            plateCr[index] = UInt16(candidateCr[index]) << 8
        }
        release(cells)
    }
}
