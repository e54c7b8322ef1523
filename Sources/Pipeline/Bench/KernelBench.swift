public import FrameCore
import FrameKernels

/// Times every kernel against its `Reference` on random pictures of one size.
public struct KernelBench {
    /// One kernel.
    public struct Row: Encodable, Sendable {
        public var kernel: String
        /// Least and middle of all runs, nanoseconds for each pixel of the kernel's input.
        public var min_ns_per_pixel: Double
        public var median_ns_per_pixel: Double
        public var reference_ns_per_pixel: Double
        /// How many times as fast as the reference.
        public var ratio: Double
    }

    /// All kernels and what they were measured on.
    public struct Result: Encodable, Sendable {
        public var width: Int
        public var height: Int
        public var runs: Int
        public var kernels: [Row]
        public var machine: BenchMachine
        public var flags: BenchFlags
    }

    /// Runs of a reference, which is slow and only the measure.
    private static let referenceRuns = 3

    private let frameSize: PixelSize
    /// Size of the cells, which most kernels work on.
    private let size: PixelSize
    private let runs: Int
    private var random = SystemRandomNumberGenerator()
    private var rows: [Row] = []

    /// - Parameter size: of the analysis frame, at least 64×64; kernels that work on cells get half of it.
    public static func run(size: PixelSize, runs: Int, flags: BenchFlags) -> Result {
        precondition(size.width >= 64 && size.height >= 64 && runs > 0)
        var bench = KernelBench(
            frameSize: size, size: PixelSize(width: size.width / 2, height: size.height / 2), runs: runs)
        bench.timePicture()
        bench.timeShift()
        bench.timeLight()
        bench.timeMemory()
        bench.timeRegions()
        return Result(
            width: size.width, height: size.height, runs: runs, kernels: bench.rows, machine: BenchMachine(), flags: flags)
    }

    private init(frameSize: PixelSize, size: PixelSize, runs: Int) {
        self.frameSize = frameSize
        self.size = size
        self.runs = runs
    }

    private mutating func bytes(_ count: Int, _ range: ClosedRange<UInt8> = 0...255) -> [UInt8] {
        (0..<count).map { _ in UInt8.random(in: range, using: &random) }
    }

    private mutating func measure(_ kernel: String, pixels: Int, _ fast: () -> Void, reference: () -> Void) {
        func time(_ count: Int, _ work: () -> Void) -> BenchTiming {
            // The first run brings the pictures into the cache.
            work()
            var timing = BenchTiming()
            for _ in 0..<count {
                let begin = BenchTiming.threadTime
                work()
                timing.add((BenchTiming.threadTime - begin) / Double(pixels))
            }
            return timing
        }
        let kernelTime = time(runs, fast)
        let referenceTime = time(Self.referenceRuns, reference).least
        rows.append(
            Row(
                kernel: kernel, min_ns_per_pixel: kernelTime.least, median_ns_per_pixel: kernelTime.median,
                reference_ns_per_pixel: referenceTime, ratio: referenceTime / max(kernelTime.least, .leastNonzeroMagnitude)))
    }

    // MARK: Kernels

    private mutating func timePicture() {
        let frameSize = frameSize, size = size
        let source = bytes(frameSize.area)
        let cells = bytes(size.area)
        var target = cells
        measure("Reduce.halve", pixels: frameSize.area) {
            Reduce.halve(source, sourceSize: frameSize, shiftX: 1, shiftY: -1, into: &target)
        } reference: {
            _ = Reference.halve(source, sourceSize: frameSize, shiftX: 1, shiftY: -1)
        }
        var large = source
        let half = bytes(Frame.chromaSize(of: frameSize).area)
        measure("Enlarge.double", pixels: frameSize.area) {
            Enlarge.double(half, into: &large, size: frameSize)
        } reference: {
            _ = Reference.double(half, size: frameSize)
        }
        measure("Copy.corner", pixels: size.area) {
            Copy.corner(source, width: frameSize.width, into: &target, targetWidth: size.width)
        } reference: {
            _ = Reference.corner(source, width: frameSize.width, target: size)
        }
        var sum = 0
        measure("Deviation.sum from a level", pixels: size.area) {
            sum &+= Deviation.sum(cells, from: 128)
        } reference: {
            sum &+= Reference.deviation(cells, from: 128)
        }
        let nine = bytes(9 * size.area)
        let planes = (0..<9).map { Array(nine[$0 * size.area..<($0 + 1) * size.area]) }
        measure("Median.ofNine", pixels: size.area) {
            Median.ofNine(nine, into: &target)
        } reference: {
            _ = Reference.medianOfNine(planes)
        }
        var deviations = nine
        measure("Deviation.each", pixels: 9 * size.area) {
            Deviation.each(&deviations, from: cells)
        } reference: {
            _ = Reference.deviations(nine, from: cells)
        }
    }

