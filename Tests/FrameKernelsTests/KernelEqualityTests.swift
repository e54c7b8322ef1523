import FrameCore
import FrameKernels
import Testing

/// The sizes that vector code gets wrong: around every multiple of a register's width, odd, and tiny.
private let lengths = Array(1...65) + [127, 128, 129, 1000, 1023]

private struct SplitMix64: RandomNumberGenerator {
    var state: UInt64
    mutating func next() -> UInt64 {
        state &+= 0x9e37_79b9_7f4a_7c15
        var z = state
        z = (z ^ (z >> 30)) &* 0xbf58_476d_1ce4_e5b9
        z = (z ^ (z >> 27)) &* 0x94d0_49bb_1331_11eb
        return z ^ (z >> 31)
    }
    /// Random bytes with many extremes among them.
    mutating func bytes(_ count: Int) -> [UInt8] {
        (0..<count).map { _ in
            switch UInt8.random(in: 0...9, using: &self) {
            case 0: 0
            case 1: 255
            default: UInt8.random(in: 0...255, using: &self)
            }
        }
    }
}

@Suite("Kernels equal their references")
struct KernelEqualityTests {
    @Test("halving gives the same for every size and shift")
    func halve() {
        var random = SplitMix64(state: 1)
        for width in Array(2...67) + [129, 640] {
            for height in [2, 3, 7] {
                let size = PixelSize(width: width, height: height)
                let source = random.bytes(size.area)
                for shift in [(0, 0), (1, 0), (-3, 2), (8, -8), (-8, 8)] {
                    var target = [UInt8](repeating: 77, count: (width / 2) * (height / 2))
                    Reduce.halve(source, sourceSize: size, shiftX: shift.0, shiftY: shift.1, into: &target)
                    #expect(target == Reference.halve(source, sourceSize: size, shiftX: shift.0, shiftY: shift.1), "\(size) \(shift)")
                }
            }
        }
    }

    @Test("the median of nine is the fifth of them sorted")
    func median() {
        var random = SplitMix64(state: 2)
        for count in lengths {
            let planes = (0..<9).map { _ in random.bytes(count) }
            var target = [UInt8](repeating: 0, count: count)
            Median.ofNine(Array(planes.joined()), into: &target)
            #expect(target == Reference.medianOfNine(planes), "\(count)")
        }
    }

    @Test("closing fills the same gaps, at every size")
    func closing() {
        var random = SplitMix64(state: 6)
        for width in Array(1...40) + [65, 320] {
            for height in [1, 2, 3, 9] {
                let size = PixelSize(width: width, height: height)
                let marks = random.bytes(size.area).map { $0 > 150 ? UInt8(1) : 0 }
                var scratch = [UInt8](repeating: 9, count: size.area)
                var result = scratch
                Closing.square(marks, size: size, scratch: &scratch, into: &result)
                #expect(result == Reference.closing(marks, size: size), "\(size)")
            }
        }
    }

    @Test("a gain field divides out the same light")
    func gain() {
        var random = SplitMix64(state: 3)
        for (width, height, tile) in [(1, 1, 16), (17, 5, 16), (33, 40, 16), (64, 9, 8), (320, 3, 16), (65, 70, 32)] {
            let columns = (width + tile - 1) / tile
            let rows = (height + tile - 1) / tile
            let gains = (0..<columns * rows).map { _ in UInt16.random(in: 64...1024, using: &random) }
            let planes = (0..<3).map { _ in random.bytes(width * height) }
            var luma = planes[0], cb = planes[1], cr = planes[2]
            var grid = GainField.Grid(width: width, height: height, tile: tile)
            GainField.apply(gains, &grid, luma: &luma, cb: &cb, cr: &cr)
            let expected = planes.indices.map { index in
                Reference.gain(
                    gains, columns: columns, rows: rows, tile: tile, width: width, height: height, isChroma: index > 0,
                    plane: planes[index])
            }
            #expect([luma, cb, cr] == expected, "\(width)×\(height)")
        }
    }

