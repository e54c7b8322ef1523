internal import FrameCore
internal import FrameKernels

/// Finds burnt-in text by its clock: near the upper or lower edge, one digit's strokes come and go with every second, in a
/// place of a digit's size, while all around it stays as it is.
///
/// No passer-by, leaf or lamp does that a dozen times in a row. From the digit the mask follows the letters of its line.
struct OverlayFinder: Codable {
    /// A place that may be, or is, the last digit of a clock.
    private struct Digit: Codable {
        var box: PixelRect
        /// Of the strokes: text is as bright as it is, whatever the street's light.
        var level: Int
        var hits = 0
        var misses = 0
        var isConfirmed = false
        var lastHit = 0.0
    }

    private let settings: OverlaySettings
    private let size: PixelSize
    private let bandRows: Int
    private var previous: [UInt8]
    private var rates: [UInt8]
    private var lastClock: Double?
    private var pictures = 0
    private var digits: [Digit] = []
    private var clusters: [PixelRect] = []
    private var clusterCells: [Int] = []
    /// 1 for each cell of burnt-in text.
    private(set) var mask: [UInt8]
    /// The cells of `mask`, as `cover` knew them last.
    private var covered: [Int32] = []

    /// Pictures between searches, places looked at, cells between strokes of one digit and around the text.
    private static let searchPictures = 4
    private static let mostPlaces = 48
    private static let strokeGap = 1
    private static let margin = 2
    private static let leastHeight = 4
    /// A clock that stands still for this long is none, seconds.
    private static let longestStop = 120.0

    init(size: PixelSize, settings: OverlaySettings) {
        self.size = size
        self.settings = settings
        bandRows = min(size.height / 2, Int(Double(size.height) * settings.bandPart))
        previous = [UInt8](repeating: 0, count: size.area)
        rates = previous
        mask = previous
        digits.reserveCapacity(Self.mostPlaces)
        clusters.reserveCapacity(Self.mostPlaces)
        clusterCells.reserveCapacity(Self.mostPlaces)
    }

    /// `mask` has changed: these are the cells that `cover` hides.
    mutating func takeUpMask() {
        covered = mask.indices.filter { mask[$0] != 0 }.map { Int32($0) }
    }

    /// Puts the plate in the place of burnt-in text, so that it never stands out.
    func cover(_ cells: inout Cells, with memory: StreetMemory) {
        for cell in covered {
            let i = Int(cell)
            cells.luma[i] = UInt8(memory.plateLuma[i] >> 8)
            cells.cb[i] = UInt8(memory.plateCb[i] >> 8)
            cells.cr[i] = UInt8(memory.plateCr[i] >> 8)
        }
    }

    /// Takes a picture before light compensation; `clock` is stream time in seconds.
    ///
    /// - Returns: whether `mask` has changed.
    mutating func observe(_ luma: [UInt8], clock: Double) -> Bool {
        precondition(luma.count == size.area)
        guard let last = lastClock else {
            Copy.plane(luma, into: &previous)
            lastClock = clock
            return false
        }
        guard clock - last >= settings.spacing else { return false }
        lastClock = clock
        pictures += 1
        let jump = UInt8(settings.jumpLevels)
        let band = bandRows * size.width
        JumpRate.update(luma, previous: previous, jump: jump, range: 0..<band, rates: &rates)
        JumpRate.update(luma, previous: previous, jump: jump, range: size.area - band..<size.area, rates: &rates)
        let isChanged = watchDigits(luma, clock)
        if pictures % Self.searchPictures == 0 { search(luma, clock) }
        Copy.plane(luma, into: &previous)
        if isChanged { draw(luma) }
        return isChanged
    }

    // MARK: Digits

    /// Counts what happened in each place; true if a digit was confirmed or one is gone.
    private mutating func watchDigits(_ luma: [UInt8], _ clock: Double) -> Bool {
        var isChanged = false
        var kept = 0
        for index in digits.indices {
            var digit = digits[index]
            let inside = jumps(luma, in: digit.box)
            let around = jumps(luma, in: grown(digit.box, by: Self.margin + 1)) - inside
            let isSteady = abs(brightest(luma, in: digit.box) - digit.level) <= settings.levelSpread
            if inside >= settings.digitCells / 2 && around <= inside && isSteady {
                digit.hits += 1
                digit.lastHit = clock
            } else if !digit.isConfirmed {
                digit.misses += 1
            }
            if !digit.isConfirmed && digit.hits >= settings.confirmations {
                // A clock shows minutes, too: a digit alone is none.
                digit.isConfirmed = line(of: digit.box, luma).width >= 2 * digit.box.height
                digit.misses = digit.isConfirmed ? 0 : settings.misses + 1
                if digit.isConfirmed { isChanged = true }
            }
            let isOver = digit.isConfirmed ? clock - digit.lastHit > Self.longestStop : digit.misses > settings.misses
            if isOver {
                if digit.isConfirmed { isChanged = true }
                continue
            }
            digits[kept] = digit
            kept += 1
        }
        digits.removeLast(digits.count - kept)
        return isChanged
    }