    private mutating func timeShift() {
        let size = frameSize
        let luma = bytes(size.area)
        let other = bytes(size.area)
        let rowStep = max(3, (size.height + Profile.mostRows - 1) / Profile.mostRows)
        var columns = [UInt16](repeating: 0, count: size.width)
        var rows = [UInt16](repeating: 0, count: size.height)
        measure("Profile.columns", pixels: size.area) {
            Profile.columns(luma, size: size, rowStep: rowStep, into: &columns)
        } reference: {
            _ = Reference.columnProfile(luma, size: size, rowStep: rowStep)
        }
        measure("Profile.rows", pixels: size.area) {
            Profile.rows(luma, size: size, into: &rows)
        } reference: {
            _ = Reference.rowProfile(luma, size: size)
        }
        let profile = columns
        let reference = [UInt16](profile.reversed())
        var mismatch: UInt32 = 0
        // All shifts at once: a single one takes less time than reading the clock.
        measure("Profile.mismatch, 17 shifts", pixels: 17 * size.width) {
            for shift in -8...8 { mismatch &+= Profile.mismatch(profile, reference, shift: shift, reach: 8) }
        } reference: {
            for shift in -8...8 { mismatch &+= Reference.mismatch(profile, reference, shift: shift, reach: 8) }
        }
        var sum = 0
        measure("Deviation.sum of two pictures", pixels: size.area) {
            sum &+= Deviation.sum(luma, shiftX: 3, shiftY: -2, from: other, size: size, margin: 8, rowStep: 4)
        } reference: {
            sum &+= Reference.deviation(luma, shiftX: 3, shiftY: -2, from: other, size: size, margin: 8, rowStep: 4)
        }
    }

    private mutating func timeLight() {
        let size = size, tile = 16, reach = 2
        let seen = bytes(size.area)
        let plate = bytes(size.area).map { UInt16($0) << 8 }
        var samples = TileMedian.Samples(size: size, tile: tile)
        let columns = samples.columns, rows = samples.rows
        var codes = bytes(columns * rows)
        measure("TileMedian.light", pixels: size.area) {
            TileMedian.light(seen, plate: plate, &samples, into: &codes)
        } reference: {
            _ = Reference.tileLight(seen, plate: plate, size: size, tile: tile)
        }
        var filter = NeighbourMedian(columns: columns, rows: rows, reach: reach)
        let unfiltered = codes
        measure("NeighbourMedian", pixels: columns * rows) {
            filter.apply(unfiltered, into: &codes)
        } reference: {
            _ = Reference.neighbourMedian(unfiltered, columns: columns, rows: rows, reach: reach)
        }
        let gains = bytes(columns * rows).map { 128 + UInt16($0) }
        var grid = GainField.Grid(width: size.width, height: size.height, tile: tile)
        var luma = seen, cb = bytes(size.area), cr = bytes(size.area)
        let planes = [luma, cb, cr]
        measure("GainField.apply, three planes", pixels: size.area) {
            GainField.apply(gains, &grid, luma: &luma, cb: &cb, cr: &cr)
        } reference: {
            for (index, plane) in planes.enumerated() {
                _ = Reference.gain(
                    gains, columns: columns, rows: rows, tile: tile, width: size.width, height: size.height, isChroma: index > 0,
                    plane: plane)
            }
        }
    }

