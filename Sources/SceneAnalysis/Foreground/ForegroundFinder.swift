public import FrameCore
internal import FrameKernels

/// The foreground of one frame as a clean mask: whatever is unlike the plate, whether it moves or stands.
///
/// Stands on the analyzer's plate, noise, thresholds and shift, and tidies up what the live analysis can leave untidy:
/// luma and chroma count together, weak cells join the clear ones that they touch (hysteresis, Canny, “A computational
/// approach to edge detection”, PAMI 1986), holes are filled. Milliseconds for 320×240 cells: for evaluation and
/// explanation, not for every frame of a live channel. Keeps its scratch; used by one thread.
public struct ForegroundFinder: Sendable {
    private static let isForeground: UInt8 = 255

    private let settings: AnalysisSettings
    private var size = PixelSize(width: 0, height: 0)
    private var raw = Cells(size: PixelSize(width: 0, height: 0))
    private var thresholds: [Int32] = []
    private var distances: [Int32] = []
    private var others: [Int32] = []
    private var marks: [UInt8] = []
    private var clear: [UInt8] = []
    private var weak: [UInt8] = []
    private var median = MajorityFilter(size: PixelSize(width: 0, height: 0), side: 1)
    private var shake = ShakeSearch()
    /// Histogram of plate by picture, Q8, up to four times.
    private var ratios = [Int32](repeating: 0, count: 1025)
    private var stack: [Int32] = []
    private var patch: [Int32] = []

    public init(settings: AnalysisSettings) {
        self.settings = settings
    }

    /// The mask of `frame`, which the analyzer took last: 255 foreground, 0 background, one byte for each of the analyzer's
    /// cells, at the frame's own place (a shake is put back). nil while the plate is learned.
    public mutating func mask(of frame: Frame, by analyzer: SceneAnalyzer) -> Plane? {
        guard let memory = analyzer.memory else { return nil }
        if size != memory.size { resize(memory.size) }
        setThresholds(memory)
        raw.fill(frame, offset: (x: 0, y: 0))
        evenOutLight(memory.plateLuma)
        let offset = shake.find(raw.luma, plate: memory.plateLuma, size: size)
        let pixelsPerCell = memory.size == frame.size ? 1 : 2
        raw.fill(frame, offset: (x: offset.x * pixelsPerCell, y: offset.y * pixelsPerCell))
        evenOutLight(memory.plateLuma)
        Self.measure(raw, memory, weight: settings.memory.chromaWeight, into: &distances)
        if analyzer.isCompensated {
            // Local light that does not bring the picture nearer to the plate is none: a bus fills a tile as dusk does.
            Self.measure(analyzer.cells, memory, weight: settings.memory.chromaWeight, into: &others)
            let gained = alike(others) - alike(distances)
            if Double(gained) > settings.foreground.localLightGain * Double(size.area) { swap(&distances, &others) }
        }
        mark(part: 1)
        median.apply(marks, into: &clear)
        mark(part: settings.foreground.weakPart)
        median.apply(marks, into: &weak)
        joinWeak()
        fillHoles()
        return shiftedBack(offset)
    }

    private mutating func resize(_ newSize: PixelSize) {
        size = newSize
        raw = Cells(size: newSize)
        thresholds = [Int32](repeating: 0, count: newSize.area)
        distances = thresholds
        others = thresholds
        marks = [UInt8](repeating: 0, count: newSize.area)
        clear = marks
        weak = marks
        median = MajorityFilter(size: newSize, side: settings.foreground.medianSide)
    }

    /// Takes the light of the whole view out of `raw`: the median ratio of plate to picture, which no vehicle outvotes.
    private mutating func evenOutLight(_ plate: [UInt16]) {
        for bin in 0..<ratios.count { ratios[bin] = 0 }
        for index in 0..<raw.luma.count {
            ratios[min((Int(plate[index]) + 128) / (Int(raw.luma[index]) + 1), ratios.count - 1)] += 1
        }
        var below = 0
        var gain = 0
        while gain < ratios.count - 1 {
            below += Int(ratios[gain])
            if 2 * below >= raw.luma.count { break }
            gain += 1
        }
        for index in 0..<raw.luma.count {
            raw.luma[index] = UInt8(min(Int(raw.luma[index]) * gain / 256, 255))
            raw.cb[index] = UInt8(min(max(128 + (Int(raw.cb[index]) - 128) * gain / 256, 0), 255))
            raw.cr[index] = UInt8(min(max(128 + (Int(raw.cr[index]) - 128) * gain / 256, 0), 255))
        }
    }