    @Test("a gain of one changes nothing")
    func unitGain() {
        var random = SplitMix64(state: 4)
        let plane = random.bytes(50 * 20)
        var luma = plane, cb = plane, cr = plane
        var grid = GainField.Grid(width: 50, height: 20, tile: 16)
        GainField.apply([UInt16](repeating: 256, count: 8), &grid, luma: &luma, cb: &cb, cr: &cr)
        #expect(luma == plane && cb == plane && cr == plane)
    }

    @Test("the memory step does to every cell what it does to one, over many steps")
    func memory() {
        var random = SplitMix64(state: 5)
        for count in lengths {
            var luma = random.bytes(count), cb = random.bytes(count), cr = random.bytes(count)
            var previous = random.bytes(count)
            var plateLuma = random.bytes(count).map { UInt16($0) << 8 }
            var plateCb = random.bytes(count).map { UInt16($0) << 8 }
            var plateCr = random.bytes(count).map { UInt16($0) << 8 }
            var noise = random.bytes(count).map { UInt16($0) << 2 }
            var candidateLuma = random.bytes(count), candidateCb = random.bytes(count), candidateCr = random.bytes(count)
            var hits = random.bytes(count).map { UInt16($0) * 100 }
            var misses = random.bytes(count).map { UInt16($0) * 20 }
            var birth = random.bytes(count).map { UInt16($0) * 256 }
            var state = [UInt8](repeating: 9, count: count)
            var scratch = MemoryStep.Scratch(count: count)
            let held = random.bytes(count).map { $0 > 200 ? UInt8(1) : 0 }
            var cells = (0..<count).map { i in
                Reference.Cell(
                    plate: [plateLuma[i], plateCb[i], plateCr[i]], noise: noise[i],
                    candidate: [candidateLuma[i], candidateCb[i], candidateCr[i]], hits: hits[i], misses: misses[i], birth: birth[i],
                    state: state[i])
            }
            for step in 0..<12 {
                let settings = MemoryStep.Settings(
                    ticks: [2, 32, 128, 1024][step % 4], bornNow: UInt16(step * 997), bornNext: UInt16(step * 997 + 5), coverShift: 3, hitCap: 38400, plateRate: 1092,
                    noiseRate: 546, thresholdSlope: 28, thresholdBase: 5, thresholdLow: 8, thresholdHigh: 18, noiseFactor: 3,
                    chromaWeight: step == 5 ? 0 : 2)
                MemoryStep.run(
                    settings, luma: luma, cb: cb, cr: cr, previous: previous, held: held, plateLuma: &plateLuma, plateCb: &plateCb,
                    plateCr: &plateCr, noise: &noise, candidateLuma: &candidateLuma, candidateCb: &candidateCb,
                    candidateCr: &candidateCr, hits: &hits, misses: &misses, birth: &birth, state: &state,
                    scratch: &scratch)
                for i in 0..<count {
                    cells[i].step(settings, seen: [luma[i], cb[i], cr[i]], previousLuma: previous[i], isHeld: held[i] == 1)
                }
                let got = (0..<count).map { i in
                    Reference.Cell(
                        plate: [plateLuma[i], plateCb[i], plateCr[i]], noise: noise[i],
                        candidate: [candidateLuma[i], candidateCb[i], candidateCr[i]], hits: hits[i], misses: misses[i],
                        birth: birth[i], state: state[i])
                }
                #expect(got == cells, "\(count) cells, step \(step)")
                // Half of the cells see nearly the same again, so that matches happen, too.
                previous = luma
                let fresh = random.bytes(count)
                luma = zip(luma, fresh).map { $1 > 127 ? $0 : $1 }
                cb = zip(cb, fresh).map { $1 > 100 ? $0 : $1 }
                cr = zip(cr, random.bytes(count)).map { $1 > 100 ? $0 : $1 }
            }
        }
    }
}
