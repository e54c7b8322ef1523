internal import FrameCore
internal import FrameKernels

/// What the analyzer remembers of each cell: the clean plate, its noise, and what stands before it since when.
struct StreetMemory: Codable {
    /// Ticks of the memory's clock in a second; 16 bits of them last 17 minutes, `hitCapSeconds` must stay below.
    static let ticksPerSecond = 64.0
    /// The birth clock is coarser, so that 16 bits last over two hours.
    static let ticksPerBirthTick = 8

    let size: PixelSize
    /// Whether the plate was learned from pictures in colour.
    var hasColour: Bool
    var plateLuma: [UInt16]
    var plateCb: [UInt16]
    var plateCr: [UInt16]
    var noise: [UInt16]
    var candidateLuma: [UInt8]
    var candidateCb: [UInt8]
    var candidateCr: [UInt8]
    var hits: [UInt16]
    var misses: [UInt16]
    /// When the candidate came, in coarse ticks of the memory's clock.
    var birth: [UInt16]
    var state: [UInt8]
    /// 1 where an open region keeps its cells.
    var held: [UInt8]
    /// Luma of the picture that was taken last, after light compensation.
    var currentLuma: [UInt8]
    /// The street in the other lights that it has been seen in, the longest unused first.
    var otherLights: [PlateSet] = []
    /// The plate before the last absorption, where there was one.
    var formerLuma: [UInt8]
    var formerCb: [UInt8]
    var formerCr: [UInt8]
    var hasFormer: [UInt8]
    private var scratch: MemoryStep.Scratch

    /// Starts from a clean plate; `noiseLevels` is the mean absolute deviation that was seen while learning it.
    init(plate: Cells, noiseLevels: [UInt8]) {
        size = plate.size
        hasColour = plate.hasColour
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
        currentLuma = plate.luma
        formerLuma = plate.luma
        formerCb = plate.cb
        formerCr = plate.cr
        hasFormer = state
        scratch = MemoryStep.Scratch(count: size.area)
    }

    /// Takes one light-compensated picture; `now` counts ticks of time in which the view was clear.
    mutating func step(_ cells: Cells, now: Int, elapsedTicks: Int, settings: MemorySettings) {
        let seconds = Double(elapsedTicks) / Self.ticksPerSecond
        // What is new came between two pictures: halfway is the best guess, but never a second before it was seen.
        let halfway = min(elapsedTicks / 2, Int(Self.ticksPerSecond))
        let step = MemoryStep.Settings(
            ticks: UInt16(min(elapsedTicks, 1024)),
            bornNow: UInt16(truncatingIfNeeded: (now - halfway) / Self.ticksPerBirthTick),
            bornNext: UInt16(truncatingIfNeeded: (now + halfway) / Self.ticksPerBirthTick), coverShift: 3,
            hitCap: UInt16(settings.hitCapSeconds * Self.ticksPerSecond),
            plateRate: Int32(65536 * min(0.5, seconds / settings.plateSeconds)),
            noiseRate: Int32(65536 * min(0.5, seconds / settings.noiseSeconds)),
            thresholdSlope: UInt16(settings.thresholdSlope * 256), thresholdBase: UInt16(settings.thresholdBase),
            thresholdLow: UInt16(settings.thresholdLow), thresholdHigh: UInt16(settings.thresholdHigh),
            noiseFactor: UInt16(settings.noiseFactor), chromaWeight: hasColour && cells.hasColour ? UInt16(settings.chromaWeight) : 0)
        MemoryStep.run(
            step, luma: cells.luma, cb: cells.cb, cr: cells.cr, previous: currentLuma, held: held,
            plateLuma: &plateLuma, plateCb: &plateCb, plateCr: &plateCr, noise: &noise, candidateLuma: &candidateLuma,
            candidateCb: &candidateCb, candidateCr: &candidateCr, hits: &hits, misses: &misses, birth: &birth,
            state: &state, scratch: &scratch)
        Copy.plane(cells.luma, into: &currentLuma)
    }

    /// Part of the cells that something moved in with the last step.
    var movingPart: Double {
        Double(Count.bytes(equalTo: MemoryStep.State.moving, in: state)) / Double(max(1, state.count))
    }

    func plate(at index: Int) -> Int { Int(plateLuma[index] >> 8) }

    /// Age of a cell's candidate in ticks; right for two hours.
    func age(at index: Int, now: Int) -> Int {
        let age = UInt16(truncatingIfNeeded: now / Self.ticksPerBirthTick) &- birth[index]
        // The birth of what is expected next may lie a moment ahead of a picture that comes early.
        return age > UInt16.max - 16 ? 0 : Int(age) * Self.ticksPerBirthTick
    }

    /// Part of these cells whose candidate looks as the plate did before something was taken into it, 0…1.
    func formerShare(_ cells: [Int32], settings: MemorySettings) -> Double {
        var alike = 0
        for cell in cells {
            let i = Int(cell)
            guard hasFormer[i] != 0, abs(Int(candidateLuma[i]) - Int(formerLuma[i])) <= settings.thresholdHigh else { continue }
            let chroma = max(abs(Int(candidateCb[i]) - Int(formerCb[i])), abs(Int(candidateCr[i]) - Int(formerCr[i])))
            if settings.chromaWeight * chroma <= settings.thresholdHigh { alike += 1 }
        }
        return Double(alike) / Double(max(1, cells.count))
    }

    /// Keeps the candidate of these cells whatever covers them.
    mutating func hold(_ cells: [Int32]) {
        for index in cells { held[Int(index)] = 1 }
    }

    /// The region is doubted again: its cells are counted as any other's.
    mutating func letGo(_ cells: [Int32]) {
        for index in cells { held[Int(index)] = 0 }
    }

    /// The region is over: its cells start afresh, with the plate as it was.
    mutating func release(_ cells: [Int32]) {
        for index in cells {
            held[Int(index)] = 0
            hits[Int(index)] = 0
            misses[Int(index)] = 0
        }
    }

    /// What stands here belongs to the street (a ghost, a change of light): the candidate becomes the plate. The plate as it
    /// was is remembered, for a door that closes again and a tram that goes on.
    mutating func absorb(_ cells: [Int32]) {
        for cell in cells {
            let index = Int(cell)
            formerLuma[index] = UInt8(plateLuma[index] >> 8)
            formerCb[index] = UInt8(plateCb[index] >> 8)
            formerCr[index] = UInt8(plateCr[index] >> 8)
            hasFormer[index] = 1
            plateLuma[index] = UInt16(candidateLuma[index]) << 8
            plateCb[index] = UInt16(candidateCb[index]) << 8
            plateCr[index] = UInt16(candidateCr[index]) << 8
        }
        release(cells)
    }
}
