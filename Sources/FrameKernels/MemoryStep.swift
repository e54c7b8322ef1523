/// One step of the per-cell memory of the street: what is background, what is unlike it, and since when the same.
///
/// A cell remembers the clean plate (Q8.8), how noisy it is (Q8.8), and the appearance that stands before the plate (the
/// candidate) with the time it was seen (`hits`), the time something else was seen instead (`misses`), both in ticks, and when it came (`birth`).
/// The state machine background → moving → still → background follows the three-rate idea of Evangelio and Sikora
/// ("Complementary background models for the detection of static and moving objects in crowded environments", AVSS 2011),
/// reduced to one remembered appearance.
public enum MemoryStep {
    /// The state of a cell after a step.
    public enum State {
        public static let background: UInt8 = 0
        /// Unlike the plate and unlike what stood here: a mover, or something that covers.
        public static let moving: UInt8 = 1
        /// Unlike the plate and as before: it stays.
        public static let still: UInt8 = 2
    }

    /// Numbers of one step, the same for all cells.
    public struct Settings: Sendable {
        /// Time since the previous step in ticks.
        public var ticks: UInt16
        /// The memory's clock in coarse ticks; it wraps.
        public var now: UInt16
        /// What a covered cell loses of the time that something moving covers it: a right shift of `ticks`.
        public var coverShift: UInt16
        /// `hits` stops here.
        public var hitCap: UInt16
        /// Part of the difference that the plate takes over, Q16.
        public var plateRate: Int32
        /// Part of the difference that the noise estimate takes over, Q16.
        public var noiseRate: Int32
        /// Threshold = clip(`thresholdSlope` · plate / 256 + `thresholdBase`, `thresholdLow`, `thresholdHigh`)
        /// + `noiseFactor` · noise.
        public var thresholdSlope: UInt16
        public var thresholdBase: UInt16
        public var thresholdLow: UInt16
        public var thresholdHigh: UInt16
        public var noiseFactor: UInt16
        /// How much more a step in chroma counts than one in luma; 0 while the camera sends no colour.
        public var chromaWeight: UInt16

        public init(
            ticks: UInt16, now: UInt16, coverShift: UInt16, hitCap: UInt16, plateRate: Int32, noiseRate: Int32, thresholdSlope: UInt16,
            thresholdBase: UInt16, thresholdLow: UInt16, thresholdHigh: UInt16, noiseFactor: UInt16, chromaWeight: UInt16
        ) {
            self.ticks = ticks
            self.now = now
            self.coverShift = coverShift
            self.hitCap = hitCap
            self.plateRate = plateRate
            self.noiseRate = noiseRate
            self.thresholdSlope = thresholdSlope
            self.thresholdBase = thresholdBase
            self.thresholdLow = thresholdLow
            self.thresholdHigh = thresholdHigh
            self.noiseFactor = noiseFactor
            self.chromaWeight = chromaWeight
        }
    }

