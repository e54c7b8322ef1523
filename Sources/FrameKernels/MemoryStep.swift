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
        /// When what is seen new in this picture came, in coarse ticks of the memory's clock, which wraps: between this
        /// picture and the one before.
        public var bornNow: UInt16
        /// When what is seen first in the next picture will have come.
        public var bornNext: UInt16
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
            ticks: UInt16, bornNow: UInt16, bornNext: UInt16, coverShift: UInt16, hitCap: UInt16, plateRate: Int32, noiseRate: Int32,
            thresholdSlope: UInt16,
            thresholdBase: UInt16, thresholdLow: UInt16, thresholdHigh: UInt16, noiseFactor: UInt16, chromaWeight: UInt16
        ) {
            self.ticks = ticks
            self.bornNow = bornNow
            self.bornNext = bornNext
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

    /// Threshold and answers for each cell, kept between the passes of a step; reused from frame to frame.
    public struct Scratch: Codable, Sendable {
        var threshold: [UInt16]
        /// `Answer` bits.
        var answers: [UInt8]

        public init(count: Int) {
            threshold = [UInt16](repeating: 0, count: count)
            answers = [UInt8](repeating: 0, count: count)
        }
    }

    private enum Answer {
        static let foreground: UInt8 = 1
        static let moving: UInt8 = 2
        static let match: UInt8 = 4
        static let reset: UInt8 = 8
        static let learns: UInt8 = 16
    }

    /// Several short passes, because the compiler makes vector code of loops over a few arrays and not of one over all.
    ///
    /// - Parameters:
    ///   - luma, cb, cr: the frame after light compensation.
    ///   - previous: luma of the step before.
    ///   - held: 1 where an open still region keeps its cells: the candidate stays whatever covers it, the plate is frozen.
    public static func run(
        _ settings: Settings, luma: [UInt8], cb: [UInt8], cr: [UInt8], previous: [UInt8], held: [UInt8], plateLuma: inout [UInt16],
        plateCb: inout [UInt16], plateCr: inout [UInt16], noise: inout [UInt16], candidateLuma: inout [UInt8],
        candidateCb: inout [UInt8], candidateCr: inout [UInt8], hits: inout [UInt16], misses: inout [UInt16], birth: inout [UInt16],
        state: inout [UInt8], scratch: inout Scratch
    ) {
        let count = luma.count
        precondition(cb.count == count && cr.count == count && previous.count == count && held.count == count)
        precondition(plateLuma.count == count && plateCb.count == count && plateCr.count == count && noise.count == count)
        precondition(candidateLuma.count == count && candidateCb.count == count && candidateCr.count == count)
        precondition(hits.count == count && misses.count == count && birth.count == count && state.count == count)
        precondition(scratch.threshold.count == count && scratch.answers.count == count)
        setThresholds(settings, plateLuma, noise, &scratch.threshold)
        compareLuma(luma, previous, plateLuma, scratch.threshold, &scratch.answers)
        compareChroma(settings.chromaWeight, cb, plateCb, scratch.threshold, &scratch.answers)
        compareChroma(settings.chromaWeight, cr, plateCr, scratch.threshold, &scratch.answers)
        matchLuma(luma, candidateLuma, scratch.threshold, &scratch.answers)
        matchChroma(settings.chromaWeight, cb, candidateCb, scratch.threshold, &scratch.answers)
        matchChroma(settings.chromaWeight, cr, candidateCr, scratch.threshold, &scratch.answers)
        conclude(settings, held, hits, misses, &scratch.answers)
        countBirth(settings, hits, scratch.answers, &birth)
        countHits(settings, held, scratch.answers, &hits)
        countMisses(settings, scratch.answers, &misses)
        follow(luma, scratch.answers, &candidateLuma)
        follow(cb, scratch.answers, &candidateCb)
        follow(cr, scratch.answers, &candidateCr)
        learnNoise(luma, plateLuma, scratch.answers, settings.noiseRate, &noise)
        learn(luma, scratch.answers, settings.plateRate, &plateLuma)
        learn(cb, scratch.answers, settings.plateRate, &plateCb)
        learn(cr, scratch.answers, settings.plateRate, &plateCr)
        setState(scratch.answers, &state)
    }

    private static func setThresholds(_ settings: Settings, _ plate: [UInt16], _ noise: [UInt16], _ threshold: inout [UInt16]) {
        let plate = plate.span, noise = noise.span
        var threshold = threshold.mutableSpan
        precondition(noise.count == plate.count && threshold.count == plate.count)
        for i in 0..<plate.count {
            let slope = ((plate[i] &>> 8) &* settings.thresholdSlope) &>> 8
            let base = min(max(slope &+ settings.thresholdBase, settings.thresholdLow), settings.thresholdHigh)
            threshold[i] = base &+ ((noise[i] &>> 4) &* settings.noiseFactor) &>> 4
        }
    }

    private static func compareLuma(
        _ luma: [UInt8], _ previous: [UInt8], _ plate: [UInt16], _ threshold: [UInt16], _ answers: inout [UInt8]
    ) {
        let luma = luma.span, previous = previous.span, plate = plate.span, threshold = threshold.span
        var answers = answers.mutableSpan
        precondition(
            previous.count == luma.count && plate.count == luma.count && threshold.count == luma.count && answers.count == luma.count)
        for i in 0..<luma.count {
            let value = UInt16(luma[i])
            let isForeground = distance(value, plate[i] &>> 8) > threshold[i] ? Answer.foreground : 0
            let isMoving = distance(value, UInt16(previous[i])) > threshold[i] ? Answer.moving : 0
            answers[i] = isForeground | isMoving
        }
    }

    private static func compareChroma(
        _ weight: UInt16, _ chroma: [UInt8], _ plate: [UInt16], _ threshold: [UInt16], _ answers: inout [UInt8]
    ) {
        let chroma = chroma.span, plate = plate.span, threshold = threshold.span
        var answers = answers.mutableSpan
        precondition(plate.count == chroma.count && threshold.count == chroma.count && answers.count == chroma.count)
        for i in 0..<chroma.count {
            let isForeground = weight &* distance(UInt16(chroma[i]), plate[i] &>> 8) > threshold[i]
            let answer = answers[i]
            answers[i] = answer | (isForeground ? Answer.foreground : 0)
        }
    }

    private static func matchLuma(_ luma: [UInt8], _ candidate: [UInt8], _ threshold: [UInt16], _ answers: inout [UInt8]) {
        let luma = luma.span, candidate = candidate.span, threshold = threshold.span
        var answers = answers.mutableSpan
        precondition(candidate.count == luma.count && threshold.count == luma.count && answers.count == luma.count)
        for i in 0..<luma.count {
            let isAlike = distance(UInt16(luma[i]), UInt16(candidate[i])) <= threshold[i]
            let answer = answers[i]
            // Foreground is the lowest bit, match the third: no branch is needed.
            answers[i] = answer | (isAlike ? (answer & Answer.foreground) &<< 2 : 0)
        }
    }

    private static func matchChroma(
        _ weight: UInt16, _ chroma: [UInt8], _ candidate: [UInt8], _ threshold: [UInt16], _ answers: inout [UInt8]
    ) {
        let chroma = chroma.span, candidate = candidate.span, threshold = threshold.span
        var answers = answers.mutableSpan
        precondition(candidate.count == chroma.count && threshold.count == chroma.count && answers.count == chroma.count)
        for i in 0..<chroma.count {
            let isAlike = weight &* distance(UInt16(chroma[i]), UInt16(candidate[i])) <= threshold[i]
            let answer = answers[i]
            answers[i] = answer & (isAlike ? 0xff : ~Answer.match)
        }
    }

    /// Missed for longer than five eighths of the time it was seen: it is something else that stands here now.
    private static func conclude(_ settings: Settings, _ held: [UInt8], _ hits: [UInt16], _ misses: [UInt16], _ answers: inout [UInt8]) {
        let held = held.span, hits = hits.span, misses = misses.span
        var answers = answers.mutableSpan
        precondition(hits.count == held.count && misses.count == held.count && answers.count == held.count)
        let coverTicks = settings.ticks &>> settings.coverShift
        for i in 0..<held.count {
            let answer = answers[i]
            let lost = answer & Answer.moving != 0 ? coverTicks : settings.ticks
            let missed = min(misses[i] &+ lost, settings.hitCap)
            let seen = hits[i]
            // Conditions as masks: of two conditions joined by && the compiler makes branches, and no vector code.
            let isOver: UInt8 = missed >= (seen &>> 1) &+ (seen &>> 3) ? 0xff : 0
            let isUnlike: UInt8 = answer & (Answer.foreground | Answer.match) == Answer.foreground ? Answer.reset : 0
            let isBack: UInt8 = answer & Answer.foreground == 0 ? Answer.learns : 0
            let isFree: UInt8 = held[i] == 0 ? 0xff : 0
            answers[i] = answer | (isFree & (isBack | (isOver & isUnlike)))
        }
    }

    private static func countBirth(_ settings: Settings, _ hits: [UInt16], _ answers: [UInt8], _ birth: inout [UInt16]) {
        let hits = hits.span, answers = answers.span
        var birth = birth.mutableSpan
        precondition(answers.count == hits.count && birth.count == hits.count)
        for i in 0..<hits.count {
            let old = birth[i]
            let answer = answers[i]
            let isUnseen = hits[i] == 0
            let next = isUnseen ? settings.bornNext : old
            let kept = answer & Answer.match != 0 ? old : next
            birth[i] = answer & Answer.reset != 0 ? settings.bornNow : kept
        }
    }

    private static func countHits(_ settings: Settings, _ held: [UInt8], _ answers: [UInt8], _ hits: inout [UInt16]) {
        let held = held.span, answers = answers.span
        var hits = hits.mutableSpan
        precondition(answers.count == held.count && hits.count == held.count)
        let back = settings.ticks &* 2
        for i in 0..<held.count {
            let answer = answers[i]
            let old = hits[i]
            let more = min(old &+ settings.ticks, settings.hitCap)
            let fewer = held[i] != 0 ? old : max(old, back) &- back
            let seen = answer & Answer.match != 0 ? more : old
            let kept = answer & Answer.foreground != 0 ? seen : fewer
            hits[i] = answer & Answer.reset != 0 ? 0 : kept
        }
    }

    private static func countMisses(_ settings: Settings, _ answers: [UInt8], _ misses: inout [UInt16]) {
        let answers = answers.span
        var misses = misses.mutableSpan
        precondition(misses.count == answers.count)
        let coverTicks = settings.ticks &>> settings.coverShift
        for i in 0..<answers.count {
            let answer = answers[i]
            let old = misses[i]
            let lost = answer & Answer.moving != 0 ? coverTicks : settings.ticks
            let more = answer & Answer.match != 0 ? old : min(old &+ lost, settings.hitCap)
            let kept = answer & Answer.foreground != 0 ? more : max(old, settings.ticks) &- settings.ticks
            misses[i] = answer & Answer.reset != 0 ? 0 : kept
        }
    }

    /// The candidate moves a quarter of the way to what is seen again, and becomes what stands there new.
    private static func follow(_ seen: [UInt8], _ answers: [UInt8], _ candidate: inout [UInt8]) {
        let seen = seen.span, answers = answers.span
        var candidate = candidate.mutableSpan
        precondition(answers.count == seen.count && candidate.count == seen.count)
        for i in 0..<seen.count {
            let old = candidate[i]
            let new = seen[i]
            let answer = answers[i]
            let moved = UInt8(truncatingIfNeeded: (UInt16(old) &* 3 &+ UInt16(new) &+ 2) &>> 2)
            let kept = answer & Answer.match != 0 ? moved : old
            candidate[i] = answer & Answer.reset != 0 ? new : kept
        }
    }

    /// Moves a Q8.8 plate towards an 8-bit picture by a Q16 part of the difference.
    private static func learn(_ seen: [UInt8], _ answers: [UInt8], _ rate: Int32, _ plate: inout [UInt16]) {
        let seen = seen.span, answers = answers.span
        var plate = plate.mutableSpan
        precondition(answers.count == seen.count && plate.count == seen.count)
        for i in 0..<seen.count {
            let old = Int32(plate[i])
            let part = answers[i] & Answer.learns != 0 ? rate : 0
            plate[i] = UInt16(truncatingIfNeeded: old &+ ((Int32(seen[i]) &<< 8 &- old) &* part) &>> 16)
        }
    }

    private static func learnNoise(_ luma: [UInt8], _ plate: [UInt16], _ answers: [UInt8], _ rate: Int32, _ noise: inout [UInt16]) {
        let luma = luma.span, plate = plate.span, answers = answers.span
        var noise = noise.mutableSpan
        precondition(plate.count == luma.count && answers.count == luma.count && noise.count == luma.count)
        for i in 0..<luma.count {
            let deviation = Int32(distance(UInt16(luma[i]), plate[i] &>> 8)) &<< 8
            let old = Int32(noise[i])
            let part = answers[i] & Answer.learns != 0 ? rate : 0
            noise[i] = UInt16(truncatingIfNeeded: old &+ ((deviation &- old) &* part) &>> 16)
        }
    }

    private static func setState(_ answers: [UInt8], _ state: inout [UInt8]) {
        let answers = answers.span
        var state = state.mutableSpan
        precondition(state.count == answers.count)
        for i in 0..<answers.count {
            let isMatch = answers[i] & Answer.match != 0 ? State.still : State.moving
            state[i] = answers[i] & Answer.foreground != 0 ? isMatch : State.background
        }
    }

    @inline(__always)
    private static func distance(_ a: UInt16, _ b: UInt16) -> UInt16 {
        max(a, b) &- min(a, b)
    }
}