    private func jumps(_ luma: [UInt8], in box: PixelRect) -> Int {
        var count = 0
        for y in box.y..<box.maxY {
            for x in box.x..<box.maxX {
                let index = y &* size.width &+ x
                if abs(Int(luma[index]) &- Int(previous[index])) > settings.jumpLevels { count &+= 1 }
            }
        }
        return count
    }

    private func brightest(_ luma: [UInt8], in box: PixelRect) -> Int {
        var level: UInt8 = 0
        for y in box.y..<box.maxY {
            for x in box.x..<box.maxX { level = max(level, luma[y &* size.width &+ x]) }
        }
        return Int(level)
    }

    private func grown(_ box: PixelRect, by margin: Int) -> PixelRect {
        let left = max(0, box.x - margin), top = max(0, box.y - margin)
        return PixelRect(
            x: left, y: top, width: min(size.width, box.maxX + margin) - left, height: min(size.height, box.maxY + margin) - top)
    }

    // MARK: Search

    /// Gathers cells that jump often into places, and watches those of a digit's size.
    private mutating func search(_ luma: [UInt8], _ clock: Double) {
        clusters.removeAll(keepingCapacity: true)
        clusterCells.removeAll(keepingCapacity: true)
        let limit = UInt8(min(240, 240 * settings.jumpShare))
        for y in 0..<size.height where y < bandRows || y >= size.height - bandRows {
            for x in 0..<size.width where rates[y &* size.width &+ x] > limit { gather(x, y) }
        }
        for index in clusters.indices where isDigitSized(index) && digits.count < Self.mostPlaces {
            let box = clusters[index]
            if !digits.contains(where: { touches(grown($0.box, by: Self.margin), box) }) {
                digits.append(Digit(box: box, level: brightest(luma, in: box), lastHit: clock))
            }
        }
    }

    private mutating func gather(_ x: Int, _ y: Int) {
        var cell = PixelRect(x: x, y: y, width: 1, height: 1)
        var cells = 1
        var index = 0
        // A cell may join places that were apart so far.
        while index < clusters.count {
            if touches(grown(clusters[index], by: Self.strokeGap), cell) {
                cell = cell.union(clusters[index])
                cells += clusterCells[index]
                clusters.swapAt(index, clusters.count - 1)
                clusterCells.swapAt(index, clusterCells.count - 1)
                clusters.removeLast()
                clusterCells.removeLast()
                index = 0
            } else {
                index += 1
            }
        }
        guard clusters.count < Self.mostPlaces else { return }
        clusters.append(cell)
        clusterCells.append(cells)
    }

    private func isDigitSized(_ index: Int) -> Bool {
        let box = clusters[index]
        return clusterCells[index] >= settings.digitCells && box.width <= settings.digitSide && box.height <= settings.digitSide
            && box.height >= Self.leastHeight
    }

    private func touches(_ a: PixelRect, _ b: PixelRect) -> Bool {
        a.x < b.maxX && b.x < a.maxX && a.y < b.maxY && b.y < a.maxY
    }

    // MARK: Mask

    private mutating func draw(_ luma: [UInt8]) {
        for index in mask.indices { mask[index] = 0 }
        for digit in digits where digit.isConfirmed {
            var box = grown(line(of: digit.box, luma), by: Self.margin)
            // What looks like letters all over is the street: only the digit itself is sure.
            if Double(box.area) > settings.largestPart * Double(size.area) { box = grown(digit.box, by: Self.margin) }
            for y in box.y..<box.maxY {
                for x in box.x..<box.maxX { mask[y * size.width + x] = 1 }
            }
        }
    }

    /// The text to the left and right of a digit: strokes as bright as its own, with gaps no wider than a letter and a half.
    private func line(of digit: PixelRect, _ luma: [UInt8]) -> PixelRect {
        let level = brightest(luma, in: digit)
        let gap = digit.height + digit.height / 2
        var left = digit.x
        var right = digit.maxX
        var x = left - 1
        while x >= 0 && left - x <= gap {
            if isLetter(x, digit, luma, level) { left = x }
            x -= 1
        }
        x = right
        while x < size.width && x - right <= gap {
            if isLetter(x, digit, luma, level) { right = x + 1 }
            x += 1
        }
        return PixelRect(x: left, y: digit.y, width: right - left, height: digit.height)
    }

    private func isLetter(_ x: Int, _ digit: PixelRect, _ luma: [UInt8], _ level: Int) -> Bool {
        let found = stroke(x, digit, luma)
        return found.contrast >= settings.letterContrast && found.level >= level - settings.letterContrast
    }

    /// Brightest cell of a column over the digit's height, and its contrast with the neighbours.
    private func stroke(_ x: Int, _ digit: PixelRect, _ luma: [UInt8]) -> (level: Int, contrast: Int) {
        var level = 0
        var contrast = 0
        for y in digit.y..<digit.maxY {
            let here = Int(luma[y * size.width + x])
            level = max(level, here)
            if x > 0 { contrast = max(contrast, abs(here - Int(luma[y * size.width + x - 1]))) }
            if y > digit.y { contrast = max(contrast, abs(here - Int(luma[(y - 1) * size.width + x]))) }
        }
        return (level, contrast)
    }
}
