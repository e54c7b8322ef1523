internal import FrameCore
internal import FrameKernels

/// Learns the clean plate of a new view: the median of nine pictures, and how much they differ from it.
///
/// Room for the pictures is taken while learning only.
struct PlateLearner: Codable {
    private static let samples = 9

    private let size: PixelSize
    private let spacing: Double
    /// The pictures so far, one after the other in each plane.
    private var luma: [UInt8] = []
    private var cb: [UInt8] = []
    private var cr: [UInt8] = []
    private var count = 0
    private var inColour = 0
    private var lastSample: Double?

    init(size: PixelSize, seconds: Double) {
        self.size = size
        spacing = seconds / Double(Self.samples)
    }

    /// - Parameter clock: seconds of clear view.
    /// - Returns: the plate and its noise (mean absolute deviation, levels) once nine pictures are in.
    mutating func add(_ cells: Cells, clock: Double) -> (plate: Cells, noise: [UInt8])? {
        // A sample may come a hundredth early: time stamps are rounded.
        if let last = lastSample, clock - last < spacing * 0.99 { return nil }
        lastSample = clock
        if count == 0 { reserve() }
        luma += cells.luma
        cb += cells.cb
        cr += cells.cr
        count += 1
        if cells.hasColour { inColour += 1 }
        guard count >= Self.samples else { return nil }
        return finish()
    }

    /// What is known after the time is up though pictures came seldom; nil with fewer than three.
    mutating func finishEarly() -> (plate: Cells, noise: [UInt8])? {
        guard count >= 3 else { return nil }
        for sample in count..<Self.samples {
            let known = sample % count * size.area..<(sample % count + 1) * size.area
            luma += luma[known]
            cb += cb[known]
            cr += cr[known]
        }
        return finish()
    }

    private mutating func reserve() {
        luma.reserveCapacity(Self.samples * size.area)
        cb.reserveCapacity(Self.samples * size.area)
        cr.reserveCapacity(Self.samples * size.area)
    }

    private mutating func finish() -> (plate: Cells, noise: [UInt8]) {
        var plate = Cells(size: size)
        Median.ofNine(luma, into: &plate.luma)
        Median.ofNine(cb, into: &plate.cb)
        Median.ofNine(cr, into: &plate.cr)
        plate.hasColour = 2 * inColour >= count
        var noise = [UInt8](repeating: 0, count: size.area)
        Deviation.each(&luma, from: plate.luma)
        Median.ofNine(luma, into: &noise)
        self = PlateLearner(size: size, seconds: spacing * Double(Self.samples))
        return (plate, noise)
    }
}
