internal import FrameCore
internal import FrameKernels

/// Learns the clean plate of a new view: the median of nine pictures, and how much they differ from it.
struct PlateLearner {
    private static let samples = 9

    private let size: PixelSize
    private let spacing: Double
    private var pictures: [Cells] = []
    private var lastSample: Double?

    init(size: PixelSize, seconds: Double) {
        self.size = size
        spacing = seconds / Double(Self.samples)
    }

    /// - Parameter clock: seconds of clear view.
    /// - Returns: the plate and its noise (mean absolute deviation, levels) once nine pictures are in.
    mutating func add(_ cells: Cells, clock: Double) -> (plate: Cells, noise: [UInt8])? {
        if let last = lastSample, clock - last < spacing * 0.99 { return nil }
        lastSample = clock
        pictures.append(cells)
        guard pictures.count >= Self.samples else { return nil }
        return finish()
    }

    /// What is known after the time is up though pictures came seldom; nil with fewer than three.
    mutating func finishEarly() -> (plate: Cells, noise: [UInt8])? {
        guard pictures.count >= 3 else { return nil }
        let known = pictures.count
        while pictures.count < Self.samples { pictures.append(pictures[pictures.count % known]) }
        return finish()
    }

    private mutating func finish() -> (plate: Cells, noise: [UInt8]) {
        var plate = Cells(size: size)
        plate.luma = Self.median(pictures.map(\.luma))
        plate.cb = Self.median(pictures.map(\.cb))
        plate.cr = Self.median(pictures.map(\.cr))
        plate.hasColour = 2 * pictures.count { $0.hasColour } >= pictures.count
        let deviations = pictures.map { picture in
            zip(picture.luma, plate.luma).map { $0 > $1 ? $0 - $1 : $1 - $0 }
        }
        let noise = Self.median(deviations)
        pictures = []
        return (plate, noise)
    }

    private static func median(_ planes: [[UInt8]]) -> [UInt8] {
        let joined = Array(planes.joined())
        var result = [UInt8](repeating: 0, count: planes[0].count)
        Median.ofNine(joined, into: &result)
        return result
    }
}
