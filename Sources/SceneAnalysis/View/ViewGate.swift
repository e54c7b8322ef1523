internal import FrameCore
internal import FrameKernels

/// Whether the view can be judged: tiles with texture must still look like the plate.
struct ViewGate {
    private static let tile = 16
    /// Variance of luma from which a tile has texture to compare.
    private static let texturedVariance = 30.0

    private let settings: ViewSettings
    private let size: PixelSize
    private var previous: [UInt8] = []
    private var frozenSince: Double?
    private var frozeInMotion = false

    init(size: PixelSize, settings: ViewSettings) {
        self.size = size
        self.settings = settings
    }

    /// - Parameters:
    ///   - cells: the picture before light compensation.
    ///   - plate: nil while it is learned.
    ///   - movingPart: part of the cells in which something moved in the picture before.
    ///   - clock: stream time, seconds.
    mutating func judge(_ cells: Cells, plate: [UInt16]?, movingPart: Double, clock: Double) -> ViewFault? {
        let isFrozen = judgeFrozen(cells.luma, movingPart, clock: clock)
        let deviation = Self.deviation(cells.luma.count) { Int(cells.luma[$0]) }
        if deviation < settings.blackDeviation { return .black }
        if isFrozen { return .frozen }
        guard let plate else { return nil }
        return compare(cells.luma, plate, deviation: deviation)
    }

    /// Whether the picture shows the street of this plate.
    func isSameView(_ cells: Cells, plate: [UInt16]) -> Bool {
        compare(cells.luma, plate, deviation: Self.deviation(cells.luma.count) { Int(cells.luma[$0]) }) != .shifted
    }

    /// A frozen picture differs from the one before by the encoder's rounding only, and so does an empty street at night.
    /// What tells them apart is whether something was on its way when all came to rest at once; if nothing was, only
    /// a long time tells.
    private mutating func judgeFrozen(_ luma: [UInt8], _ movingPart: Double, clock: Double) -> Bool {
        defer { Copy.plane(luma, into: &previous) }
        guard previous.count == luma.count else {
            previous = luma
            return false
        }
        guard isUnchanged(luma) else {
            frozenSince = nil
            return false
        }
        if frozenSince == nil { frozeInMotion = movingPart >= settings.frozenMovingPart }
        let since = frozenSince ?? clock
        frozenSince = since
        return clock - since >= (frozeInMotion ? settings.frozenSeconds : settings.frozenRestSeconds)
    }

    private func isUnchanged(_ luma: [UInt8]) -> Bool {
        var whole = 0
        let limit = Int(settings.frozenTileDifference * Double(Self.tile * Self.tile))
        for row in 0..<size.height / Self.tile {
            for column in 0..<size.width / Self.tile {
                var sum = 0
                for y in row * Self.tile..<(row + 1) * Self.tile {
                    for x in column * Self.tile..<(column + 1) * Self.tile {
                        let i = y &* size.width &+ x
                        sum &+= Int(abs(Int16(luma[i]) &- Int16(previous[i])))
                    }
                }
                if sum > limit { return false }
                whole += sum
            }
        }
        return Double(whole) < settings.frozenDifference * Double(luma.count)
    }

    private func compare(_ luma: [UInt8], _ plate: [UInt16], deviation: Double) -> ViewFault? {
        var textured = 0
        var alike = 0
        var flat = 0
        var sharpness: [Double] = []
        for row in 0..<size.height / Self.tile {
            for column in 0..<size.width / Self.tile {
                var sumA = 0, sumB = 0, squareA = 0, squareB = 0, product = 0, edgesA = 0, edgesB = 0, count = 0
                // Every second row tells as much at half the cost.
                for y in stride(from: row * Self.tile, to: (row + 1) * Self.tile, by: 2) {
                    for x in column * Self.tile..<(column + 1) * Self.tile {
                        let i = y &* size.width &+ x
                        let a = Int(luma[i]), b = Int(plate[i] &>> 8)
                        sumA &+= a
                        sumB &+= b
                        squareA &+= a &* a
                        squareB &+= b &* b
                        product &+= a &* b
                        if x &+ 1 < size.width {
                            edgesA &+= abs(Int(luma[i &+ 1]) &- a)
                            edgesB &+= abs(Int(plate[i &+ 1] &>> 8) &- b)
                        }
                        count &+= 1
                    }
                }
                let n = Double(count)
                let varianceA = Double(squareA) / n - (Double(sumA) / n) * (Double(sumA) / n)
                let varianceB = Double(squareB) / n - (Double(sumB) / n) * (Double(sumB) / n)
                guard varianceB > Self.texturedVariance else { continue }
                textured += 1
                if varianceA < Self.texturedVariance / 4 { flat += 1 }
                let covariance = Double(product) / n - (Double(sumA) / n) * (Double(sumB) / n)
                if covariance / max(1, (varianceA * varianceB).squareRoot()) > settings.tileCorrelation { alike += 1 }
                if edgesB > 0 { sharpness.append(Double(edgesA) / Double(edgesB)) }
            }
        }
        // With hardly any texture (fog, a bare wall) there is nothing to compare; the view passes.
        guard textured >= 6 else { return nil }
        sharpness.sort()
        if Double(alike) < settings.minimumShare * Double(textured) {
            return Double(flat) > 0.35 * Double(textured) ? .blocked : .shifted
        }
        // Dim light weakens edges and contrast alike; only edges that fall more than the whole picture's contrast are blur.
        let contrast = deviation / max(1, Self.deviation(plate.count) { Int(plate[$0] >> 8) })
        return sharpness[sharpness.count / 2] < settings.defocusRatio * contrast ? .defocused : nil
    }

    private static func deviation(_ count: Int, _ value: (Int) -> Int) -> Double {
        var sum = 0
        var square = 0
        for i in 0..<count {
            let level = value(i)
            sum &+= level
            square &+= level &* level
        }
        let n = Double(count)
        return max(0, Double(square) / n - (Double(sum) / n) * (Double(sum) / n)).squareRoot()
    }
}
