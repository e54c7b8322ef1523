internal import FrameCore
internal import Glibc

/// Asks of a still region whether it is a thing that was left, or light, or the ghost of what went away.
///
/// Compares what stands there with the clean plate over the whole region, which says more than any single pixel.
struct RegionVerifier {
    private let size: PixelSize
    private var isInside: [UInt8]
    private var shape = RegionShape()
    /// Gradients below this are noise, levels over two cells.
    private static let faintGradient = 8

    init(size: PixelSize) {
        self.size = size
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
        measureBoundary(group, memory, &features)
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

    /// Contrast across the region's edge, two cells apart, now and in the plate; and of its inside to a ring around.
    private func measureBoundary(_ group: RegionFinder.Group, _ memory: StreetMemory, _ features: inout RegionFeatures) {
        var edgeC = 0.0, edgeP = 0.0, pairs = 0.0
        var insideC = [0.0, 0.0, 0.0], insideP = [0.0, 0.0, 0.0], ring = [0.0, 0.0, 0.0], ringCount = 0.0
        for cell in group.cells {
            let i = Int(cell)
            let x = i % size.width
            let y = i / size.width
            insideC[0] += Double(memory.candidateLuma[i])
            insideC[1] += Double(memory.candidateCb[i])
            insideC[2] += Double(memory.candidateCr[i])
            insideP[0] += Double(memory.plate(at: i))
            insideP[1] += Double(memory.plateCb[i] >> 8)
            insideP[2] += Double(memory.plateCr[i] >> 8)
            for (dx, dy) in [(2, 0), (-2, 0), (0, 2), (0, -2)] {
                let nx = x + dx
                let ny = y + dy
                guard nx >= 0, ny >= 0, nx < size.width, ny < size.height else { continue }
                let j = ny * size.width + nx
                guard isInside[j] == 0 else { continue }
                let outside = memory.plate(at: j)
                edgeC += Double(abs(Int(memory.candidateLuma[i]) - outside))
                edgeP += Double(abs(memory.plate(at: i) - outside))
                ring[0] += Double(outside)
                ring[1] += Double(memory.plateCb[j] >> 8)
                ring[2] += Double(memory.plateCr[j] >> 8)
                pairs += 1
                ringCount += 1
            }
        }
        guard pairs > 0 else { return }
        let n = Double(group.cells.count)
        var contrastC = 0.0
        var contrastP = 0.0
        for k in 0..<3 {
            contrastC += abs(insideC[k] / n - ring[k] / ringCount)
            contrastP += abs(insideP[k] / n - ring[k] / ringCount)
        }
        let edges = log((edgeC / pairs + 2) / (edgeP / pairs + 2))
        let contrasts = log((contrastC + 3) / (contrastP + 3))
        features.leftEvidence = (edges + contrasts) / 2
    }
}
