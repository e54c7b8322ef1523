import FrameCore
import FrameKernels
import Testing

@Suite("Kernels equal their references")
struct KernelEqualityTests {
    @Test("halving gives the same for every size and shift")
    func halve() {
        var random = SeededBytes(seed: 1)
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
        var random = SeededBytes(seed: 2)
        for count in trickyLengths {
            let planes = (0..<9).map { _ in random.bytes(count) }
            var target = [UInt8](repeating: 0, count: count)
            Median.ofNine(Array(planes.joined()), into: &target)
            #expect(target == Reference.medianOfNine(planes), "\(count)")
        }
    }

    @Test("closing fills the same gaps, at every size, and writes no other rows than it is told")
    func closing() {
        var random = SeededBytes(seed: 6)
        for width in Array(1...40) + [65, 320] {
            for height in [1, 2, 3, 9] {
                let size = PixelSize(width: width, height: height)
                let marks = random.bytes(size.area).map { $0 > 150 ? UInt8(1) : 0 }
                let expected = Reference.closing(marks, size: size)
                for rows in [0..<height, 0..<1, height / 2..<height, height / 3..<height / 2] {
                    var scratch = [UInt8](repeating: 9, count: size.area)
                    var result = scratch
                    Closing.square(marks, size: size, rows: rows, scratch: &scratch, into: &result)
                    let inside = rows.lowerBound * width..<rows.upperBound * width
                    #expect(result[inside] == expected[inside], "\(size) rows \(rows)")
                    #expect(result[..<inside.lowerBound].allSatisfy { $0 == 9 } && result[inside.upperBound...].allSatisfy { $0 == 9 })
                }
            }
        }
    }

    @Test("closing marks nothing outside of the marked rows")
    func closingStaysInside() {
        var random = SeededBytes(seed: 7)
        let size = PixelSize(width: 33, height: 20)
        let marks = random.bytes(size.area).enumerated().map { $0.element > 150 && (6..<13).contains($0.offset / 33) ? UInt8(1) : 0 }
        let rows = MarkedRows.range(in: marks, size: size)
        #expect(MarkedRows.range(in: Reference.closing(marks, size: size), size: size).clamped(to: rows).count == rows.count)
    }

    @Test("the marked rows are found wherever the marks are")
    func markedRows() {
        for width in trickyLengths {
            let size = PixelSize(width: width, height: 9)
            var marks = [UInt8](repeating: 0, count: size.area)
            #expect(MarkedRows.range(in: marks, size: size).isEmpty)
            for place in stride(from: size.area - 1, to: 0, by: -max(1, width / 3 + width)) {
                marks[place] = [1, 128, 255][place % 3]
                #expect(MarkedRows.range(in: marks, size: size) == Reference.markedRows(marks, size: size), "\(width) at \(place)")
                #expect(MarkedRows.isMarked(marks, place, 1) && !MarkedRows.isMarked(marks, 0, place / 2 / width * width))
            }
        }
    }

    @Test("the same cells are marked as still, at every age and around the wrap of the clock")
    func stillMarks() {
        var random = SeededBytes(seed: 9)
        for length in trickyLengths {
            for now: UInt16 in [0, 40, 65535] {
                let hits = random.words(length).map { $0 % 3 == 0 ? $0 : $0 % 700 }
                let birth = random.words(length).map { now &- $0 % 200 }
                let held = random.bytes(length).map { $0 > 200 ? UInt8(1) : 0 }
                for least: UInt16 in [0, 80] {
                    var marks = [UInt8](repeating: 9, count: length)
                    StillMarks.set(hits: hits, birth: birth, held: held, least: least, now: now, into: &marks)
                    let expected = Reference.stillMarks(hits: hits, birth: birth, held: held, least: least, now: now)
                    #expect(marks == expected, "\(length) at \(now)")
                }
            }
        }
    }

    @Test("bytes are counted the same, also when all are equal")
    func count() {
        var random = SeededBytes(seed: 10)
        for length in [0] + trickyLengths {
            let plane = random.bytes(length)
            for value: UInt8 in [0, 1, 255] {
                #expect(Count.bytes(equalTo: value, in: plane) == Reference.count(equalTo: value, in: plane))
            }
            #expect(Count.bytes(equalTo: 7, in: [UInt8](repeating: 7, count: length)) == length)
        }
    }

    @Test("foreground is counted the same in every block, at every size")
    func foregroundBlocks() {
        var random = SeededBytes(seed: 13)
        for width in trickyLengths {
            for height in [1, 4, 11] {
                let size = PixelSize(width: width, height: height)
                let state = random.bytes(size.area).map { $0 % 3 }
                let held = random.bytes(size.area).map { $0 > 127 ? UInt8(1) : 0 }
                var counts = [UInt8](repeating: 99, count: (width / 4) * (height / 4))
                BlockCount.foreground(state, held: held, size: size, into: &counts)
                #expect(counts == Reference.foregroundBlocks(state, held: held, size: size), "\(size)")
            }
        }
    }

    @Test("chroma is brought to the cells' size the same way at every size")
    func chroma() {
        var random = SeededBytes(seed: 8)
        for width in trickyLengths {
            for height in [1, 2, 7] {
                let size = PixelSize(width: width, height: height)
                let half = PixelSize(width: (width + 1) / 2, height: (height + 1) / 2)
                let source = random.bytes(half.area)
                var target = [UInt8](repeating: 3, count: size.area)
                Enlarge.double(source, into: &target, size: size)
                #expect(target == Reference.double(source, size: size), "\(size)")
                let cut = PixelSize(width: half.width, height: max(1, half.height - 1))
                let wide = random.bytes((half.width + 1) * half.height)
                var corner = [UInt8](repeating: 3, count: cut.area)
                Copy.corner(wide, width: half.width + 1, into: &corner, targetWidth: cut.width)
                #expect(corner == Reference.corner(wide, width: half.width + 1, target: cut), "\(size)")
            }
        }
    }

    @Test("the memory step does to every cell what it does to one, over many steps")
    func memory() {
        var random = SeededBytes(seed: 5)
        for count in trickyLengths {
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
                    ticks: [2, 32, 128, 1024][step % 4], bornNow: UInt16(step * 997), bornNext: UInt16(step * 997 + 5), coverShift: 3,
                    hitCap: 38400, plateRate: 1092,
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