    private mutating func timeMemory() {
        let count = size.area
        let settings = MemoryStep.Settings(
            ticks: 32, bornNow: 100, bornNext: 104, coverShift: 3, hitCap: 38400, plateRate: 1092, noiseRate: 546, thresholdSlope: 28,
            thresholdBase: 5, thresholdLow: 8, thresholdHigh: 18, noiseFactor: 3, chromaWeight: 2)
        let luma = bytes(count), cb = bytes(count), cr = bytes(count), previous = bytes(count)
        let held = bytes(count, 0...1)
        var plateLuma = bytes(count).map { UInt16($0) << 8 }
        var plateCb = plateLuma, plateCr = plateLuma
        var noise = bytes(count).map { UInt16($0) }
        var candidateLuma = bytes(count), candidateCb = bytes(count), candidateCr = bytes(count)
        var hits = noise, misses = noise, birth = noise
        var state = held
        var scratch = MemoryStep.Scratch(count: count)
        var cells = (0..<count).map { i in
            Reference.Cell(
                plate: [plateLuma[i], plateCb[i], plateCr[i]], noise: noise[i],
                candidate: [candidateLuma[i], candidateCb[i], candidateCr[i]], hits: hits[i], misses: misses[i], birth: birth[i],
                state: state[i])
        }
        measure("MemoryStep.run", pixels: count) {
            MemoryStep.run(
                settings, luma: luma, cb: cb, cr: cr, previous: previous, held: held, plateLuma: &plateLuma, plateCb: &plateCb,
                plateCr: &plateCr, noise: &noise, candidateLuma: &candidateLuma, candidateCb: &candidateCb, candidateCr: &candidateCr,
                hits: &hits, misses: &misses, birth: &birth, state: &state, scratch: &scratch)
        } reference: {
            for i in 0..<count {
                cells[i].step(settings, seen: [luma[i], cb[i], cr[i]], previousLuma: previous[i], isHeld: held[i] == 1)
            }
        }
    }

    private mutating func timeRegions() {
        let size = size
        // One mark in a thousand cells, as on a street.
        let marks = (0..<size.area).map { _ in UInt8.random(in: 0...255, using: &random) == 0 && Bool.random() ? UInt8(1) : 0 }
        let none = [UInt8](repeating: 0, count: size.area)
        var isMarked = false
        measure("MarkedRows.range", pixels: size.area) {
            isMarked = MarkedRows.range(in: none, size: size).isEmpty
        } reference: {
            isMarked = Reference.markedRows(none, size: size).isEmpty
        }
        var scratch = none
        var closed = none
        measure("Closing.square", pixels: size.area) {
            Closing.square(marks, size: size, rows: 0..<size.height, scratch: &scratch, into: &closed)
        } reference: {
            _ = Reference.closing(marks, size: size)
        }
        let state = bytes(size.area, 0...2)
        let held = bytes(size.area, 0...1)
        var moving = 0
        measure("Count.bytes", pixels: size.area) {
            moving &+= Count.bytes(equalTo: 1, in: state)
        } reference: {
            moving &+= Reference.count(equalTo: 1, in: state)
        }
        let hits = bytes(size.area).map { UInt16($0) }, birth = bytes(size.area).map { UInt16($0) }
        var still = none
        measure("StillMarks.set", pixels: size.area) {
            StillMarks.set(hits: hits, birth: birth, held: held, least: 40, now: 256, into: &still)
        } reference: {
            _ = Reference.stillMarks(hits: hits, birth: birth, held: held, least: 40, now: 256)
        }
        var counts = [UInt8](repeating: 0, count: (size.width / 4) * (size.height / 4))
        measure("BlockCount.foreground", pixels: size.area) {
            BlockCount.foreground(state, held: held, size: size, into: &counts)
        } reference: {
            _ = Reference.foregroundBlocks(state, held: held, size: size)
        }
    }
}