    /// The same thresholds as the memory's step, without its rounding.
    private mutating func setThresholds(_ memory: StreetMemory) {
        let rule = settings.memory
        for index in 0..<thresholds.count {
            let slope = Int(rule.thresholdSlope * Double(memory.plate(at: index)))
            let base = min(max(slope + rule.thresholdBase, rule.thresholdLow), rule.thresholdHigh)
            thresholds[index] = Int32(base + rule.noiseFactor * Int(memory.noise[index]) / 256)
        }
    }

    /// Squared distance to the plate over luma and both chroma planes.
    private static func measure(_ cells: Cells, _ memory: StreetMemory, weight: Int, into distances: inout [Int32]) {
        let squareWeight = Int32(weight * weight)
        for index in 0..<distances.count {
            let luma = Int32(cells.luma[index]) &- Int32(memory.plateLuma[index] >> 8)
            let cb = Int32(cells.cb[index]) &- Int32(memory.plateCb[index] >> 8)
            let cr = Int32(cells.cr[index]) &- Int32(memory.plateCr[index] >> 8)
            distances[index] = luma &* luma &+ squareWeight &* (cb &* cb &+ cr &* cr)
        }
    }

    private func alike(_ distances: [Int32]) -> Int {
        var count = 0
        for index in 0..<distances.count where distances[index] <= thresholds[index] &* thresholds[index] { count &+= 1 }
        return count
    }

    private mutating func mark(part: Double) {
        let square = Int32((part * part * 256).rounded())
        for index in 0..<marks.count {
            let limit = (thresholds[index] &* thresholds[index] &* square) >> 8
            marks[index] = distances[index] > limit ? 1 : 0
        }
    }

    /// Adds to `clear` each connected patch of weak cells of which enough is clear.
    private mutating func joinWeak() {
        for index in 0..<weak.count where weak[index] != 0 {
            patch.removeAll(keepingCapacity: true)
            Self.spread(from: index, over: &weak, size, &stack, &patch)
            var seen = 0
            for cell in patch where clear[Int(cell)] != 0 { seen += 1 }
            guard Double(seen) > settings.foreground.clearShare * Double(patch.count) else { continue }
            for cell in patch { clear[Int(cell)] = Self.isForeground }
        }
    }

    /// Background that does not reach the edge is a hole.
    private mutating func fillHoles() {
        for index in 0..<clear.count { marks[index] = clear[index] == 0 ? 1 : 0 }
        for x in 0..<size.width {
            for index in [x, size.area - size.width + x] where marks[index] != 0 {
                Self.spread(from: index, over: &marks, size, &stack, &patch)
            }
        }
        for y in 0..<size.height {
            for index in [y * size.width, (y + 1) * size.width - 1] where marks[index] != 0 {
                Self.spread(from: index, over: &marks, size, &stack, &patch)
            }
        }
        for index in 0..<clear.count where marks[index] != 0 { clear[index] = Self.isForeground }
        patch.removeAll(keepingCapacity: true)
    }

    /// Collects the patch of marked cells around `start`, 4-connected, in `patch` and takes its marks away.
    private static func spread(
        from start: Int, over marks: inout [UInt8], _ size: PixelSize, _ stack: inout [Int32], _ patch: inout [Int32]
    ) {
        marks[start] = 0
        stack.append(Int32(start))
        while let cell = stack.popLast() {
            patch.append(cell)
            let index = Int(cell)
            let x = index % size.width
            for next in [x > 0 ? index - 1 : -1, x + 1 < size.width ? index + 1 : -1, index - size.width, index + size.width]
            where next >= 0 && next < marks.count && marks[next] != 0 {
                marks[next] = 0
                stack.append(Int32(next))
            }
        }
    }

    /// Cell (x, y) shows what stands `offset` cells further in the frame.
    private func shiftedBack(_ offset: (x: Int, y: Int)) -> Plane {
        guard offset.x != 0 || offset.y != 0 else { return Plane(size: size, bytes: clear) }
        var plane = Plane(size: size)
        for y in 0..<size.height {
            let row = min(max(y - offset.y, 0), size.height - 1)
            for x in 0..<size.width {
                plane.bytes[y * size.width + x] = clear[row * size.width + min(max(x - offset.x, 0), size.width - 1)]
            }
        }
        return plane
    }
}
