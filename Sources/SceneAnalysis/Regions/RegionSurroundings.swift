internal import FrameCore

/// Whether a region looks like what surrounds it, now and in the plate.
///
/// Where something went away, the ground that shows now goes on around it, and the plate does not; where something was left it
/// is the other way round. Colours are compared as histograms: before shelves, bicycles or a shop front a region's outline
/// tells little, as the plate is full of edges.
struct RegionSurroundings: Codable {
    /// How far around the region's box one looks, in cells.
    private static let margin = 5
    /// Sixteen levels of luma, eight of each chroma around grey.
    private static let bins = 16 * 8 * 8

    private var insideNow = [Int32](repeating: 0, count: bins)
    private var insidePlate = [Int32](repeating: 0, count: bins)
    private var aroundNow = [Int32](repeating: 0, count: bins)
    private var aroundPlate = [Int32](repeating: 0, count: bins)

    /// Likeness to the surroundings in the plate minus that in the picture, −1…1: positive where something was left.
    ///
    /// - Parameter isInside: 1 for each of the region's cells.
    mutating func evidence(of box: PixelRect, isInside: [UInt8], in memory: StreetMemory) -> Double {
        clear()
        let size = memory.size
        let area = box.inset(by: -Self.margin, within: size)
        var inside = 0
        for y in area.y..<area.maxY {
            for i in y * size.width + area.x..<y * size.width + area.maxX {
                let plateBin = Self.bin(memory.plateColour(at: i))
                if isInside[i] != 0 {
                    inside += 1
                    insidePlate[plateBin] += 1
                    insideNow[Self.bin(memory.candidateColour(at: i))] += 1
                } else {
                    aroundPlate[plateBin] += 1
                    aroundNow[Self.bin(memory.seenColour(at: i))] += 1
                }
            }
        }
        let around = area.area - inside
        guard inside > 0, around > 0 else { return 0 }
        return Self.likeness(insidePlate, aroundPlate, inside, around) - Self.likeness(insideNow, aroundNow, inside, around)
    }

    private mutating func clear() {
        for bin in 0..<Self.bins {
            insideNow[bin] = 0
            insidePlate[bin] = 0
            aroundNow[bin] = 0
            aroundPlate[bin] = 0
        }
    }

    private static func bin(_ colour: CellColour) -> Int {
        (colour.luma >> 4) << 6 | step(colour.cb) << 3 | step(colour.cr)
    }

    /// Chroma of streets lies within 32 of grey.
    private static func step(_ chroma: Int) -> Int { min(max((chroma - 96) >> 3, 0), 7) }

    /// Histogram intersection (Swain and Ballard, "Color indexing", IJCV 1991), 0…1.
    private static func likeness(_ a: [Int32], _ b: [Int32], _ countA: Int, _ countB: Int) -> Double {
        var common = 0.0
        for bin in 0..<bins { common += min(Double(a[bin]) / Double(countA), Double(b[bin]) / Double(countB)) }
        return common
    }
}
