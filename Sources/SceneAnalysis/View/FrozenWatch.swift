internal import FrameCore
internal import FrameKernels

/// Tells a picture that stands still from a street on which nothing happens.
///
/// A repeated picture differs from the one before by the encoder's rounding only, and so does an empty street at night.
/// Two things tell them apart: something was on its way when all came to rest at once, or the sensor's noise is gone.
/// Noise is compared over two seconds, as within one group of pictures an encoder repeats a calm live one, too.
struct FrozenWatch: Codable {
    private let settings: FrozenSettings
    private let grid: TileGrid
    private var previous: [UInt8] = []
    private var anchor: [UInt8] = []
    private var anchorClock = 0.0
    private var previousClock = 0.0
    private var calmSince: Double?
    private var frozeInMotion = false
    private var isAlive = false
    /// Seconds without noise, and the usual noise of the view in levels.
    private var noiselessSeconds = 0.0
    private var usualNoise: Double?
    private var differences: [Int32]
    private var jumps: [Int32]
    private var anchorDifferences: [Int32]
    private var anchorJumps: [Int32]
    private var lastMotion: [Bool]
    /// Pictures in a row that were not calm; one alone is a lamp that was switched, and not somebody on the way.
    private var restlessRun = 0
    /// The same, of pictures with motion in many places.
    private var busyRun = 0
    private var scratch: TileStatistics.Scratch

    init(grid: TileGrid, settings: FrozenSettings) {
        self.grid = grid
        self.settings = settings
        differences = [Int32](repeating: 0, count: grid.count)
        jumps = differences
        anchorDifferences = differences
        anchorJumps = differences
        lastMotion = [Bool](repeating: false, count: grid.count)
        scratch = TileStatistics.Scratch(width: grid.size.width)
    }

    /// - Parameters:
    ///   - ignored: tiles with burnt-in text, whose clock may run over a frozen picture.
    ///   - state: of each cell after the picture before (`MemoryStep.State`); nil while the plate is learned.
    ///   - clock: stream time, seconds.
    mutating func isFrozen(_ luma: [UInt8], ignored: [Bool], state: [UInt8]?, clock: Double) -> Bool {
        guard previous.count == luma.count else {
            previous = luma
            anchor = luma
            previousClock = clock
            anchorClock = clock
            return false
        }
        TileStatistics.changes(
            luma, previous, grid, jump: UInt8(settings.jumpLevels), &scratch, differences: &differences, jumps: &jumps)
        let isCalm = measureCalm(ignored)
        if !isCalm {
            calmSince = nil
            restlessRun += 1
            isAlive = false
            noiselessSeconds = 0
            var moving = 0
            for tile in 0..<grid.count {
                lastMotion[tile] = isMoving(tile) && !ignored[tile]
                if lastMotion[tile] { moving += 1 }
            }
            busyRun = Double(moving) >= settings.busyPart * Double(grid.count) ? busyRun + 1 : 0
        } else if calmSince == nil {
            calmSince = previousClock
            // Noise is compared from here on, so that what is named was compared while nothing moved.
            Copy.plane(previous, into: &anchor)
            anchorClock = previousClock
            let hasMover = restlessRun > 1 && (state.map { movingPart($0) >= settings.movingPart } ?? false)
            frozeInMotion = hasMover || busyRun >= settings.busyPictures
            restlessRun = 0
            busyRun = 0
        }
        if clock - anchorClock >= settings.noiseSpacing { compareNoise(luma, ignored, clock) }
        Copy.plane(luma, into: &previous)
        previousClock = clock
        guard let calmSince, !isAlive else { return false }
        return noiselessSeconds >= settings.restSeconds || (frozeInMotion && clock - calmSince >= settings.seconds)
    }

    /// Whether three quarters of the tiles changed by more than `levels` since the picture before.
    func isRestless(over levels: Double, ignored: [Bool]) -> Bool {
        let limit = Int32(levels * Double(grid.side * grid.side))
        var counted = 0
        var changed = 0
        for tile in 0..<grid.count where !ignored[tile] {
            counted += 1
            if differences[tile] > limit { changed += 1 }
        }
        return 4 * changed > 3 * counted
    }

    private mutating func measureCalm(_ ignored: [Bool]) -> Bool {
        let tileLimit = Int32(settings.tileDifference * Double(grid.side * grid.side))
        var whole = 0
        var counted = 0
        var isCalm = true
        for tile in 0..<grid.count where !ignored[tile] {
            if differences[tile] > tileLimit || jumps[tile] > Int32(settings.jumps) { isCalm = false }
            whole += Int(differences[tile])
            counted += 1
        }
        guard counted > 0 else { return false }
        let mean = Double(whole) / Double(counted * grid.side * grid.side)
        return isCalm && mean < settings.difference
    }

    private func isMoving(_ tile: Int) -> Bool { jumps[tile] > Int32(settings.jumps) }

    /// Part of the cells with something new in them, in tiles that changed with the last picture that changed at all.
    private func movingPart(_ state: [UInt8]) -> Double {
        var count = 0
        for tile in 0..<grid.count where lastMotion[tile] {
            let left = tile % grid.columns * grid.side
            let top = tile / grid.columns * grid.side
            for y in top..<top + grid.side {
                for x in left..<left + grid.side where state[y &* grid.size.width &+ x] == MemoryStep.State.moving { count &+= 1 }
            }
        }
        return Double(count) / Double(max(1, grid.size.area))
    }

    private mutating func compareNoise(_ luma: [UInt8], _ ignored: [Bool], _ clock: Double) {
        TileStatistics.changes(
            luma, anchor, grid, jump: UInt8(settings.jumpLevels), &scratch, differences: &anchorDifferences, jumps: &anchorJumps)
        let noise = quarter(anchorDifferences, ignored)
        let usual = usualNoise ?? noise
        if let calmSince, anchorClock >= calmSince, usual >= settings.noiseFloor {
            if noise >= usual * settings.aliveNoise { isAlive = true }
            noiselessSeconds = noise < usual * settings.deadNoise ? noiselessSeconds + clock - anchorClock : 0
        }
        // A low mean: it falls fast and rises slowly, so that motion and light do not pass for noise.
        if calmSince == nil || isAlive { usualNoise = usual + (noise - usual) * (noise < usual ? 0.2 : 0.02) }
        Copy.plane(luma, into: &anchor)
        anchorClock = clock
    }

    /// The lower quartile of the tiles' mean differences, levels; halving the interval needs no room to sort in.
    private func quarter(_ differences: [Int32], _ ignored: [Bool]) -> Double {
        var low: Int32 = 0
        var high = Int32(255 * grid.side * grid.side)
        while low < high {
            let middle = low + (high - low) / 2
            var counted = 0
            var below = 0
            for tile in 0..<grid.count where !ignored[tile] {
                counted += 1
                if differences[tile] <= middle { below += 1 }
            }
            if 4 * below > counted { high = middle } else { low = middle + 1 }
        }
        return Double(low) / Double(grid.side * grid.side)
    }
}