    /// - Parameters:
    ///   - luma, cb, cr: the frame after light compensation.
    ///   - previous: luma of the step before.
    ///   - held: 1 where an open still region keeps its cells: the candidate stays whatever covers it, the plate is frozen.
    public static func run(
        _ settings: Settings, luma: [UInt8], cb: [UInt8], cr: [UInt8], previous: [UInt8],
        held: [UInt8], plateLuma: inout [UInt16], plateCb: inout [UInt16],
        plateCr: inout [UInt16], noise: inout [UInt16], candidateLuma: inout [UInt8],
        candidateCb: inout [UInt8], candidateCr: inout [UInt8], hits: inout [UInt16],
        misses: inout [UInt16], birth: inout [UInt16], state: inout [UInt8]
    ) {
        let count = luma.count
        precondition(cb.count == count && cr.count == count && previous.count == count && held.count == count)
        precondition(plateLuma.count == count && plateCb.count == count && plateCr.count == count && noise.count == count)
        precondition(candidateLuma.count == count && candidateCb.count == count && candidateCr.count == count)
        precondition(hits.count == count && misses.count == count && birth.count == count && state.count == count)
        let luma = luma.span, cb = cb.span, cr = cr.span, previous = previous.span, held = held.span
        var plateLuma = plateLuma.mutableSpan
        var plateCb = plateCb.mutableSpan
        var plateCr = plateCr.mutableSpan
        var noise = noise.mutableSpan
        var candidateLuma = candidateLuma.mutableSpan
        var candidateCb = candidateCb.mutableSpan
        var candidateCr = candidateCr.mutableSpan
        var hits = hits.mutableSpan
        var misses = misses.mutableSpan
        var birth = birth.mutableSpan
        var state = state.mutableSpan
        let coverTicks = settings.ticks &>> settings.coverShift
        let cap = settings.hitCap
        for i in 0..<count {
            let y = UInt16(luma[i]), u = UInt16(cb[i]), v = UInt16(cr[i])
            let py = plateLuma[i] &>> 8, pu = plateCb[i] &>> 8, pv = plateCr[i] &>> 8
            let cy = UInt16(candidateLuma[i]), cu = UInt16(candidateCb[i]), cv = UInt16(candidateCr[i])

            let slope = (py &* settings.thresholdSlope) &>> 8
            let base = min(max(slope &+ settings.thresholdBase, settings.thresholdLow), settings.thresholdHigh)
            let threshold = base &+ ((noise[i] &>> 4) &* settings.noiseFactor) &>> 4

            let fromPlate = max(distance(y, py), settings.chromaWeight &* max(distance(u, pu), distance(v, pv)))
            let fromCandidate = max(distance(y, cy), settings.chromaWeight &* max(distance(u, cu), distance(v, cv)))
            let isForeground = fromPlate > threshold
            let isMatch = isForeground && fromCandidate <= threshold
            let isMoving = distance(y, UInt16(previous[i])) > threshold
            let isHeld = held[i] != 0

            let oldHits = hits[i]
            let oldMisses = misses[i]
            let back = settings.ticks &* 2
            let fewerHits = oldHits > back ? oldHits &- back : 0
            let moreHits = min(oldHits &+ settings.ticks, cap)
            let lost = isMoving ? coverTicks : settings.ticks
            let moreMisses = min(oldMisses &+ lost, cap)
            let fewerMisses = oldMisses > settings.ticks ? oldMisses &- settings.ticks : 0
            // Missed for longer than five eighths of the time it was seen: it is something else that stands here now.
            let isReset = isForeground && !isMatch && !isHeld && moreMisses >= (oldHits &>> 1) &+ (oldHits &>> 3)

            let keptHits = isForeground ? (isMatch ? moreHits : oldHits) : (isHeld ? oldHits : fewerHits)
            hits[i] = isReset ? 0 : keptHits
            let keptMisses = isForeground ? (isMatch ? oldMisses : moreMisses) : fewerMisses
            misses[i] = isReset ? 0 : keptMisses
            birth[i] = isReset || oldHits == 0 ? settings.now : birth[i]

            let pull = isMatch ? UInt16(1) : 0
            candidateLuma[i] = UInt8(truncatingIfNeeded: isReset ? y : follow(cy, y, pull))
            candidateCb[i] = UInt8(truncatingIfNeeded: isReset ? u : follow(cu, u, pull))
            candidateCr[i] = UInt8(truncatingIfNeeded: isReset ? v : follow(cv, v, pull))

            let learns = !isForeground && !isHeld
            plateLuma[i] = learn(plateLuma[i], y, learns ? settings.plateRate : 0)
            plateCb[i] = learn(plateCb[i], u, learns ? settings.plateRate : 0)
            plateCr[i] = learn(plateCr[i], v, learns ? settings.plateRate : 0)
            noise[i] = learn(noise[i], distance(y, py), learns ? settings.noiseRate : 0)

            state[i] = isForeground ? (isMatch ? State.still : State.moving) : State.background
        }
    }

    @inline(__always)
    static func distance(_ a: UInt16, _ b: UInt16) -> UInt16 {
        max(a, b) &- min(a, b)
    }

    /// Moves `old` a quarter of the way where `pull` is 1, not at all where it is 0.
    @inline(__always)
    static func follow(_ old: UInt16, _ new: UInt16, _ pull: UInt16) -> UInt16 {
        let moved = (old &* 3 &+ new &+ 2) &>> 2
        return pull == 1 ? moved : old
    }

    /// Moves a Q8.8 value towards an 8-bit one by a Q16 part of the difference.
    @inline(__always)
    static func learn(_ old: UInt16, _ new: UInt16, _ rate: Int32) -> UInt16 {
        let difference = Int32(new &<< 8) &- Int32(old)
        return UInt16(truncatingIfNeeded: Int32(old) &+ (difference &* rate) &>> 16)
    }
}
