internal import FrameCore
internal import FrameKernels
internal import Glibc

/// Asks of a still region whether it is a thing that was left, or light, or the ghost of what went away.
///
/// Compares what stands there with the clean plate over the whole region, which says more than any single pixel.
struct RegionVerifier: Codable {
    private let size: PixelSize
    private var isInside: [UInt8]
    private var shape = RegionShape()
    private var surroundings = RegionSurroundings()
    private let settings: RegionSettings
    /// Gradients below this are noise, levels over two cells.
    private static let faintGradient = 8

    init(size: PixelSize, settings: RegionSettings) {
        self.size = size
        self.settings = settings
        isInside = [UInt8](repeating: 0, count: size.area)
    }

    mutating func features(of group: RegionFinder.Group, in memory: StreetMemory) -> RegionFeatures {
        for cell in group.cells { isInside[Int(cell)] = 1 }
        defer { for cell in group.cells { isInside[Int(cell)] = 0 } }
        var features = RegionFeatures()
        let count = Double(group.cells.count)
        features.area = count / Double(size.area)
        features.fill = count / Double(max(1, group.box.area))
        features.aspect = Double(group.box.width) / Double(max(1, group.box.height))
        features.height = Double(group.box.height) / Double(size.height)
        measureInside(group, memory, &features)
        features.leftEvidence = leftEvidence(group, memory)
        let picture = RegionShape.Picture(
            size: size, luma: memory.candidateLuma, cb: memory.candidateCb, cr: memory.candidateCr,
            plateLuma: memory.plateLuma, plateCb: memory.plateCb, plateCr: memory.plateCr)
        let built = shape.measure(box: group.box, cells: group.cells, in: picture)
        features.thinness = built.thinness
        features.overhang = built.overhang
        features.repetition = built.repetition
        return features
    }

    private func composite(_ index: Int, _ memory: StreetMemory) -> Int {
        isInside[index] != 0 ? Int(memory.candidateLuma[index]) : memory.plate(at: index)
    }

    private func measureInside(_ group: RegionFinder.Group, _ memory: StreetMemory, _ features: inout RegionFeatures) {
        var sumC = 0.0, sumP = 0.0, squareC = 0.0, squareP = 0.0, product = 0.0
        var strong = 0.0, changed = 0.0, gradients = 0.0, colour = 0.0
        for cell in group.cells {
            let i = Int(cell)
            let x = i % size.width
            let y = i / size.width
            let c = Double(memory.candidateLuma[i])
            let p = Double(memory.plate(at: i))
            sumC += c
            sumP += p
            squareC += c * c
            squareP += p * p
            product += c * p
            colour += Double(abs(Int(memory.candidateCb[i]) - 128) + abs(Int(memory.candidateCr[i]) - 128))
            guard x > 0, y > 0, x < size.width - 1, y < size.height - 1 else { continue }
            let cx = composite(i + 1, memory) - composite(i - 1, memory)
            let cy = composite(i + size.width, memory) - composite(i - size.width, memory)
            let px = memory.plate(at: i + 1) - memory.plate(at: i - 1)
            let py = memory.plate(at: i + size.width) - memory.plate(at: i - size.width)
            let sizeC = max(abs(cx), abs(cy))
            let sizeP = max(abs(px), abs(py))
            gradients += Double(sizeC)
            let larger = max(sizeC, sizeP)
            guard larger >= Self.faintGradient else { continue }
            strong += 1
            if 2 * max(abs(cx - px), abs(cy - py)) > larger { changed += 1 }
        }
        let n = Double(group.cells.count)
        let varianceC = max(0, squareC / n - (sumC / n) * (sumC / n))
        let varianceP = max(0, squareP / n - (sumP / n) * (sumP / n))
        let covariance = product / n - (sumC / n) * (sumP / n)
        features.correlation = covariance / max(4, (varianceC * varianceP).squareRoot())
        features.structureChange = strong >= 4 ? changed / strong : 1
        features.texture = gradients / n / 2
        features.colourfulness = colour / n
    }

    /// Contrast across the region's edge, two cells apart, as seen now and in the plate.
    ///
    /// What was put there has an outline now and the plate has none; what was taken away had one in the plate, and now the
    /// ground goes on through it. Where the plate is busy its edges outweigh both: there it counts as well which of the two
    /// looks like the surroundings.
    private mutating func leftEvidence(_ group: RegionFinder.Group, _ memory: StreetMemory) -> Double {
        var now = 0
        var before = 0
        var pairs = 0
        for cell in group.cells {
            let i = Int(cell)
            let y = i / size.width
            let x = i - y * size.width
            if x >= 2 { compare(i, i - 2, memory, &now, &before, &pairs) }
            if x < size.width - 2 { compare(i, i + 2, memory, &now, &before, &pairs) }
            if y >= 2 { compare(i, i - 2 * size.width, memory, &now, &before, &pairs) }
            if y < size.height - 2 { compare(i, i + 2 * size.width, memory, &now, &before, &pairs) }
        }
        guard pairs > 0 else { return 0 }
        let plateContrast = Double(before) / Double(pairs)
        let outline = log((Double(now) / Double(pairs) + 2) / (plateContrast + 2))
        guard plateContrast > settings.calmPlate, group.cells.count >= settings.surroundingsCells else { return outline }
        let busy = min(1, (plateContrast - settings.calmPlate) / settings.calmPlate)
        let likeness = surroundings.evidence(of: group.box, isInside: isInside, in: memory)
        return outline + busy * settings.surroundingsWeight * likeness
    }

    private func compare(
        _ inside: Int, _ outside: Int, _ memory: StreetMemory, _ now: inout Int, _ before: inout Int, _ pairs: inout Int
    ) {
        guard isInside[outside] == 0 else { return }
        // Painted crates before grey shutters differ in colour alone.
        now += memory.candidateColour(at: inside).distance(to: memory.seenColour(at: outside))
        before += memory.plateColour(at: inside).distance(to: memory.plateColour(at: outside))
        pairs += 1
    }
}
